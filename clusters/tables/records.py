"""Tables of the registry's records; ``–`` means not known."""

from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clusters.models import (
    DevelopmentPlan,
    InfrastructureProject,
    Inspection,
    Investor,
    Obstacle,
    Plot,
    SecondaryProject,
)
from clusters.services.tax import masked
from clusters.staleness import is_stale
from clusters.templatetags.registry import tone, until
from core.templatetags.portal import NO_FIGURE, day, ha, icon, iso, number

NUMERIC = {"td": {"class": "numeric"}, "th": {"class": "numeric"}}
NOWRAP = {"td": {"class": "text-nowrap"}}
# Names of enterprises: without a least width a full table squeezes them to a word a line.
NAMES = {"td": {"class": "names-cell"}}
_MILLION = Decimal(10) ** 6


class DayColumn(tables.Column):
    """A day; ``stale`` marks in words one that is too old to lean on."""

    def __init__(self, *args: Any, stale: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {} if stale else NOWRAP)
        super().__init__(*args, **kwargs)
        self.stale = stale

    def render(self, value: Any, record: Any) -> SafeString:
        """Write the day as on paper."""
        shown = format_html('<time datetime="{}">{}</time>', iso(value), day(value))
        if self.stale and is_stale(value, record.cluster.province_id):
            return format_html(
                '<span>{} <span class="mark">{} {}</span></span>', shown, icon("clock"), _("out of date")
            )
        return shown


