"""Plots."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.forms.records.base import SOURCE, RecordForm
from clusters.models import Plot
from clusters.services.sums import plots_total
from core.forms import written


class PlotForm(RecordForm):
    """One plot of industrial land."""

    parent_name = "cluster"
    sections = (
        (gettext_lazy("Plot"), ("code", "area_ha", "status", "as_of")),
        (gettext_lazy("Offer"), ("price_per_m2", "available_from", "lines", "utilities")),
        (gettext_lazy("Source"), SOURCE),
    )

    class Meta(RecordForm.Meta):
        model = Plot
        fields = (
            "code", "area_ha", "status", "as_of", "price_per_m2", "available_from", "lines", "utilities",
            *SOURCE[:-1],
        )  # fmt: skip

    def clean_code(self) -> str:
        """Refuse a second plot of the same name in the cluster."""
        code: str = self.cleaned_data["code"].strip()
        others = Plot.objects.filter(cluster=self.parent, code__iexact=code).exclude(pk=self.instance.pk)
        if others.exists():
            self.add_error(
                "code",
                _("The cluster already has a plot “%(code)s”. Open that one, or use another name.")
                % {"code": code},
            )
        return code

    def check(self, cleaned: dict[str, Any]) -> None:
        """A plot has an area, and its state is one of a day that has come."""
        if cleaned.get("area_ha") == 0:
            self.add_error("area_ha", _("A plot of 0 ha cannot be leased. Enter its area."))
        self.not_later_than_today("as_of", today=timezone.localdate())

    def warnings(self) -> list[Any]:
        """Name plots that together exceed the industrial land."""
        land = self.parent.industrial_land_ha
        total = plots_total(self.parent, besides=self.instance.pk) + (self.cleaned_data["area_ha"] or 0)
        if land is not None and total > land:
            return [
                _(
                    "With this plot the plots add up to %(total)s ha; the industrial land is %(land)s ha, that is "
                    "%(over)s ha less."
                )
                % {"total": written(total), "land": written(land), "over": written(total - land)}
            ]
        return []
