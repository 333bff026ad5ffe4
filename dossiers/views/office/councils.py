"""Evaluation councils: my councils, the page of one, and the acts of whoever keeps its papers."""

from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.permissions import requires
from accounts.roles import Function
from dossiers.choices import SCORING_SEATS, Part
from dossiers.forms.office.base import DossierForm
from dossiers.forms.office.councils import (
    CloseScoringForm,
    ConflictForm,
    CriteriaForm,
    ReopenScoringForm,
    SetUpCouncilForm,
)
from dossiers.models import CouncilMember, Dossier, ScoreSheet, ScoringRound
from dossiers.services.actors import acts_as
from dossiers.services.rounds import reopening_refusals
from dossiers.services.sheets import missing_sheets, totals
from dossiers.views.office.access import council_for, council_of, keeps_council, opened_applications
from dossiers.views.office.acts import ActView


@requires(Function.SCORE_APPLICATIONS)
@require_GET
def list_councils(request: HttpRequest) -> HttpResponse:
    """Show the councils the person sits in, those with work first, and what is to be done in each."""
    user: Any = request.user
    seats = list(
        CouncilMember.objects.of(user)
        .select_related("council__dossier__commune")
        .annotate(
            handed_in=Count(
                "sheets",
                filter=Q(sheets__submitted_at__isnull=False)
                & ~Q(sheets__application__outcome__in=["withdrawn", "refused"]),
                distinct=True,
            ),
            to_score=Count(
                "council__dossier__applications",
                filter=Q(council__dossier__applications__filed_at__isnull=False)
                & ~Q(council__dossier__applications__outcome__in=["withdrawn", "refused"]),
                distinct=True,
            ),
        )
        .order_by("council__closed_at", "-council__pk")
    )
    rows = [
        {"seat": seat, "dossier": seat.council.dossier, "next": what_is_next(seat), "is_done": _is_done(seat)}
        for seat in seats
    ]
    rows.sort(key=lambda row: bool(row["is_done"]))
    return render(request, "dossiers/office/council_list.html", {"rows": rows})


def what_is_next(seat: Any) -> str:
    """Return in words what a member has to do now; ``seat`` carries the counts of its sheets."""
    council = seat.council
    if council.closed_at:
        return _("The scoring is closed.")
    if seat.seat not in SCORING_SEATS:
        return _("Keep the minutes; the secretary does not score.")
    if seat.declared_at is None:
        return _("State whether you have a conflict of interest.")
    if seat.has_conflict:
        return _("You declared a conflict of interest, so you do not score.")
    if council.criteria_issued_at is None:
        return _("Wait for the criteria.")
    if seat.handed_in < seat.to_score:
        return _("Score: %(done)s of %(all)s sheets are handed in.") % {
            "done": seat.handed_in,
            "all": seat.to_score,
        }
    if council.round > 1:
        return _("The scoring is reopened: your sheets stay handed in; you can change them.")
    return _("All your sheets are handed in.")


def _is_done(seat: Any) -> bool:
    return bool(seat.council.closed_at or seat.has_conflict or seat.seat not in SCORING_SEATS) or (
        seat.declared_at is not None and 0 < seat.to_score <= seat.handed_in
    )


