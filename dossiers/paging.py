"""Pages of lists that are no tables."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

_SIZES = {"10": 10, "20": 20, "50": 50, "all": 1000}


def page_of(request: HttpRequest, rows: Any) -> "Page[Any]":
    """Return the page of rows an address asks for (``page``, ``per_page``), or the nearest one there is."""
    size = _SIZES.get(request.GET.get("per_page", ""), 20)
    return Paginator(rows, size).get_page(request.GET.get("page"))
