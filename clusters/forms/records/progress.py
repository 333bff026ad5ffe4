"""Progress: land clearance, milestones, obstacles."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.choices import MilestoneKind
from clusters.forms.records.base import SOURCE, RecordForm
from clusters.models import LandClearance, Milestone, Obstacle
from core.forms import written


class ClearanceForm(RecordForm):
    """How far land clearance is on a day."""

    parent_name = "cluster"
    sections = (
        (gettext_lazy("State on the day"), ("as_of",)),
        (gettext_lazy("Households"), ("households_total", "households_settled")),
        (gettext_lazy("Land"), ("area_total_ha", "area_cleared_ha")),
        (gettext_lazy("Money"), ("cost_total", "cost_paid")),
        (gettext_lazy("Note"), ("note",)),
        (gettext_lazy("Source"), SOURCE),
    )

    class Meta(RecordForm.Meta):
        model = LandClearance
        fields = (
            "as_of", "households_total", "households_settled", "area_total_ha", "area_cleared_ha", "cost_total",
            "cost_paid", "note", *SOURCE[:-1],
        )  # fmt: skip

    def prepare(self) -> None:
        """Carry the totals of the newest record over: they seldom change."""
        if not self.is_new:
            return
        newest = LandClearance.objects.filter(cluster=self.parent).order_by("-as_of", "-pk").first()
        if newest:
            for name in ("households_total", "area_total_ha", "cost_total"):
                self.initial.setdefault(name, getattr(newest, name))

    def check(self, cleaned: dict[str, Any]) -> None:
        """No part exceeds its whole; one figure at least."""
        self.at_most("households_settled", "households_total")
        self.at_most("area_cleared_ha", "area_total_ha")
        self.not_later_than_today("as_of", today=timezone.localdate())
        figures = ("households_settled", "area_cleared_ha", "cost_paid")
        if not self.errors and all(cleaned.get(name) is None for name in figures):
            self.add_error("area_cleared_ha", _("Enter what is settled: households, hectares or money."))

    def warnings(self) -> list[Any]:
        """Name figures that fall behind an earlier day, and money above the cost."""
        said = []
        cleaned = self.cleaned_data
        earlier = (
            LandClearance.objects.filter(cluster=self.parent, as_of__lte=cleaned["as_of"])
            .exclude(pk=self.instance.pk)
            .order_by("-as_of", "-pk")
            .first()
        )
        for name in ("households_settled", "area_cleared_ha", "cost_paid"):
            now, before = cleaned.get(name), getattr(earlier, name, None)
            if now is not None and before is not None and now < before:
                said.append(
                    _("“%(field)s” falls from %(before)s (%(day)s) to %(now)s.")
                    % {
                        "field": self.fields[name].label,
                        "before": written(before),
                        "day": f"{earlier.as_of:%d/%m/%Y}",
                        "now": written(now),
                    }
                )
        if (
            cleaned.get("cost_paid")
            and cleaned.get("cost_total")
            and cleaned["cost_paid"] > cleaned["cost_total"]
        ):
            said.append(_("More is paid out than clearance costs."))
        if (
            cleaned.get("area_total_ha")
            and self.parent.area_ha
            and cleaned["area_total_ha"] > self.parent.area_ha
        ):
            said.append(
                _("The land to clear (%(land)s ha) is more than the area of the cluster (%(area)s ha).")
                % {"land": written(cleaned["area_total_ha"]), "area": written(self.parent.area_ha)}
            )
        return said


class MilestoneForm(RecordForm):
    """A dated step on the way to operation."""

    parent_name = "cluster"
    sections = (
        (gettext_lazy("Milestone"), ("kind", "planned_on", "done_on", "note")),
        (gettext_lazy("Source"), SOURCE),
    )

    class Meta(RecordForm.Meta):
        model = Milestone
        fields = ("kind", "planned_on", "done_on", "note", *SOURCE[:-1])

    def prepare(self) -> None:
        """Offer the milestones that the cluster does not have yet."""
        taken = set(
            Milestone.objects.filter(cluster=self.parent)
            .exclude(pk=self.instance.pk)
            .order_by()
            .values_list("kind", flat=True)
        )
        free = [(kind.value, capfirst(kind.label)) for kind in MilestoneKind if kind.value not in taken]
        self.fields["kind"].choices = [("", "—"), *free] if self.is_new else free

    def check(self, cleaned: dict[str, Any]) -> None:
        """A milestone has a day, and one that was reached has a day that has come."""
        self.not_later_than_today("done_on", today=timezone.localdate())
        if not self.errors and not cleaned.get("planned_on") and not cleaned.get("done_on"):
            self.add_error("planned_on", _("Enter for when it is planned, or when it was reached."))


class ObstacleForm(RecordForm):
    """What holds a cluster up, by which paper it is known, who must do what by when."""

    parent_name = "cluster"
    sections = (
        (gettext_lazy("Obstacle"), ("what", "cause", "reported_on")),
        (gettext_lazy("Who must act"), ("who_must_act", "what_is_asked", "due_on")),
        (gettext_lazy("Source"), SOURCE),
        (gettext_lazy("Outcome"), ("resolved_on", "resolution")),
    )

    class Meta(RecordForm.Meta):
        model = Obstacle
        fields = (
            "what", "cause", "reported_on", "who_must_act", "what_is_asked", "due_on", *SOURCE[:-1], "resolved_on",
            "resolution",
        )  # fmt: skip

    def prepare(self) -> None:
        """A new obstacle is not resolved yet."""
        if self.is_new:
            del self.fields["resolved_on"]
            del self.fields["resolution"]

    def check(self, cleaned: dict[str, Any]) -> None:
        """Days in their order; an outcome has both its day and its words."""
        self.in_order("reported_on", "due_on")
        self.in_order("reported_on", "resolved_on")
        self.not_later_than_today("reported_on", "resolved_on", today=timezone.localdate())
        _demand_outcome(self, cleaned)


class ResolveForm(RecordForm):
    """How an obstacle was resolved."""

    parent_name = "cluster"
    sections = ((gettext_lazy("Outcome"), ("resolved_on", "resolution")),)

    class Meta(RecordForm.Meta):
        model = Obstacle
        fields = ("resolved_on", "resolution")

    def prepare(self) -> None:
        """Both are needed to close an obstacle."""
        self.take_no_file()
        for name in ("resolved_on", "resolution"):
            self.fields[name].required = True

    def check(self, cleaned: dict[str, Any]) -> None:
        """It is resolved after it was reported and not in the future."""
        self.not_later_than_today("resolved_on", today=timezone.localdate())
        day = cleaned.get("resolved_on")
        if day and day < self.instance.reported_on:
            self.add_error(
                "resolved_on",
                _("%(day)s lies before the day it was reported (%(reported)s). Correct the day.")
                % {"day": f"{day:%d/%m/%Y}", "reported": f"{self.instance.reported_on:%d/%m/%Y}"},
            )


def _demand_outcome(form: RecordForm, cleaned: dict[str, Any]) -> None:
    if "resolution" not in form.fields:
        return
    if cleaned.get("resolved_on") and not cleaned.get("resolution"):
        form.add_error("resolution", _("Say how it was resolved."))
    if cleaned.get("resolution") and not cleaned.get("resolved_on"):
        form.add_error("resolved_on", _("Enter the day on which it was resolved."))
