"""When a moving figure is too old to lean on: the one place that says so.

Figures rot at different speeds: progress that officers follow (clearance, milestones, obstacles) within days, figures
that travel with the half-yearly reports (leased land, projects, workers, capital, state of plots and works) within
months. How many is a parameter of the province with a default (``law.models.parameters``).
"""

import calendar
import datetime as dt
from typing import Any

from django.db.models import Case, DateField, Value, When
from django.utils import timezone

from law.current import limit_of, limits_on
from law.models import Parameter

PROGRESS, REPORT = Parameter.PROGRESS_FRESH_DAYS, Parameter.REPORT_FRESH_MONTHS


def fresh_since(province_id: int | None, kind: Parameter = REPORT, *, on: dt.date | None = None) -> dt.date:
    """Return the first day whose figures still count as fresh in a province on a day (today unless given)."""
    day = on or timezone.localdate()
    return _back(day, limit_of(province_id, kind, day), kind)


def is_stale(
    as_of: dt.date | None, province_id: int | None, kind: Parameter = REPORT, *, on: dt.date | None = None
) -> bool:
    """Say whether a figure is out of date in its province on a day (today unless given); undated ones are."""
    return as_of is None or as_of < fresh_since(province_id, kind, on=on)


def fresh_since_at(path: str, kind: Parameter = REPORT, *, on: dt.date | None = None) -> Any:
    """Return the same day for a statement over many provinces; ``path`` leads to the key of the province."""
    day = on or timezone.localdate()
    own = [
        When(**{path: province}, then=Value(_back(day, limit, kind)))
        for (province, key), limit in sorted(limits_on(day).items())
        if key == kind
    ]
    otherwise = Value(fresh_since(None, kind, on=day), output_field=DateField())
    return Case(*own, default=otherwise, output_field=DateField()) if own else otherwise


def limits_among(provinces: list[int] | None, kind: Parameter = REPORT) -> set[int]:
    """Return the limits that apply today in these provinces (None: in all), in the unit of the kind."""
    day = timezone.localdate()
    if provinces is not None:
        return {limit_of(province, kind, day) for province in provinces}
    own = {limit for (_province, key), limit in limits_on(day).items() if key == kind}
    return own | {limit_of(None, kind, day)}


def _back(day: dt.date, amount: int, kind: Parameter) -> dt.date:
    if kind == PROGRESS:
        return day - dt.timedelta(days=amount)
    months = day.year * 12 + day.month - 1 - amount
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
