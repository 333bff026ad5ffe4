"""Forms of an evaluation council: set it up, issue the criteria, declare conflicts, close the scoring."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import Function
from core.forms import DayField, NumberField
from dossiers.choices import Part, Seat
from dossiers.forms.office.base import DossierForm
from dossiers.forms.office.rows import Row, RowsForm
from dossiers.models import Application, Council, CouncilMember, Dossier, ScoringRound
from dossiers.services.actors import acts_as
from dossiers.services.councils import (
    Line,
    Seated,
    declare_conflict,
    issue_criteria,
    set_up_council,
)
from dossiers.services.documents import add_authority_paper
from dossiers.services.events import lock
from dossiers.services.rounds import reopen_scoring
from dossiers.services.sheets import close_scoring

#: The kind of paper signed minutes are kept as.
MINUTES_KIND = "minutes"


def candidates_for(dossier: Dossier) -> Mapping[str, Membership]:
    """Return who can sit in the council, by the key of the person: people of the province who may score."""
    memberships = (
        Membership.objects.active()
        .filter(organisation__province_id=dossier.province_id)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__full_name", "pk")
    )
    found: dict[str, Membership] = {}
    for membership in memberships:
        if Function.SCORE_APPLICATIONS in membership.functions:
            found.setdefault(str(membership.user_id), membership)
    return found


class MemberRow(Row):
    """One person in the council."""

    user = forms.ChoiceField(label=_("Person"), required=False)
    seat = forms.ChoiceField(
        label=_("Seat"),
        required=False,
        choices=[("", "–"), *((seat.value, capfirst(str(seat.label))) for seat in Seat)],
    )
    position = forms.CharField(label=_("Position, as on the decision"), max_length=200, required=False)

    def __init__(self, *args: Any, people: Mapping[str, Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {}
        for key, membership in people.items():
            choices.setdefault(membership.organisation.name, []).append((key, str(membership.user)))
        self.fields["user"].choices = [("", _("choose a person")), *choices.items()]

    def clean(self) -> dict[str, Any]:
        """A person needs a seat; a seat that was offered and not filled counts for nothing."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("user") and not data.get("seat"):
            self.add_error("seat", _("Choose the seat."))
        return data

    def has_values(self) -> bool:
        """Say whether somebody sits there."""
        return bool(self.cleaned_data.get("user"))


