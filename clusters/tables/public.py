"""The directory as a table."""

from typing import Any

import django_tables2 as tables
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusters.choices import Stage
from clusters.models import Cluster
from clusters.stages import tone_of
from clusters.tables.clusters import marked
from core.templatetags.portal import NO_FIGURE, number

_RIGHT = {"th": {"class": "numeric"}, "td": {"class": "numeric"}}


class FigureColumn(tables.Column):
    """A number set to the right; unknown ones come last whichever way the column is sorted."""

    def __init__(self, *args: Any, decimals: int | None = None, path: str = "", **kwargs: Any) -> None:
        super().__init__(*args, attrs=_RIGHT, **kwargs)
        self.decimals, self.path = decimals, path

    def render(self, value: Any) -> str:
        """Write the number in the reader's language."""
        return number(value, self.decimals)

    def order(self, queryset: QuerySet, is_descending: bool) -> tuple[QuerySet, bool]:
        """Sort with unknown figures last."""
        column = F(self.path)
        by = column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True)
        return queryset.order_by(by, "sort_key"), True


class DirectoryTable(tables.Table):
    """A line of the public directory."""

    name = tables.Column(_("Cluster"), linkify=True, order_by=("sort_key",))
    province = tables.Column(_("Province"), order_by=("province__sort_key",))
    commune = tables.Column(_("Commune"), order_by=("commune__sort_key",), accessor="commune__full_name")
    stage = tables.Column(_("Stage"))
    cluster_type = tables.Column(_("Type"))
    area = FigureColumn(_("Area (ha)"), accessor="area_ha", path="area_ha", decimals=2)
    industrial = FigureColumn(
        _("Industrial land (ha)"), accessor="industrial_land_ha", path="industrial_land_ha", decimals=2
    )
    leased = FigureColumn(
        _("Leased (ha)"), accessor="figures__leased_ha", path="figures__leased_ha", decimals=2
    )
    free = FigureColumn(_("Free land (ha)"), accessor="free_ha", path="free_ha", decimals=2)
    occupancy = FigureColumn(
        _("Occupancy, legal formula (%)"),
        accessor="figures__occupancy_legal",
        path="figures__occupancy_legal",
        decimals=1,
    )
    projects = FigureColumn(_("Projects"), accessor="figures__projects", path="figures__projects")
    workers = FigureColumn(_("Workers"), accessor="figures__workers", path="figures__workers")
    wastewater = tables.Column(
        _("Wastewater plant"), accessor="figures__has_wastewater_plant", empty_values=(), orderable=False
    )
    investor = tables.Column(_("Infrastructure investor"), order_by=("investor__sort_key",))
    as_of = tables.Column(
        _("Oldest figure of"), accessor="figures__oldest_as_of", order_by=("figures__oldest_as_of",)
    )

    class Meta:
        model = Cluster
        fields: tuple[str, ...] = ()
        default = NO_FIGURE
        order_by = ()

    def render_stage(self, value: Any, record: Cluster) -> str:
        """Show the stage as word and colour."""
        context = {"label": record.get_stage_display(), "tone": tone_of(Stage(record.stage))}
        return render_to_string("components/badge.html", context)

    def render_free(self, value: Any, record: Cluster) -> str:
        """Write the free land; it is a ceiling where approved land is not reported."""
        written = number(value, 2)
        # with_free_land says so of every row of the directory.
        return f"≤ {written}" if record.free_is_upper_bound else written  # type: ignore[attr-defined]

    def render_occupancy(self, value: Any, record: Cluster) -> str:
        """Write the rate; it is a floor where approved land is not reported."""
        written = number(value, 1)
        return f"≥ {written}" if record.figures.approved_ha is None else written

    def render_wastewater(self, value: Any) -> str:
        """Tell "not in use" from "nobody reported"."""
        if value is None:
            return gettext("not reported")
        return gettext("in use") if value else gettext("not in use")

    def render_as_of(self, value: Any, record: Cluster) -> str:
        """Show the as-of date, marked in words when it is past its time."""
        return marked(value, record.province_id)
