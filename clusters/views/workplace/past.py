"""A cluster as it stood on a past day, beside today."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import requires
from accounts.roles import Function
from clusters.facts import fact_changes
from clusters.forms.dates import DayField
from clusters.models import Cluster, Figures
from clusters.occupancy import occupancy_rates
from clusters.services.figures import figures_on
from clusters.services.replay import facts_on
from clusters.templatetags.registry import occupancy
from clusters.views.workplace.access import cluster_for, figures_of
from core.templatetags.portal import dong, ha, number


class DayForm(forms.Form):
    """The day to look at."""

    day = DayField(label=gettext_lazy("Day"))

    def clean_day(self) -> dt.date:
        """Refuse days to come: nothing is known of them."""
        day: dt.date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("%(day)s lies in the future.") % {"day": day.strftime("%d/%m/%Y")})
        return day


@dataclass(frozen=True)
class Compared:
    """One figure on the day and now."""

    label: Any
    then: str
    now: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.then != self.now


@requires(Function.VIEW_REGISTRY)
def show_day(request: HttpRequest, code: str) -> HttpResponse:
    """Show the facts and figures of a day beside those of today; htmx is answered with the comparison alone."""
    cluster = cluster_for(request.user, code)
    form = DayForm(request.GET or None)
    context: dict[str, Any] = {"cluster": cluster, "day_form": form, "day": None}
    if form.is_valid():
        context |= state_of(cluster, form.cleaned_data["day"])
    fragment = request.htmx and request.htmx.target == "state-on-day"
    template = (
        "clusters/registry/parts/state_on_day.html" if fragment else "clusters/registry/cluster_on_day.html"
    )
    response = render(request, template, context)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def state_of(cluster: Cluster, day: dt.date) -> dict[str, Any]:
    """Return the state of the cluster at the end of a day beside today's."""
    then, now = facts_on(cluster, day), facts_on(cluster)
    figures = figures_on(cluster, day, then.industrial_land_ha)
    return {
        "day": day,
        "existed": then.exist,
        "changes": fact_changes(then, now),
        "then_sources": then.sources,
        "figures": _compare(
            figures, figures_of(cluster), then.industrial_land_ha, cluster.industrial_land_ha
        ),
    }


def _compare(then: Figures, now: Figures, land_then: Any, land_now: Any) -> list[Compared]:
    rows = [
        Compared(old.name, occupancy(old), occupancy(new))
        for old, new in zip(occupancy_rates(then, land_then), occupancy_rates(now, land_now), strict=True)
    ]
    for name, write in (
        ("leased_ha", ha),
        ("approved_ha", ha),
        ("serviced_ha", ha),
        ("cleared_ha", ha),
        ("projects", number),
        ("workers", number),
        ("capital_paid", dong),
    ):
        label = Figures._meta.get_field(name).verbose_name
        rows.append(Compared(label, write(getattr(then, name)), write(getattr(now, name))))
    return rows
