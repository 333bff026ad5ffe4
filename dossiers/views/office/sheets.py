"""The score sheet of a council member: kept while it is filled in, handed in once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views import View

from accounts.permissions import RequiresFunction
from accounts.roles import Function
from dossiers.choices import SCORING_SEATS
from dossiers.forms.office.sheets import SheetForm
from dossiers.models import Application, Document, ScoreSheet
from dossiers.views.office.access import council_for, opened_applications

STATUS = "dossiers/office/sheet_status.html"


class SheetView(RequiresFunction, View):
    """One member's sheet for one application. Autosaving is answered with the line that says so."""

    function = Function.SCORE_APPLICATIONS
    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def member(self) -> Any:
        """The person's own seat; nobody fills in the sheet of another."""
        self.dossier, seat = council_for(self.request.user, self.kwargs["code"])
        if seat is None or seat.seat not in SCORING_SEATS:
            raise Http404
        return seat

    @cached_property
    def application(self) -> Application:
        """The application, once it is opened."""
        member = self.member
        for one in opened_applications(self.dossier):
            if one.pk == self.kwargs["application"] and member:
                return one
        raise Http404

    @cached_property
    def sheet(self) -> ScoreSheet | None:
        """The sheet as it was kept."""
        rows = ScoreSheet.objects.filter(member=self.member, application=self.application)
        return rows.prefetch_related("scores").first()

    @property
    def is_final(self) -> bool:
        """Whether the sheet no longer changes: handed in for the round that runs, or the scoring is closed."""
        if self.sheet is None:
            return False
        closed = self.member.council.closed_at is not None and self.sheet.submitted_at is not None
        return closed or self.sheet.is_final(self.member.council)

    def make_form(self, *data: Any) -> SheetForm:
        """Make the form over the criteria issued."""
        lines = list(self.member.council.sub_criteria.order_by("position"))
        return SheetForm(
            *data, member=self.member, application=self.application, lines=lines, sheet=self.sheet
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the sheet."""
        return self.show(self.make_form())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the sheet, or hand it in."""
        form = self.make_form(request.POST)
        is_auto = request.headers.get("HX-Target") == "sheet-status"
        if form.is_valid():
            try:
                form.save(submit="submit" in request.POST and not is_auto)
            except ValidationError as error:
                form.take_errors(error)
        if is_auto:
            now = timezone.now()
            return render(request, STATUS, {"form": form, "saved_at": None if form.errors else now})
        if form.errors:
            return self.show(form, 422)
        handed = "submit" in request.POST
        messages.success(request, _("The sheet is handed in.") if handed else _("The sheet is kept."))
        return HttpResponseRedirect(reverse("dossiers:council", args=[self.dossier.code]))

    def show(self, form: SheetForm, status: int = 200) -> HttpResponse:
        """Render the sheet with the papers of the application."""
        kinds = {k.code: k.label for k in self.dossier.procedure.document_kinds(self.dossier.regime)}
        papers = (
            Document.objects.readable_by_officer(self.request.user)
            .current()
            .filter(application=self.application)
            .select_related("file")
            .order_by("kind", "pk")
        )
        labels = {str(c.value): capfirst(str(c.label)) for c in self.dossier.regime.score_maxima}
        context = {
            "form": form,
            "dossier": self.dossier,
            "application": self.application,
            "member": self.member,
            "sheet": self.sheet,
            "saved_at": self.sheet.updated_at if self.sheet else None,
            "groups": [(labels[code], code, most, rows) for code, most, rows in form.groups()],
            "papers": [(kinds.get(paper.kind, paper.kind), paper) for paper in papers],
            "is_handed_in": self.sheet is not None and self.sheet.submitted_at is not None,
            "is_final": self.is_final,
            "pass_mark": self.dossier.regime.thresholds.pass_mark,
            "breadcrumbs": [
                (_("My councils"), reverse("dossiers:council_list")),
                (self.dossier.code, reverse("dossiers:council", args=[self.dossier.code])),
                (_("Score sheet"), ""),
            ],
        }
        return render(self.request, "dossiers/office/sheet.html", context, status=status)