class CouncilPage:
    """What the page of a council shows one person."""

    def __init__(self, dossier: Dossier, seat: CouncilMember | None, user: Any) -> None:
        self.dossier, self.seat, self.user = dossier, seat, user
        self.council = council_of(dossier)
        self.keeps = keeps_council(user, dossier, seat)

    @cached_property
    def applications(self) -> list[Any]:
        """The applications that are scored."""
        return [one for one in opened_applications(self.dossier) if one.is_live]

    @cached_property
    def members(self) -> list[CouncilMember]:
        """The members."""
        if self.council is None:
            return []
        return list(self.council.members.select_related("organisation").order_by("pk"))

    @cached_property
    def criteria(self) -> list[tuple[str, Any, list[Any]]]:
        """The sub-criteria by criterion of the law, with its points."""
        if self.council is None:
            return []
        lines = list(self.council.sub_criteria.order_by("position"))
        return [
            (capfirst(str(criterion.label)), provision, [x for x in lines if x.criterion == criterion.value])
            for criterion, provision in self.dossier.regime.score_maxima.items()
            if provision.is_set
        ]

    @property
    def shows_totals(self) -> bool:
        """Whether totals are shown: to all once the scoring is closed, before that to whoever keeps the papers."""
        return self.council is not None and (self.keeps or self.council.closed_at is not None)

    @cached_property
    def standing(self) -> list[dict[str, Any]]:
        """Each application with the points of every member and the total, the highest first."""
        if not self.shows_totals or self.council is None:
            return []
        found = totals(self.council)
        scoring = [one for one in self.members if one.seat in SCORING_SEATS and not one.has_conflict]
        rows = [
            {
                "application": one,
                "sheets": [found.get(one.pk, {}).get("sheets", {}).get(member.pk) for member in scoring],
                "total": found.get(one.pk, {}).get("total"),
            }
            for one in self.applications
        ]
        return sorted(rows, key=lambda row: -(row["total"] or 0))

    @cached_property
    def scoring_members(self) -> list[CouncilMember]:
        """Who scores: the members without a conflict of interest."""
        return [one for one in self.members if one.seat in SCORING_SEATS and not one.has_conflict]

    @cached_property
    def missing(self) -> list[Any]:
        """The sheets that are not handed in."""
        return missing_sheets(self.council) if self.council and not self.council.closed_at else []

    @property
    def is_tied(self) -> bool:
        """Whether the highest totals are equal."""
        found = [row["total"] for row in self.standing if row["total"] is not None]
        return len(found) > 1 and found[0] == found[1]

    @property
    def pass_mark(self) -> Any:
        """The points an application needs."""
        return self.dossier.regime.thresholds.pass_mark

    @cached_property
    def own_sheets(self) -> list[tuple[Any, ScoreSheet | None]]:
        """Each application with the person's own sheet."""
        if self.seat is None or self.seat.seat not in SCORING_SEATS:
            return []
        sheets = {sheet.application_id: sheet for sheet in self.seat.sheets.all()}
        return [(one, sheets.get(one.pk)) for one in self.applications]

    @property
    def may_score(self) -> bool:
        """Whether the person can fill in sheets now."""
        return (
            self.seat is not None
            and self.council is not None
            and self.seat.declared_at is not None
            and not self.seat.has_conflict
            and self.council.criteria_issued_at is not None
            and self.council.closed_at is None
        )

    @cached_property
    def may_set_up(self) -> bool:
        """Whether the person can record a council now."""
        return (
            self.council is None
            and self.dossier.state in self.dossier.procedure.council_states
            and (
                acts_as(self.user, Part.DEPARTMENT, self.dossier)
                or acts_as(self.user, Part.COMMITTEE, self.dossier)
            )
        )

    @cached_property
    def may_reopen(self) -> bool:
        """Whether the person can reopen the scoring now."""
        return (
            self.council is not None
            and not reopening_refusals(self.dossier, self.council)
            and acts_as(self.user, Part.DEPARTMENT, self.dossier)
        )

    @property
    def has_lost_its_choice(self) -> bool:
        """Whether the chosen applicant has withdrawn."""
        chosen = self.council.chosen if self.council else None
        return chosen is not None and not chosen.is_live

    @cached_property
    def rounds(self) -> list[ScoringRound]:
        """The results of earlier rounds, the last one first."""
        return list(self.council.rounds.order_by("-number")) if self.council else []

    @property
    def is_scored(self) -> bool:
        """Whether a sheet was handed in or the scoring reopened, so that the criteria stay."""
        if self.council is not None and self.council.round > 1:
            return True
        return any(any(value is not None for value in row["sheets"]) for row in self.standing)


