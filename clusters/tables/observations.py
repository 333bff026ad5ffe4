"""The table of observations."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusters.models import Observation
from clusters.tables.clusters import NUMERIC, marked
from core.templatetags.portal import NO_FIGURE, day, iso, moment, number


class ObservationTable(tables.Table):
    """Moving figures, each with the paper it was read from."""

    cluster = tables.Column(_("Cluster"), order_by=("cluster__sort_key",))
    province = tables.Column(
        _("Province"), accessor="cluster__province__name", order_by=("cluster__province__sort_key",)
    )
    indicator = tables.Column(_("Figure"))
    value = tables.Column(_("Value"), orderable=False, attrs=NUMERIC)
    as_of = tables.Column(_("As of"))
    source = tables.Column(_("Source"), accessor="source_title")
    note = tables.Column(_("Remark"), orderable=False)
    recorded_by = tables.Column(_("Recorded by"), order_by=("recorded_by__full_name",))
    created_at = tables.Column(_("Entered"))

    class Meta:
        model = Observation
        fields: tuple[str, ...] = ()
        default = NO_FIGURE
        empty_text = _("No figure matches these filters.")
        attrs = {"class": "table"}

    def render_cluster(self, record: Observation) -> SafeString:
        """Lead to the figures of the cluster."""
        address = reverse("registry:cluster", args=[record.cluster.code])
        return format_html('<a href="{}#figures">{}</a>', address, record.cluster.name)

    def render_indicator(self, record: Observation) -> str:
        """Name the figure with its unit."""
        return str(capfirst(record.get_indicator_display()))

    def render_value(self, value: Any) -> str:
        """Write the number."""
        return number(value)

    def render_as_of(self, record: Observation) -> SafeString:
        """Show the day, and the words of a source that names none; only the newest figure can go out of date."""
        said = f"{record.as_of_text} " if record.as_of_text else ""
        if getattr(record, "newest", None) == record.pk:
            return format_html("<span>{}{}</span>", said, marked(record.as_of, record.cluster.province_id))
        return format_html('{}<time datetime="{}">{}</time>', said, iso(record.as_of), day(record.as_of))

    def render_source(self, record: Observation) -> str:
        """Name the paper."""
        number_of_paper = record.source_number
        known = not number_of_paper or number_of_paper in record.source_title
        return record.source_title if known else f"{record.source_title} {number_of_paper}"

    def render_created_at(self, value: Any) -> str:
        """Show when it was entered."""
        return moment(value)
