"""Numbers, land, money, dates and icons as the portal writes them: ``{% load portal %}``.

Every filter follows the language of the page: 1.234,5 in Vietnamese, 1,234.5 in English. ``None`` means that there
is no figure and is never shown as zero.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

register = template.Library()

NO_FIGURE = "–"
NARROW = "\u00a0"  # keeps a number and its unit on one line
PAGE_SIZES = (10, 20, 50)
_CURRENT = SafeString(' aria-current="page"')
_MILLION, _BILLION = Decimal(10) ** 6, Decimal(10) ** 9

Number = Decimal | int | float


@register.filter
def number(value: Number | None, decimals: int | None = None) -> str:
    """Write a number with the separators of the language; at most ``decimals`` places, without trailing zeros."""
    if value is None or value == "":
        return NO_FIGURE
    amount = Decimal(str(value))
    if decimals is not None:
        amount = amount.quantize(Decimal(1).scaleb(-int(decimals)), ROUND_HALF_UP)
    plain = f"{amount:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    places = len(plain.partition(".")[2])
    return str(number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True))


@register.filter
def ha(value: Number | None, decimals: int = 2) -> str:
    """Write an area given in hectares with its unit: ``1.234,5 ha``."""
    return NO_FIGURE if value is None else f"{number(value, decimals)}{NARROW}ha"


@register.filter
def dong(value: Number | None, decimals: int = 1) -> str:
    """Write money given in dong, scaled to million or billion, with the unit in words."""
    if value is None:
        return NO_FIGURE
    amount = Decimal(str(value))
    if abs(amount) >= _BILLION:
        return _joined(number(amount / _BILLION, decimals), gettext("billion dong"))
    if abs(amount) >= _MILLION:
        return _joined(number(amount / _MILLION, decimals), gettext("million dong"))
    return _joined(number(amount, 0), gettext("dong"))


@register.filter
def email(value: str) -> SafeString:
    """Write an e-mail address that breaks behind its @ where it must, not in the middle of a word."""
    name, at, host = value.partition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def percent(value: Number | None, decimals: int = 1) -> str:
    """Write a figure given in percent; ``None`` reads "not computable", which is not zero."""
    if value is None:
        return gettext("not computable")
    return f"{number(value, decimals)}{NARROW}%"


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a date as ``dd/mm/yyyy`` in the portal's time zone."""
    if value is None or value == "":
        return NO_FIGURE
    return str(date_format(_as_date(value), "d/m/Y"))


@register.filter
def moment(value: datetime | None) -> str:
    """Write a date with its time of day in the portal's time zone: ``14:05 03/11/2026``."""
    if value is None or value == "":
        return NO_FIGURE
    return str(date_format(timezone.localtime(value), "H:i d/m/Y"))


@register.filter
def iso(value: date | datetime | None) -> str:
    """Write a date for the ``datetime`` attribute of ``<time>``."""
    return "" if value is None or value == "" else _as_date(value).isoformat()


@register.filter
def is_stale(as_of: date | None, days: int) -> bool:
    """Say whether a figure is older than ``days`` calendar days; a figure without date is stale."""
    return as_of is None or (timezone.localdate() - _as_date(as_of)).days > int(days)


@register.filter
def age(as_of: date) -> str:
    """Write how many calendar days lie between a date and today."""
    days = (timezone.localdate() - _as_date(as_of)).days
    return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": number(days)}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without ``label`` it is decoration that screen readers skip."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            _sprite(),
            name,
        )
    return _decoration(name)


@cache
def _sprite() -> str:
    # A page has dozens of icons; where the file lies does not change while the portal runs.
    return static("img/icons.svg")


@cache
def _decoration(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', _sprite(), name)


@register.simple_tag(takes_context=True)
def nav_link(
    context: template.Context, url_name: str, label: str, symbol: str = "", alone: bool = False
) -> SafeString:
    """Show one entry of a menu; nothing while no page has that URL name. The entry of this page is marked.

    Pages below the address count as its own, unless it stands ``alone``: they have entries of theirs.
    """
    # Two dozen stand on every page; a template for each costs more than twice as much.
    address = _address_of(url_name)
    if not address:
        return SafeString("")
    request = context.get("request")
    path = request.path if request else ""
    is_below = address != "/" and not alone and path.startswith(address)
    return format_html(
        '<li><a href="{}"{}>{}<span>{}</span></a></li>',
        address,
        _CURRENT if path == address or is_below else "",
        icon(symbol) if symbol else "",
        label,
    )


@register.filter
def any_url(names: str) -> bool:
    """Say whether one of the comma-separated URL names leads to a page; headings of empty menus stay away."""
    return any(_address_of(name.strip()) for name in names.split(","))


@register.simple_tag(takes_context=True)
def page_query(context: template.Context, key: str, value: str | int) -> str:
    """Return this page's query string with one parameter replaced; a new page size starts at the first page."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    if not key.endswith("page") or key.endswith("per_page"):
        for name in [name for name in query if name == "page" or name.endswith("-page")]:
            del query[name]
    query[key] = str(value)
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """List the page numbers to offer: first, last, and those around this one; ``None`` marks a gap."""
    last = page.paginator.num_pages
    shown = sorted({1, last, *range(max(1, page.number - 2), min(last, page.number + 2) + 1)})
    numbers: list[int | None] = []
    for before, one in zip([0, *shown], shown, strict=False):
        if one - before > 1:
            numbers.append(None)
        numbers.append(one)
    return numbers


@register.filter
def page_sizes(page: Page[Any]) -> list[tuple[str, str, bool]]:
    """List the page sizes to offer as (value, label, is the present one); none for what fits on the smallest page."""
    if page.paginator.count <= PAGE_SIZES[0]:
        return []
    present = page.paginator.per_page
    sizes = [(str(size), str(size), size == present) for size in PAGE_SIZES]
    return [*sizes, ("all", gettext("all"), present not in PAGE_SIZES)]


@register.filter
def labels(values: Iterable[Any]) -> str:
    """Join values with commas."""
    return ", ".join(str(value) for value in values)


def _address_of(url_name: str) -> str:
    """Return the address of a page without arguments; empty while no page has that name."""
    return _known_address(url_name, settings.ROOT_URLCONF, get_script_prefix())


@cache
def _known_address(url_name: str, _urlconf: str, _prefix: str) -> str:
    # Every page asks for all entries of its menu, and the answer is always the same.
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _joined(figure: str, unit: str) -> str:
    return f"{figure}{NARROW}{unit}"


def _as_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value