class NumberColumn(tables.Column):
    """A number with the separators of the language; ``million`` shows dong in millions."""

    def __init__(self, *args: Any, million: bool = False, decimals: int = 2, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", NUMERIC)
        super().__init__(*args, **kwargs)
        self.million, self.decimals = million, decimals

    def render(self, value: Any) -> str:
        """Write the number."""
        return number(value / _MILLION, 1) if self.million else number(value, self.decimals)


class TagColumn(tables.Column):
    """A stage or status as word, shape and colour."""

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        """Show the label in its tone."""
        stored = getattr(record, bound_column.accessor)
        return format_html('<span class="tag tag-{}">{}</span>', tone(stored), value)


class LinkColumn(tables.Column):
    """The name of the row, leading to its page under ``registry:<page>``."""

    def __init__(self, *args: Any, page: str, below_cluster: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.below_cluster = page, below_cluster

    def render(self, value: Any, record: Any) -> SafeString:
        """Lead to the page."""
        args = [record.cluster.code, record.pk] if self.below_cluster else [record.pk]
        return format_html('<a href="{}">{}</a>', reverse(f"registry:{self.page}", args=args), value)


class ClusterColumn(tables.Column):
    """The cluster of the row, leading to its page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("order_by", ("cluster__sort_key",))
        super().__init__(_("Cluster"), *args, **kwargs)

    def render(self, value: Any, record: Any) -> SafeString:
        """Lead to the cluster."""
        return format_html(
            '<a href="{}">{}</a>', reverse("registry:cluster", args=[record.cluster.code]), value
        )


class RecordTable(tables.Table):
    """The look all share."""

    class Meta:
        fields: tuple[str, ...] = ()
        default = NO_FIGURE
        empty_text = _("No record matches these filters.")
        attrs = {"class": "table"}


class InvestorTable(RecordTable):
    """Investors with what they build and run; a personal number is masked."""

    name = LinkColumn(_("Name"), page="investor", below_cluster=False, order_by=("sort_key",))
    kind = tables.Column(_("Kind of investor"))
    tax_code = tables.Column(_("Tax code"), attrs=NOWRAP)
    country = tables.Column(_("Country"))
    registration_number = tables.Column(_("Registration number abroad"))
    address = tables.Column(_("Address"))
    # Of the reader's own area; the list says which one that is.
    clusters = NumberColumn(_("Clusters in your area"), accessor="cluster_count")
    projects = NumberColumn(_("Secondary projects in your area"), accessor="project_count")

    class Meta(RecordTable.Meta):
        model = Investor
        empty_text = _("No investor matches these filters.")

    def render_tax_code(self, value: str, record: Investor) -> SafeString:
        """Mask a personal number; mark a code that was confirmed although its check digit fails."""
        if record.tax_code_confirmed:
            return format_html(
                '<span>{} <span class="mark">{}</span></span>', masked(value), _("check digit fails")
            )
        return format_html("{}", masked(value))


class InfrastructureTable(RecordTable):
    """Infrastructure projects with money in million dong."""

    name = LinkColumn(_("Name"), page="infrastructure")
    cluster = ClusterColumn()
    province = tables.Column(
        _("Province"), accessor="cluster__province__name", order_by=("cluster__province__sort_key",)
    )
    investor = tables.Column(_("Infrastructure investor"), order_by=("investor__sort_key",), attrs=NAMES)
    status = TagColumn(_("Status"))
    total_investment = NumberColumn(_("Total investment (million VND)"), million=True)
    paid = NumberColumn(_("Paid so far (million VND)"), accessor="paid_amount", million=True)
    share = NumberColumn(_("Paid (%)"), accessor="paid_share", decimals=1, orderable=False)
    paid_as_of = DayColumn(_("Paid as of"), stale=True)
    approved_on = DayColumn(_("Approved on"))
    starts_on = DayColumn(_("Scheduled start"))
    ends_on = DayColumn(_("Scheduled end"))

    class Meta(RecordTable.Meta):
        model = InfrastructureProject
        empty_text = _("No infrastructure project matches these filters.")


class PlotTable(RecordTable):
    """Plots of all clusters."""

    code = LinkColumn(_("Plot"), page="plot")
    cluster = ClusterColumn()
    province = tables.Column(
        _("Province"), accessor="cluster__province__name", order_by=("cluster__province__sort_key",)
    )
    area_ha = NumberColumn(_("Area (ha)"), decimals=5)
    status = TagColumn(_("Status"))
    price_per_m2 = NumberColumn(_("Rent for the whole term (VND per m²)"), decimals=0)
    available_from = DayColumn(_("Available from"))
    lines = tables.Column(_("Lines admitted"))
    utilities = tables.Column(_("Utilities"))
    as_of = DayColumn(_("As of"), stale=True)
    source_title = tables.Column(_("Source document"))

    class Meta(RecordTable.Meta):
        model = Plot
        empty_text = _("No plot matches these filters.")


class ProjectTable(RecordTable):
    """Secondary projects with money in million dong."""

    name = LinkColumn(_("Project"), page="project", order_by=("sort_key",))
    cluster = ClusterColumn()
    province = tables.Column(
        _("Province"), accessor="cluster__province__name", order_by=("cluster__province__sort_key",)
    )
    investor = tables.Column(_("Secondary investor"), order_by=("investor__sort_key",), attrs=NAMES)
    industry = tables.Column(_("Industry (VSIC)"), order_by=("industry__code",))
    product = tables.Column(_("Product"))
    stage = TagColumn(_("Stage"))
    group = tables.Column(_("Group of tenant"))
    capital = NumberColumn(_("Registered capital (million VND)"), million=True)
    is_foreign = tables.Column(_("Foreign-invested"))
    foreign_capital = NumberColumn(_("Of which foreign (million VND)"), million=True)
    land_ha = NumberColumn(_("Land (ha)"), decimals=5)
    workers = NumberColumn(_("Workers"))
    operating_from = DayColumn(_("Operating from"))
    as_of = DayColumn(_("As of"), stale=True)

    class Meta(RecordTable.Meta):
        model = SecondaryProject
        empty_text = _("No secondary project matches these filters.")

    def render_is_foreign(self, value: bool) -> Any:
        """Say it in words."""
        return _("yes") if value else _("no")


class InspectionTable(RecordTable):
    """Inspections with the state of what they found."""

    subject = LinkColumn(_("Subject"), page="inspection")
    cluster = ClusterColumn()
    province = tables.Column(
        _("Province"), accessor="cluster__province__name", order_by=("cluster__province__sort_key",)
    )
    project = tables.Column(_("Project inspected"), order_by=("project__sort_key",))
    inspected_on = DayColumn(_("Inspected on"))
    authority = tables.Column(_("Inspecting authority"))
    violations = NumberColumn(_("Violations"), accessor="violation_count")
    open_violations = NumberColumn(_("Not mended"), accessor="open_count")
    next_due = DayColumn(_("To be mended by"))
    source_title = tables.Column(_("Source document"))

    class Meta(RecordTable.Meta):
        model = Inspection
        empty_text = _("No inspection matches these filters.")


class ObstacleTable(RecordTable):
    """Obstacles: who must act by when."""

    what = LinkColumn(_("Obstacle"), page="obstacle")
    cluster = ClusterColumn()
    province = tables.Column(
        _("Province"), accessor="cluster__province__name", order_by=("cluster__province__sort_key",)
    )
    who_must_act = tables.Column(_("Who must act"))
    what_is_asked = tables.Column(_("What is asked of them"))
    due_on = DayColumn(_("By when"))
    state = tables.Column(_("State"), accessor="resolved_on", empty_values=())
    reported_on = DayColumn(_("Reported on"))
    source_title = tables.Column(_("Source document"))

    class Meta(RecordTable.Meta):
        model = Obstacle
        empty_text = _("No obstacle matches these filters.")

    def render_state(self, record: Obstacle) -> SafeString:
        """Say whether it is resolved, and if not, how much time is left."""
        if record.resolved_on:
            return format_html(
                '<span class="tag tag-ok">{} {}</span>', _("resolved"), day(record.resolved_on)
            )
        late = record.due_on < timezone.localdate()
        return format_html(
            '<span class="tag tag-{}">{}</span>', "danger" if late else "warning", until(record.due_on)
        )


class PlanTable(RecordTable):
    """Versions of development plans."""

    title = LinkColumn(_("Title"), page="plan", below_cluster=False)
    province = tables.Column(_("Province"), order_by=("province__sort_key",))
    version = NumberColumn(_("Version"))
    period_to = tables.Column(_("To year"))
    decision_number = tables.Column(_("Approving decision"))
    approved_on = DayColumn(_("Approved on"))
    superseded_on = DayColumn(_("Superseded on"))
    state = tables.Column(_("State"), accessor="pk", orderable=False)
    lines = NumberColumn(_("Planned clusters"), accessor="line_count")
    area = tables.Column(_("Area"), accessor="line_area", attrs=NUMERIC)

    class Meta(RecordTable.Meta):
        model = DevelopmentPlan
        empty_text = _("No development plan matches these filters.")

    def render_period_to(self, value: int) -> str:
        """Write a year without separators."""
        return str(value)

    def render_area(self, value: Any) -> str:
        """Write hectares."""
        return ha(value)

    def render_province(self, record: DevelopmentPlan) -> str:
        """Name the province."""
        return record.province.name

    def render_state(self, record: DevelopmentPlan) -> SafeString:
        """Say whether the version is in force today."""
        label, shade = plan_state(record)
        return format_html('<span class="tag tag-{}">{}</span>', shade, label)


def plan_state(plan: DevelopmentPlan) -> tuple[Any, str]:
    """Return the state of a version of the plan today, as label and tone."""
    today = timezone.localdate()
    if plan.approved_on is None:
        return _("draft"), "neutral"
    if plan.superseded_on and plan.superseded_on <= today:
        return _("superseded"), "neutral"
    return (_("in force"), "ok") if plan.approved_on <= today else (_("approved, not yet in force"), "info")
