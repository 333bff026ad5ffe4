"""Giving several dossiers of the list to one person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from core.lists.bulk import sealed, unsealed
from dossiers.forms.office.people import AssignManyForm, people_for
from dossiers.models import Dossier
from dossiers.services.people import assign_dossiers
from dossiers.views.office.work import MAX_HANDOUT, MyWorkView

KIND = "dossiers"


class AssignManyView(RequiresFunction, View):
    """Say which dossiers were chosen and how many, ask to whom, then give each on its own and say what came of it."""

    function = Function.VIEW_DOSSIERS
    request: HttpRequest

    def get(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the list: rows are chosen there."""
        return HttpResponseRedirect(self.list_url)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Ask to whom, or give."""
        try:
            if request.POST.get("step") == "write":
                return self.write()
            rows = self.chosen()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(self.list_url)
        return self.ask(rows, AssignManyForm(people=people_for(rows), me=request.user))

    def ask(self, rows: list[Dossier], form: AssignManyForm) -> HttpResponse:
        """Show exactly which dossiers are meant."""
        # What was looked at: a dossier that changes after this page is not given.
        seen = {row.pk: str(row.version) for row in rows}
        seal = sealed(user=self.request.user, kind=KIND, seen=seen, data={})
        return self.page(rows=rows, form=form, seal=seal, status=422 if form.is_bound else 200)

    def write(self) -> HttpResponse:
        """Give, and name what was not given with the reasons."""
        user = self.request.user
        seen, _typed = unsealed(self.request.POST.get("seal", ""), user=user, kind=KIND)
        rows = list(self.in_reach.filter(pk__in=list(seen)).order_by("code"))
        form = AssignManyForm(self.request.POST, people=people_for(rows), me=user)
        if not form.is_valid():
            return self.ask(rows, form)
        data = form.cleaned_data
        handout = assign_dossiers(
            seen={key: int(version) for key, version in seen.items()},
            to=data["to"],
            actor=user,
            reason=data["reason"],
        )
        count = len(handout.given)
        sentence = ngettext(
            "%(count)d dossier was given to %(person)s.",
            "%(count)d dossiers were given to %(person)s.",
            count,
        ) % {"count": count, "person": data["to"]}
        if not handout.refused:
            messages.success(self.request, sentence)
            return HttpResponseRedirect(self.list_url)
        return self.page(handout=handout, sentence=sentence, rows=[], form=None, seal="")

    @property
    def in_reach(self) -> Any:
        """Everything the person may see by office."""
        return Dossier.objects.in_reach_of(self.request.user).with_listing()

    @cached_property
    def list_view(self) -> MyWorkView:
        """The list the rows were chosen in, with desk and filter."""
        view = MyWorkView()
        view.setup(self.request)
        return view

    @property
    def list_url(self) -> str:
        """The list as it was left."""
        query = self.request.GET.urlencode()
        return reverse("dossiers:my_work") + (f"?{query}" if query else "")

    def chosen(self) -> list[Dossier]:
        """Return the dossiers chosen within reach. Raises ValidationError for none or too many."""
        if self.request.POST.get("scope") == "all":
            filterset = self.list_view.filterset
            if filterset.errors:
                raise ValidationError(
                    _("The filter has a mistake, so nobody can say which rows match. Correct it.")
                )
            rows = self.in_reach.filter(pk__in=filterset.qs.order_by().values("pk"))
        else:
            keys = [key for key in self.request.POST.getlist("row") if key.isascii() and key.isdigit()]
            rows = self.in_reach.filter(pk__in=keys[: MAX_HANDOUT + 1])
        count = rows.order_by().count()
        if not count:
            raise ValidationError(
                _("No row is chosen. Tick rows in the list, or choose all that match the filter.")
            )
        if count > MAX_HANDOUT:
            raise ValidationError(
                _("%(count)s rows are chosen; at most %(limit)s are changed at once. Narrow the filter.")
                % {"count": count, "limit": MAX_HANDOUT}
            )
        return list(rows.order_by("due_on", "pk"))

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a step."""
        title = _("Assign several dossiers")
        context |= {
            "title": title,
            "list_url": self.list_url,
            "breadcrumbs": [(_("My work"), self.list_url), (title, "")],
        }
        context.setdefault("handout", None)
        context.setdefault("sentence", "")
        return render(self.request, "dossiers/office/assign_bulk.html", context, status=status)
