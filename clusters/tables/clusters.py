"""The officer's table of clusters."""

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, Figures
from clusters.staleness import is_stale
from clusters.templatetags.registry import tone
from core.templatetags.portal import NO_FIGURE, day, icon, iso, number, percent

NUMERIC = {"td": {"class": "numeric"}, "th": {"class": "numeric"}}


class ClusterTable(tables.Table):
    """Clusters with the facts the decisions gave and the newest figures; ``–`` means not known."""

    # The name first: on a phone it heads the card of the row.
    name = tables.Column(_("Name"), order_by=("sort_key",))
    code = tables.Column(_("Code"), attrs={"td": {"class": "nowrap"}})
    commune = tables.Column(_("Commune"), order_by=("commune__sort_key",), empty_values=())
    province = tables.Column(_("Province"), order_by=("province__sort_key",))
    stage = tables.Column(_("Stage"))
    cluster_type = tables.Column(_("Type"), attrs={"td": {"class": "type-cell"}})
    area_ha = tables.Column(_("Area (ha)"), attrs=NUMERIC)
    industrial_land_ha = tables.Column(_("Industrial land (ha)"), attrs=NUMERIC)
    leased_ha = tables.Column(_("Leased (ha)"), accessor="figures__leased_ha", attrs=NUMERIC)
    occupancy = tables.Column(
        _("Occupancy, legal formula"), accessor="figures__occupancy_legal", attrs=NUMERIC, empty_values=()
    )
    projects = tables.Column(_("Projects"), accessor="figures__projects", attrs=NUMERIC)
    investor = tables.Column(
        _("Infrastructure investor"),
        order_by=("investor__sort_key",),
        attrs={"td": {"class": "names-cell"}},
    )
    as_of = tables.Column(
        _("Newest figures of"), accessor="figures", order_by=("figures__leased_as_of",), empty_values=()
    )
    decision = tables.Column(_("Newest decision"), accessor="newest_decision", orderable=False)
    confirmed = tables.Column(_("Confirmed"), accessor="is_confirmed")
    published = tables.Column(_("Published"), accessor="is_published")

    class Meta:
        model = Cluster
        fields: tuple[str, ...] = ()
        default = NO_FIGURE
        empty_text = _("No cluster matches these filters.")
        attrs = {"class": "table"}

    def render_name(self, record: Cluster) -> SafeString:
        """Lead to the page of the cluster."""
        return format_html(
            '<a href="{}">{}</a>', reverse("registry:cluster", args=[record.code]), record.name
        )

    def render_commune(self, record: Cluster) -> str:
        """Name the lead commune, or the place as the first papers name it."""
        return record.commune.full_name if record.commune else record.place_as_recorded or NO_FIGURE

    def render_province(self, record: Cluster) -> str:
        """Name the province."""
        return record.province.name

    def render_stage(self, record: Cluster) -> SafeString:
        """Show the stage as word, shape and colour."""
        return format_html(
            '<span class="tag tag-{}">{}</span>', tone(record.stage), record.get_stage_display()
        )

    def render_area_ha(self, value: Any) -> str:
        """Write hectares."""
        return number(value, 2)

    render_industrial_land_ha = render_leased_ha = render_area_ha

    def render_projects(self, value: int) -> str:
        """Write a count."""
        return number(value)

    def render_occupancy(self, record: Cluster) -> str:
        """Write the rate; it is a floor where approved land is not reported."""
        figures = getattr(record, "figures", None)
        if figures is None or figures.occupancy_legal is None:
            return percent(None)
        floor = "≥ " if figures.approved_ha is None else ""
        return f"{floor}{percent(figures.occupancy_legal)}"

    def render_as_of(self, record: Cluster) -> str:
        """Show the newest as-of date, marked in words when it is past its time."""
        as_of = newest_as_of(getattr(record, "figures", None))
        return NO_FIGURE if as_of is None else marked(as_of, record.province_id)

    def render_decision(self, value: dict[str, str | None]) -> str:
        """Name the newest decision with a number that stands."""
        if not value["issued_on"]:
            return str(value["number"])
        return f"{value['number']} ({day(dt.date.fromisoformat(value['issued_on']))})"

    def render_confirmed(self, value: bool) -> SafeString:
        """Say yes with a mark, no in words."""
        return format_html("{} {}", icon("check"), _("yes")) if value else format_html("{}", _("no"))

    render_published = render_confirmed


def marked(as_of: dt.date, province_id: int) -> SafeString:
    """Write an as-of date, marked in words where it is past its time in the province."""
    shown = format_html('<time datetime="{}">{}</time>', iso(as_of), day(as_of))
    if not is_stale(as_of, province_id):
        return shown
    return format_html("{} {}", shown, render_to_string("components/stale.html", {"as_of": as_of}))


def newest_as_of(figures: Figures | None) -> dt.date | None:
    """Return the newest as-of date among a cluster's figures."""
    if figures is None:
        return None
    dates = (figures.leased_as_of, figures.projects_as_of, figures.workers_as_of, figures.cleared_as_of)
    return max((date for date in dates if date), default=None)
