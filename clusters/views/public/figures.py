"""Moving figures as lines of a page: value, date, source document, and whether it went stale."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clusters.choices import Indicator
from clusters.models import Cluster, Figures, LandClearance, Observation, PaidCapital
from clusters.occupancy import Rate
from clusters.staleness import fresh_since
from clusters.views.public.provenance import Provenance, source_of
from core.models import Sourced
from core.templatetags.portal import dong, ha, number


@dataclass(frozen=True)
class FigureLine:
    """One moving figure; without a value it says that nobody reported it."""

    label: str
    value: str
    is_known: bool
    as_of: dt.date | None
    as_of_text: str
    source: Provenance | None
    note: str
    stale: bool


def newest_sources(user: Any, cluster: Cluster, day: dt.date) -> dict[str, Sourced]:
    """Return, for each figure, the row that gives it on the day: an observation, a clearance, a payment."""
    rows = (
        Observation.objects.visible_to(user)
        .filter(cluster=cluster, as_of__lte=day)
        .order_by("indicator", "-as_of", "-pk")
        .distinct("indicator")
    )
    found: dict[str, Sourced] = {row.indicator: row for row in rows}
    cleared = LandClearance.objects.visible_to(user).filter(cluster=cluster, area_cleared_ha__isnull=False)
    paid = PaidCapital.objects.visible_to(user).filter(project__cluster=cluster)
    for key, parts in (("cleared_ha", cleared), ("capital_paid", paid)):
        newest = parts.latest_as_of(day).first()
        if newest is not None:
            found[key] = newest
    return found


def figure_lines(
    figures: Figures, sources: dict[str, Sourced], day: dt.date, province_id: int
) -> list[FigureLine]:
    """Return the moving figures in the order in which a report asks for them."""
    rows: list[tuple[str, str | None, dt.date | None, str]] = [
        (
            _("Industrial land leased or sub-leased"),
            _area(figures.leased_ha),
            figures.leased_as_of,
            Indicator.LEASED,
        ),
        (
            _("Industrial land approved for projects, not yet leased"),
            _area(figures.approved_ha),
            figures.approved_as_of,
            Indicator.APPROVED,
        ),
        (
            _("Industrial land with infrastructure, ready to lease"),
            _area(figures.serviced_ha),
            figures.serviced_as_of,
            Indicator.SERVICED,
        ),
        (_("Land cleared"), _area(figures.cleared_ha), figures.cleared_as_of, "cleared_ha"),
        (_("Secondary projects"), _count(figures.projects), figures.projects_as_of, Indicator.PROJECTS),
        (
            _("of which foreign-invested"),
            _count(figures.foreign_projects),
            figures.projects_as_of,
            Indicator.FOREIGN_PROJECTS,
        ),
        (
            _("of which operating"),
            _count(figures.operating_projects),
            figures.projects_as_of,
            Indicator.OPERATING_PROJECTS,
        ),
        (_("Workers"), _count(figures.workers), figures.workers_as_of, Indicator.WORKERS),
        (
            _("Capital paid into infrastructure"),
            _money(figures.capital_paid),
            figures.capital_as_of,
            "capital_paid",
        ),
    ]
    oldest = fresh_since(province_id, on=day)
    return [_line(label, value, as_of, sources.get(key), oldest) for label, value, as_of, key in rows]


def explain(rate: Rate, industrial_land_ha: Decimal | None) -> str:
    """Say why a rate is not computable; nothing where it is."""
    if rate.value is not None:
        return ""
    if rate.numerator is None:
        return _("the land leased is not reported")
    if rate.key in ("legal", "report"):
        if industrial_land_ha is None:
            return _("the industrial land of the detailed plan is not recorded")
        return _("the industrial land of the detailed plan is zero")
    if rate.key == "serviced":
        return _("the land ready to lease is not reported, or is zero")
    return _("the land cleared is not reported, or is zero")


def _line(
    label: str, value: str | None, as_of: dt.date | None, row: Sourced | None, oldest: dt.date
) -> FigureLine:
    if value is None:
        return FigureLine(label, _("not reported"), False, None, "", None, "", False)
    if row is None:
        note = _("added up from the secondary projects recorded")
        return FigureLine(label, value, True, as_of, "", None, note, as_of is None or as_of < oldest)
    as_of = getattr(row, "as_of", as_of)
    return FigureLine(
        label,
        value,
        True,
        as_of,
        getattr(row, "as_of_text", ""),
        source_of(row),
        # Notes on rows are written by officers for officers.
        "",
        as_of is None or as_of < oldest,
    )


def _area(value: Decimal | None) -> str | None:
    return None if value is None else ha(value)


def _count(value: int | None) -> str | None:
    return None if value is None else number(value)


def _money(value: Decimal | None) -> str | None:
    return None if value is None else dong(value)
