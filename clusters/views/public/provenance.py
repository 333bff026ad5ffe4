"""Where a fact shown to the public comes from: title, link, date, how far it can be trusted."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from clusters.models import Decision
from core.models import SourceClass, Sourced
from core.templatetags.portal import day

#: Classes that are not an authority's own words; a fact that rests on one of these is marked.
_UNVERIFIED = (SourceClass.NEWS, SourceClass.WIKI)


@dataclass(frozen=True)
class Provenance:
    """A source as a page shows it."""

    text: str
    href: str
    kind: str
    unverified: bool


def source_of(row: Sourced) -> Provenance:
    """Return the source a row names; only web addresses become links."""
    parts = [row.source_title]
    if row.source_number and row.source_number not in row.source_title:
        parts.append(row.source_number)
    if row.source_date and day(row.source_date) not in row.source_title:
        parts.append(day(row.source_date))
    return Provenance(
        ", ".join(parts),
        web_address(row.source_url),
        str(row.get_source_class_display()),
        row.source_class in _UNVERIFIED,
    )


def paper_of(decision: Decision) -> str:
    """Return number, date and issuer of a decision; for an opening record its kind and the day it stands for."""
    if not decision.number:
        return f"{decision.get_kind_display()}, {day(decision.issued_on or decision.effective_on)}"
    parts = [_("Decision %(number)s") % {"number": decision.number}]
    if decision.issued_on:
        parts.append(day(decision.issued_on))
    if decision.issuer:
        parts.append(decision.issuer)
    return ", ".join(parts)


def web_address(text: str) -> str:
    """Return the text if it is a whole http(s) address, otherwise nothing."""
    text = text.strip()
    if " " in text or "…" in text:
        return ""
    parts = urlsplit(text)
    return text if parts.scheme in ("http", "https") and parts.netloc else ""
