"""My work: what waits for me, for my unit, and everything I may see."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from core.lists import FilteredListView
from core.templatetags.portal import number
from dossiers.filters import DossierFilter
from dossiers.models import Dossier
from dossiers.tables import DOSSIER_EXPORT, DossierTable
from law.deadlines import DUE_SOON

#: What can be given to one person at once: each is given on its own, with its own checks.
MAX_HANDOUT = 200
DESKS = ("me", "unit", "all")


class MyWorkView(RequiresFunction, FilteredListView):
    """Dossiers on a desk: mine (``desk=me``), my unit's, everything in reach. What is due first stands first."""

    function = Function.VIEW_DOSSIERS
    list_name = "dossiers"
    model = Dossier
    filterset_class = DossierFilter
    table_class = DossierTable
    template_name = "dossiers/office/my_work.html"
    export_columns = DOSSIER_EXPORT
    fixed_columns = ("code", "title")
    default_columns = ("code", "title", "standing", "state", "waiting_since", "assignee")

    @property
    def desk(self) -> str:
        """Whose work is shown."""
        asked = self.request.GET.get("desk", "")
        return asked if asked in DESKS else DESKS[0]

    @property
    def bulk_url(self) -> str:
        """Where the rows chosen are sent, with desk and filter."""
        return f"{reverse('dossiers:assign_bulk')}?{self.request.GET.urlencode()}"

    def in_reach(self) -> QuerySet:
        """Return everything the person may see by office."""
        return Dossier.objects.in_reach_of(self.request.user)

    @cached_property
    def on_my_desk(self) -> QuerySet:
        """What waits for the person; whose desks that are is asked once."""
        return self.in_reach().waiting_for_person(self.request.user, timezone.localdate())

    def rows(self) -> QuerySet:
        """Return the rows of the desk."""
        rows = self.in_reach()
        if self.desk == "me":
            rows = self.on_my_desk
        elif self.desk == "unit":
            rows = rows.waiting_for_unit_of(self.request.user)
        return rows.with_listing().order_by("-is_open", "due_on", "pk")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many dossiers are on each desk, and how those of this one stand: two statements."""
        user, today = self.request.user, timezone.localdate()
        mine = self.on_my_desk.order_by()
        unit = self.in_reach().waiting_for_unit_of(user).order_by()
        shown = {"me": mine, "unit": unit, "all": self.in_reach().open().order_by()}[self.desk]
        stands: dict[str, int] = shown.aggregate(
            open=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            soon=Count("pk", filter=Q(due_on__range=(today, today + dt.timedelta(days=DUE_SOON)))),
            paused=Count("pk", filter=Q(paused_since__isnull=False)),
        )
        desks = unit.aggregate(unit=Count("pk"), me=Count("pk", filter=Q(pk__in=mine.values("pk"))))
        return {**stands, **desks}

    def tabs(self) -> list[tuple[str, str, bool]]:
        """Return the desks as tabs."""
        labels = {
            "me": _("Waiting for me (%(count)s)") % {"count": number(self.counts["me"])},
            "unit": _("My unit (%(count)s)") % {"count": number(self.counts["unit"])},
            "all": _("Everything I may see"),
        }
        return [(labels[one], f"{self.request.path}?desk={one}", one == self.desk) for one in DESKS]

    def lights(self) -> list[dict[str, Any]]:
        """Return the numbers above the list, each leading to its rows."""
        labels = (
            ("overdue", _("Overdue")),
            ("soon", _("Due within %(days)s days") % {"days": DUE_SOON}),
            ("paused", _("Paused")),
        )
        every = f"{self.request.path}?desk={self.desk}"
        found = [{"label": _("In process"), "value": self.counts["open"], "href": every}]
        found += [
            {
                "label": label,
                "value": self.counts[name],
                "href": f"{self.request.path}?{urlencode({'desk': self.desk, 'due': name})}",
            }
            for name, label in labels
        ]
        return found

    def get_context_data(self, **extra: Any) -> dict[str, Any]:
        """Add tabs and lights, and what the button over several rows does."""
        context = super().get_context_data(desk=self.desk, **extra)
        context["bulk"] = {"url": self.bulk_url, "limit": MAX_HANDOUT, "label": _("Assign them…")}
        if self.request.headers.get("HX-Target") != "list":
            context |= {"tabs": self.tabs(), "lights": self.lights()}
        return context

    def _address_of_all_rows(self) -> str:
        return f"{self.request.path}?desk={self.desk}"
