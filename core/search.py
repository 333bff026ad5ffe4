"""Search that forgives how Vietnamese is typed: without marks, in any case, by the beginnings of words."""

from typing import Any

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.text import fold

MAX_TOKENS = 12


def matches(text: str, *, vector: str = "search_vector") -> Q:
    """Return the condition "every word of ``text`` begins a word of the row", answered by the GIN index.

    ``vector`` is a stored tsvector (configuration ``simple``) over folded text. Empty text matches everything, signs
    without a letter or digit nothing.
    """
    tokens = fold(text).split()[:MAX_TOKENS]
    if not tokens:
        return _without_words(text)
    # Folded tokens hold letters a-z and digits only, so nothing in them is an operator of the query language.
    query = SearchQuery(" & ".join(f"{token}:*" for token in tokens), search_type="raw", config="simple")
    return Q(**{vector: query})


def contains(text: str, *, column: str = "search") -> Q:
    """Return the condition "every word of ``text`` occurs in the folded column", for tables without a vector.

    Empty text matches everything, signs without a letter or digit nothing.
    """
    condition = _without_words(text)
    for token in fold(text).split()[:MAX_TOKENS]:
        condition &= Q(**{f"{column}__contains": token})
    return condition


def _without_words(text: str) -> Q:
    return Q(pk__in=[]) if text.strip() and not fold(text) else Q()


class SearchFilter(django_filters.CharFilter):
    """The search box of a list: pass ``vector`` for a stored tsvector, or ``column`` for folded text."""

    def __init__(self, *, vector: str = "search_vector", column: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Search"))
        super().__init__(**kwargs)
        self.vector, self.column = vector, column
        self.field.widget.input_type = "search"

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        """Keep the rows in which every word is found."""
        if not value:
            return qs
        condition = contains(value, column=self.column) if self.column else matches(value, vector=self.vector)
        return qs.filter(condition)
