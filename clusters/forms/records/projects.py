"""Secondary projects."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.checklists import sentence_of
from clusters.choices import PlotStatus, ProjectStage
from clusters.forms.records.base import SOURCE, RecordForm
from clusters.models import Plot, SecondaryProject
from clusters.services.projects import project_checklist
from clusters.services.sums import TAKING_LAND, land_taken
from core.forms import written

#: Which day a stage rests on.
DAY_OF_STAGE = {
    ProjectStage.APPROVED: "approved_on",
    ProjectStage.LEASED: "leased_on",
    ProjectStage.OPERATING: "operating_from",
    ProjectStage.ENDED: "ended_on",
}


class ProjectForm(RecordForm):
    """A secondary project in the order of its papers: who, what, how far, money, land, jobs."""

    parent_name = "cluster"
    sections = (
        (gettext_lazy("Project"), ("name", "investor", "industry", "product", "capacity", "group")),
        (gettext_lazy("Approval"), ("certificate_number", "approved_on")),
        (gettext_lazy("Capital"), ("capital", "is_foreign", "foreign_capital")),
        (gettext_lazy("Land"), ("land_ha", "plots", "leased_on", "leased_until")),
        (gettext_lazy("Stage"), ("stage", "operating_from", "ended_on")),
        (gettext_lazy("Jobs"), ("jobs_planned", "workers", "as_of")),
        (gettext_lazy("Source"), SOURCE),
        (gettext_lazy("Notes"), ("notes",)),
    )

    class Meta(RecordForm.Meta):
        model = SecondaryProject
        fields = (
            "name", "investor", "industry", "product", "capacity", "group", "certificate_number", "approved_on",
            "capital", "is_foreign", "foreign_capital", "land_ha", "plots", "leased_on", "leased_until", "stage",
            "operating_from", "ended_on", "jobs_planned", "workers", "as_of", *SOURCE[:-1], "notes",
        )  # fmt: skip
        widgets = {"plots": forms.CheckboxSelectMultiple}

    def prepare(self) -> None:
        """Offer the plots of this cluster with area and state."""
        plots = self.fields["plots"]
        plots.queryset = Plot.objects.filter(cluster=self.parent).order_by("code", "pk")
        plots.label_from_instance = lambda plot: (
            f"{plot.code} – {written(plot.area_ha)} ha, {plot.get_status_display()}"
        )
        plots.widget.attrs["class"] = "choice-list"
        plots.help_text = ""
        if not plots.queryset.exists():
            del self.fields["plots"]
        self.fields["as_of"].help_text = _("The day for which stage, land and workers are stated.")

    def check(self, cleaned: dict[str, Any]) -> None:
        """Days in their order, foreign capital within the capital, land within the industrial land."""
        self.in_order("approved_on", "leased_on", "operating_from", "ended_on")
        self.in_order("leased_on", "leased_until")
        self.at_most("foreign_capital", "capital")
        self.not_later_than_today("as_of", "ended_on", today=timezone.localdate())
        if cleaned.get("foreign_capital") and not cleaned.get("is_foreign"):
            self.add_error(
                "is_foreign", _("Foreign capital is entered: tick this, or empty the foreign capital.")
            )
        stage = cleaned.get("stage")
        if stage == ProjectStage.ENDED and not cleaned.get("ended_on"):
            self.add_error("ended_on", _("The project has ended: enter since when, or choose another stage."))
        if cleaned.get("ended_on") and stage and stage != ProjectStage.ENDED:
            self.add_error(
                "stage", _("A day is entered on which the project ended. Choose “ended”, or empty the day.")
            )
        if cleaned.get("operating_from") and stage in (ProjectStage.AGREED, ProjectStage.APPROVED):
            self.add_error(
                "stage",
                _(
                    "A day is entered since which the project operates. Choose a later stage, or empty the day."
                ),
            )
        self._check_land(cleaned)

    def _check_land(self, cleaned: dict[str, Any]) -> None:
        land, mine = self.parent.industrial_land_ha, cleaned.get("land_ha")
        if land is None or not mine or cleaned.get("stage") not in TAKING_LAND:
            return
        taken = land_taken(self.parent, besides=self.instance.pk)
        if taken + mine > land and (self.is_new or {"land_ha", "stage"} & set(self.changed_data)):
            self.add_error(
                "land_ha",
                _(
                    "With %(mine)s ha the projects take %(sum)s ha; the industrial land is %(land)s ha (Decree 32/2024 "
                    "Art. 2.7, V09). At most %(left)s ha are left. Correct the land, or record an expansion first."
                )
                % {
                    "mine": written(mine),
                    "sum": written(taken + mine),
                    "land": written(land),
                    "left": written(max(land - taken, Decimal(0))),
                },
            )

    def warnings(self) -> list[Any]:
        """Name a missing day of the stage, land that differs from the plots, and a start before the works."""
        cleaned = self.cleaned_data
        said: list[Any] = []
        wanted = DAY_OF_STAGE.get(cleaned["stage"])
        if wanted and not cleaned.get(wanted):
            said.append(
                _("The stage is “%(stage)s”, and “%(day)s” is empty.")
                % {"stage": ProjectStage(cleaned["stage"]).label, "day": self.fields[wanted].label}
            )
        plots = list(cleaned.get("plots") or [])
        if plots:
            added = sum((plot.area_ha for plot in plots), Decimal(0))
            if cleaned.get("land_ha") is None or added != cleaned["land_ha"]:
                said.append(
                    _("The chosen plots have %(plots)s ha, the project %(land)s ha.")
                    % {"plots": written(added), "land": written(cleaned.get("land_ha") or Decimal(0))}
                )
            free = [plot.code for plot in plots if plot.status == PlotStatus.FREE]
            if free and cleaned["stage"] in TAKING_LAND:
                said.append(
                    _("Plots recorded as free: %(plots)s. Change their status after saving.")
                    % {"plots": ", ".join(free)}
                )
        # The form sets the values on the instance only after this check.
        started = SecondaryProject(
            cluster=self.parent, stage=cleaned["stage"], operating_from=cleaned.get("operating_from")
        )
        said += [sentence_of(finding) for finding in project_checklist(started).warnings]
        return said
