from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SIZES = {"10": 10, "20": 20, "50": 50}


def page_of(request: HttpRequest, rows: QuerySet[Any], *, at_most: int = 5000) -> Page[Any]:
    """Return the page that the address asks for: 10, 20, 50 rows or all of them, as far as a browser can show."""
    size = request.GET.get("per_page", "50")
    per_page = min(max(rows.count(), 1), at_most) if size == "all" else SIZES.get(size, 50)
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