class SetUpCouncilForm(RowsForm):
    """Record the council that a decision set up."""

    title = _("Set up the evaluation council")
    lead = _("Exactly one chair and one secretary, who keeps the minutes and does not score.")
    submit = _("Record the council")
    done = _("The council is set up; its members are told.")
    row_class = MemberRow
    row_prefix = "members"
    row_label = _("Member")

    decision_number = forms.CharField(label=_("Number of the decision"), max_length=80)
    decided_on = DayField(label=_("Date of the decision"))
    tie_rule = forms.CharField(
        label=_("What happens at a tie"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        initial=_("At equal totals the chair proposes, with the reason in the minutes."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.people = candidates_for(kwargs["dossier"])
        kwargs.setdefault(
            "rows_initial",
            [{"seat": seat} for seat in (Seat.CHAIR, Seat.VICE_CHAIR, Seat.MEMBER, Seat.SECRETARY)],
        )
        super().__init__(*args, **kwargs)
        provision = self.dossier.regime.council_vice_chairs
        if provision.is_set:
            self.fields["decision_number"].help_text = _("Vice-chairs by law: %(who)s") % {"who": provision}

    def row_kwargs(self) -> dict[str, Any]:
        """Give every row who can sit."""
        return {"people": self.people}

    def apply(self) -> Council:
        """Record it."""
        data = self.cleaned_data
        members = []
        for row in self.filled():
            membership = self.people[row["user"]]
            members.append(
                Seated(
                    membership.user,
                    Seat(row["seat"]),
                    row["position"] or str(membership.get_role_display()),
                    organisation=membership.organisation,
                )
            )
        return set_up_council(
            dossier=self.dossier,
            decision_number=data["decision_number"],
            decided_on=data["decided_on"],
            tie_rule=data["tie_rule"],
            members=members,
            actor=self.user,
            seen=self.version,
        )


class CriterionRow(Row):
    """One sub-criterion."""

    criterion = forms.ChoiceField(label=_("Criterion of the law"), required=False)
    title = forms.CharField(label=_("Sub-criterion"), max_length=300, required=False)
    maximum = NumberField(label=_("Most points"), required=False, decimal_places=2, max_digits=5)

    def __init__(self, *args: Any, criteria: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = [("", "–"), *criteria]
        self.fields["maximum"].widget.attrs["data-points"] = ""


class CriteriaForm(RowsForm):
    """Issue the sub-criteria."""

    title = _("Issue the criteria")
    lead = _("The sub-criteria of each criterion add up to exactly its points in the law.")
    submit = _("Issue the criteria")
    question = _("The members can score from now on. Continue?")
    done = _("The criteria are issued.")
    row_class = CriterionRow
    row_prefix = "lines"
    row_label = _("Sub-criterion")
    body = "dossiers/office/form_criteria.html"
    scripts = ("js/records.js", "js/criteria-sums.js")

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        self.council = council
        dossier = kwargs["dossier"]
        self.maxima = [
            (str(criterion.value), capfirst(str(criterion.label)), provision.value)
            for criterion, provision in dossier.regime.score_maxima.items()
            if provision.value is not None
        ]
        kept = list(council.sub_criteria.order_by("position").values("criterion", "title", "maximum"))
        start = [
            {"criterion": code, "title": capfirst(str(title)), "maximum": points}
            for code, title, points in dossier.procedure.starting_criteria(dossier.regime)
        ]
        kwargs.setdefault("rows_initial", kept or start)
        super().__init__(*args, **kwargs)

    def row_kwargs(self) -> dict[str, Any]:
        """Give every row the criteria of the law."""
        return {"criteria": [(code, label) for code, label, _points in self.maxima]}

    def apply(self) -> Council:
        """Issue them."""
        lines = [Line(row["criterion"], row["title"], row["maximum"] or Decimal(0)) for row in self.filled()]
        return issue_criteria(council=self.council, lines=lines, actor=self.user, seen=self.version)


class ConflictForm(DossierForm):
    """State whether one has a conflict of interest."""

    title = _("Statement on conflicts of interest")
    lead = _("Before you score: who has a conflict of interest with an applicant does not score.")
    submit = _("Make the statement")
    done = _("Your statement is recorded.")
    has_conflict = forms.ChoiceField(
        label=_("Do you have a conflict of interest with one of the applicants?"),
        choices=[("no", _("No, I have none")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Which"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("If yes.")
    )

    def __init__(self, *args: Any, member: CouncilMember, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def apply(self) -> CouncilMember:
        """State it."""
        return declare_conflict(
            member=self.member,
            has_conflict=self.cleaned_data["has_conflict"] == "yes",
            note=self.cleaned_data["note"],
            user=self.user,
        )


class CloseScoringForm(DossierForm):
    """Close the scoring with minutes."""

    title = _("Close the scoring")
    submit = _("Close the scoring")
    question = _("The totals are frozen and nobody scores any more. Continue?")
    done = _("The scoring is closed.")
    is_wide = True

    def __init__(self, *args: Any, council: Council, applications: list[Application], **kwargs: Any) -> None:
        self.council = council
        self.applications = {str(one.pk): one for one in applications if one.is_live}
        super().__init__(*args, **kwargs)
        self.lead = council.tie_rule
        self.fields["chosen"] = forms.ChoiceField(
            label=_("Chosen"),
            choices=[
                *((key, str(one.organisation)) for key, one in self.applications.items()),
                ("nobody", _("nobody: no application reaches the pass mark")),
            ],
            widget=forms.RadioSelect,
        )
        self.fields["held_on"] = DayField(label=_("Meeting held on"), initial=timezone.localdate)
        self.fields["chair_proposal"] = forms.CharField(
            label=_("The chair's proposal and its reason"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Only where the highest totals are equal."),
        )
        self.fields["minutes"] = forms.CharField(label=_("Minutes"), widget=forms.Textarea(attrs={"rows": 6}))
        if acts_as(self.user, Part.DEPARTMENT, self.dossier):
            self.fields["upload"] = forms.FileField(label=_("Signed minutes"), required=False)

    names = {"file": "upload"}

    @transaction.atomic
    def apply(self) -> Council:
        """Close it; the signed minutes come in with it, or not at all."""
        data = self.cleaned_data
        lock(self.dossier, seen=self.version, actor=self.user)
        document = None
        if data.get("upload"):
            document = add_authority_paper(
                dossier=self.dossier, kind=MINUTES_KIND, upload=data["upload"], user=self.user
            )
        return close_scoring(
            council=self.council,
            chosen=self.applications.get(data["chosen"]),
            minutes=data["minutes"],
            held_on=data["held_on"],
            chair_proposal=data["chair_proposal"],
            minutes_document=document,
            actor=self.user,
        )


class ReopenScoringForm(DossierForm):
    """Reopen a closed scoring."""

    title = _("Reopen the scoring")
    lead = _(
        "Where the chosen applicant has withdrawn, or a sheet has an error. Sheets stay handed in and their members "
        "can change them; what the council found stays readable as an earlier round. No legal rule speaks of "
        "reopening: it is the practice of the department."
    )
    submit = _("Reopen the scoring")
    question = _("The result no longer stands until the scoring is closed again. Continue?")
    done = _("The scoring is reopened; the members are told.")
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The page of the council and the minutes quote it."),
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        self.council = council
        super().__init__(*args, **kwargs)

    def apply(self) -> ScoringRound:
        """Reopen it."""
        return reopen_scoring(
            council=self.council,
            reason=self.cleaned_data["reason"],
            actor=self.user,
            seen=self.version,
        )
