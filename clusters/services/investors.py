"""Investors: who may be one, and which records are perhaps the same enterprise."""

import re
from typing import Any

from django.db.models import Q, QuerySet

from clusters.models import Investor
from core.text import fold

#: Columns that are a person's data; pages show them to holders of VIEW_PERSONAL_DATA and log it.
PERSONAL_FIELDS = ("representative", "representative_title", "phone", "email")

# Words that say what kind of company it is, and are written in many ways.
_FORMS = re.compile(
    r"\b(cong ty|co phan|ctcp|cp|tnhh|trach nhiem huu han|mot thanh vien|mtv|hop tac xa|htx"
    r"|doanh nghiep tu nhan|dntn)\b"
)


def bare_name(name: str) -> str:
    """Return a name without tones and without the words for the form of the company."""
    return " ".join(_FORMS.sub(" ", fold(name)).split())


def alike(*, name: str, tax_code: str = "", besides: Any = None) -> list[Investor]:
    """Return recorded investors with the same tax code (branches included) or the same bare name, at most five."""
    bare = bare_name(name)
    condition = Q(pk__in=[])
    if tax_code:
        condition |= Q(tax_code__startswith=tax_code[:10]) if len(tax_code) != 12 else Q(tax_code=tax_code)
    for word in sorted(bare.split(), key=len, reverse=True)[:1]:
        condition |= Q(search__contains=word)
    found: QuerySet = Investor.objects.filter(condition).exclude(pk=besides).order_by("sort_key", "pk")
    matching = [
        row
        for row in found[:200]
        if (bare and bare_name(row.name) == bare) or (tax_code and row.tax_code[:10] == tax_code[:10])
    ]
    return matching[:5]