@login_required
@require_GET
def show_council(request: HttpRequest, code: str) -> HttpResponse:
    """Show a council to its members, and to those who examine or decide on the dossier."""
    dossier, seat = council_for(request.user, code)
    page = CouncilPage(dossier, seat, request.user)
    in_reach = Dossier.objects.in_reach_of(request.user).filter(pk=dossier.pk).exists()
    trail = [(_("My work"), reverse("dossiers:my_work")), (dossier.code, dossier.get_absolute_url())]
    if not in_reach:
        trail = [(_("My councils"), reverse("dossiers:council_list"))]
    context = {
        "page": page,
        "dossier": dossier,
        "in_reach": in_reach,
        "breadcrumbs": [*trail, (_("Council"), "")],
    }
    return render(request, "dossiers/office/council.html", context)


class CouncilActView(ActView):
    """An act about a council: found by seat or by office; services decide who may."""

    function = Function.VIEW_REGISTRY
    must_exist = True

    def find(self) -> Dossier:
        """Find the dossier, and the person's seat."""
        dossier, self.seat = council_for(self.request.user, self.kwargs["code"])
        self.council = council_of(dossier)
        if self.must_exist and self.council is None:
            raise Http404
        return dossier

    @property
    def back(self) -> str:
        """The page of the council."""
        return reverse("dossiers:council", args=[self.dossier.code])

    @property
    def home(self) -> tuple[str, str]:
        """The person's work; for members who have none in the dossiers, their councils."""
        user: Any = self.request.user
        if user.can(Function.VIEW_DOSSIERS):
            return super().home
        return _("My councils"), reverse("dossiers:council_list")

    def demand_keeper(self) -> None:
        """Find nothing for whoever does not keep the council's papers."""
        if not keeps_council(self.request.user, self.dossier, self.seat):
            raise Http404


class CouncilSetUpView(CouncilActView):
    """Record the council."""

    form_class = SetUpCouncilForm
    parts = (Part.DEPARTMENT, Part.COMMITTEE)
    must_exist = False


class CriteriaView(CouncilActView):
    """Issue the sub-criteria."""

    form_class = CriteriaForm

    def form_kwargs(self) -> dict[str, Any]:
        """Add the council."""
        kwargs = super().form_kwargs()
        self.demand_keeper()
        return {**kwargs, "council": self.council}


class CloseScoringView(CouncilActView):
    """Close the scoring with minutes."""

    form_class = CloseScoringForm
    template_name = "dossiers/office/council_close.html"

    def form_kwargs(self) -> dict[str, Any]:
        """Add the council and its applications."""
        kwargs = super().form_kwargs()
        self.demand_keeper()
        return {**kwargs, "council": self.council, "applications": opened_applications(self.dossier)}

    def show(self, form: DossierForm, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the totals beside the form."""
        page = CouncilPage(self.dossier, self.seat, self.request.user)
        return super().show(form, status, page=page, **extra)


class ReopenScoringView(CouncilActView):
    """Reopen a closed scoring."""

    form_class = ReopenScoringForm
    parts = (Part.DEPARTMENT,)

    def form_kwargs(self) -> dict[str, Any]:
        """Add the council."""
        return {**super().form_kwargs(), "council": self.council}

    def show(self, form: DossierForm, status: int = 200, **extra: Any) -> HttpResponse:
        """Show the form, or why the scoring cannot be reopened."""
        assert self.council is not None  # nothing is found otherwise
        reasons = () if form.is_bound else reopening_refusals(self.dossier, self.council)
        return super().show(form, status, reasons=reasons, **extra)


class ConflictView(CouncilActView):
    """State whether one has a conflict of interest."""

    form_class = ConflictForm

    def form_kwargs(self) -> dict[str, Any]:
        """Add the person's own seat; nothing is found for whoever has none."""
        kwargs = super().form_kwargs()
        if self.seat is None or self.seat.seat not in SCORING_SEATS:
            raise Http404
        return {**kwargs, "member": self.seat}
