import calendar as months
import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import can, requires
from accounts.roles import Function
from law.calendars import SATURDAY
from law.forms import DayForm, ReasonForm
from law.models import CalendarDay, DayKind, DaySource
from law.services import announce_year, set_calendar_day, withdraw_calendar_day

# How many years on each side of the one shown are offered.
REACH = 4
# Years that make sense as a working calendar; whatever else is asked for shows this year.
MIN_YEAR, MAX_YEAR = 2009, 2100

# Heads of the narrow columns of a month, Monday first.
WEEKDAYS = (
    gettext_lazy("Mo"),
    gettext_lazy("Tu"),
    gettext_lazy("We"),
    gettext_lazy("Th"),
    gettext_lazy("Fr"),
    gettext_lazy("Sa"),
    gettext_lazy("Su"),
)


def _year_of(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and MIN_YEAR <= int(asked) <= MAX_YEAR:
        return int(asked)
    return timezone.localdate().year


def _address(year: int) -> str:
    return f"{reverse('law:calendar')}?year={year}"


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """Show a year of the working-day calendar as month grids and as a list."""
    year = _year_of(request)
    entries = list(CalendarDay.objects.visible_to(request.user).of_year(year))
    years = range(year - REACH, year + REACH + 1)
    context = {
        "year": str(year),  # never "2.026"
        "years": [(str(each), _address(each), each == year) for each in years],
        "months": [_month(year, number, {entry.day: entry for entry in entries}) for number in range(1, 13)],
        "weekdays": WEEKDAYS,
        "entries": entries,
        "seeded": any(entry.source == DaySource.SEEDED for entry in entries),
        "may_edit": can(request.user, Function.KEEP_CALENDAR),
    }
    return render(request, "law/calendar.html", context)


def _month(year: int, number: int, entries: dict[dt.date, CalendarDay]) -> dict[str, Any]:
    weeks = [
        [_grid_day(day, entries.get(day)) if day.month == number else None for day in week]
        for week in months.Calendar().monthdatescalendar(year, number)
    ]
    return {"first": dt.date(year, number, 1), "weeks": weeks}


def _grid_day(day: dt.date, entry: CalendarDay | None) -> dict[str, Any]:
    kind = entry.kind if entry else DayKind.ORDINARY
    return {
        "day": day,
        "entry": entry if kind != DayKind.ORDINARY else None,
        "is_off": kind == DayKind.DAY_OFF,
        "is_swap": kind == DayKind.WORKING,
        "is_weekend": day.weekday() >= SATURDAY and kind == DayKind.ORDINARY,
    }


@requires(Function.KEEP_CALENDAR)
def edit_day(request: HttpRequest) -> HttpResponse:
    """Enter a day, or correct the entry of ``?day=``."""
    initial: dict[str, Any] = {}
    asked = _number(request.GET.get("entry"))
    if asked is not None:
        known = get_object_or_404(CalendarDay.objects.visible_to(request.user), pk=asked)
        initial = {"day": known.day, "kind": known.kind, "name": known.name_vi, "name_en": known.name_en}
        initial["notice_number"] = known.notice_number
    form = DayForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            entry = set_calendar_day(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The calendar was changed: %(entry)s.") % {"entry": entry})
            return redirect(_address(entry.day.year))
    context = {"form": form, "title": _("Enter a day"), "cancel": reverse("law:calendar")}
    return render(request, "law/edit.html", context)


@requires(Function.KEEP_CALENDAR)
def withdraw_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a day follow its weekday again."""
    entry = get_object_or_404(CalendarDay.objects.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_calendar_day(entry=entry, by=request.user, **form.cleaned_data)
        messages.success(request, _("The entry was withdrawn: %(entry)s.") % {"entry": entry})
        return redirect(_address(entry.day.year))
    title = _("Withdraw %(entry)s") % {"entry": entry}
    return render(
        request, "law/edit.html", {"form": form, "title": title, "cancel": _address(entry.day.year)}
    )


@requires(Function.KEEP_CALENDAR)
def announce(request: HttpRequest, year: int) -> HttpResponse:
    """Confirm the seeded days of a year by the number of the notice."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = announce_year(year=year, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(count)s seeded days were confirmed.") % {"count": count})
        return redirect(_address(year))
    title = _("Confirm the days off of %(year)s") % {"year": year}
    return render(request, "law/edit.html", {"form": form, "title": title, "cancel": _address(year)})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() else None
