"""Evaluation councils: members and their statements, sub-criteria as data, one sheet a member, totals, minutes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from dossiers.choices import SCORING_SEATS, Part, Seat
from dossiers.models import (
    Council,
    CouncilMember,
    Document,
    Dossier,
    Score,
    ScoreSheet,
    SubCriterion,
    Topic,
)
from dossiers.services.actors import acts_as
from dossiers.services.events import ActionRefused, Fact, lock, record
from dossiers.services.notifying import tell


@dataclass(frozen=True)
class Seated:
    """One person for a council: name and position as its decision has them."""

    user: User
    seat: Seat
    position: str
    name: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True)
class Line:
    """One sub-criterion: its criterion of the law, its title, its most points."""

    criterion: str
    title: str
    maximum: Decimal


@transaction.atomic
def set_up_council(
    *,
    dossier: Dossier,
    decision_number: str,
    decided_on: dt.date,
    members: Sequence[Seated],
    actor: Any,
    decision: Document | None = None,
    tie_rule: str = "",
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Council:
    """Record the council that the People's Committee set up: exactly one chair, one secretary, at least one member.

    The department or the Committee's office records it. Raises ActionRefused, ValidationError.
    """
    dossier = lock(dossier, seen=seen, actor=actor)
    at = at or timezone.now()
    demand_part(dossier, actor, Part.DEPARTMENT, Part.COMMITTEE)
    if refused := working_refusals(dossier):
        raise ActionRefused(refused)
    if Council.objects.filter(dossier=dossier).exists():
        raise ActionRefused([_("The dossier has a council already.")])
    _check_members(members)
    if not decision_number.strip():
        raise ValidationError(
            {"decision_number": _("Enter the number of the decision that sets the council up.")}
        )
    council = Council.objects.create(
        dossier=dossier,
        decision_number=decision_number.strip(),
        decided_on=decided_on,
        decision=decision,
        tie_rule=tie_rule.strip(),
    )
    CouncilMember.objects.bulk_create(
        CouncilMember(
            council=council,
            user=one.user,
            seat=one.seat,
            name=(one.name or str(one.user))[:150],
            position=one.position[:200],
            organisation=one.organisation
            or next((m.organisation for m in one.user.active_memberships), None),
        )
        for one in members
    )
    record(
        dossier,
        Fact.COUNCIL_SET_UP,
        actor=actor,
        at=at,
        facts={"decision": council.decision_number, "members": len(members)},
        is_internal=True,
    )
    tell(
        [one.user for one in members],
        topic=Topic.COUNCIL,
        sentence="council",
        dedupe=f"council:{council.pk}",
        dossier=dossier,
        code=dossier.code,
    )
    return council


@transaction.atomic
def issue_criteria(
    *,
    council: Council,
    lines: Sequence[Line],
    actor: Any,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Council:
    """Issue the sub-criteria: of each criterion of the law they add up to exactly its most points.

    May be issued anew until the first sheet is handed in; a reopened scoring goes on by the criteria it had. Raises
    ActionRefused, ValidationError with every mismatch.
    """
    dossier = lock(council.dossier, seen=seen, actor=actor)
    council = Council.objects.select_for_update().get(pk=council.pk)
    demand_kept_by(council, dossier, actor)
    if (
        council.closed_at
        or council.round > 1
        or ScoreSheet.objects.filter(member__council=council, submitted_at__isnull=False).exists()
    ):
        raise ActionRefused([_("Score sheets are handed in already, so the criteria stay as they are.")])
    problems = criteria_problems(dossier, lines)
    if problems:
        raise ValidationError({"lines": problems})
    Score.objects.filter(sheet__member__council=council).delete()
    council.sub_criteria.all().delete()
    SubCriterion.objects.bulk_create(
        SubCriterion(
            council=council,
            criterion=line.criterion,
            title=line.title.strip(),
            maximum=line.maximum,
            position=position,
        )
        for position, line in enumerate(lines, start=1)
    )
    council.criteria_issued_at = at or timezone.now()
    council.save()
    record(
        dossier,
        Fact.CRITERIA_ISSUED,
        actor=actor,
        at=council.criteria_issued_at,
        facts={"lines": len(lines)},
        is_internal=True,
    )
    tell(
        [member.user for member in council.members.select_related("user") if member.seat in SCORING_SEATS],
        topic=Topic.COUNCIL,
        sentence="criteria",
        dedupe=f"council:{council.pk}:criteria:{dossier.version}",
        dossier=dossier,
        code=dossier.code,
    )
    return council


def criteria_problems(dossier: Dossier, lines: Sequence[Line]) -> list[str]:
    """Return what is wrong with sub-criteria: unknown criteria, no points, sums that are not the law's (rule V32)."""
    maxima = {
        str(criterion.value): provision.value
        for criterion, provision in dossier.regime.score_maxima.items()
        if provision.value is not None
    }
    problems = []
    sums: dict[str, Decimal] = dict.fromkeys(maxima, Decimal(0))
    for position, line in enumerate(lines, start=1):
        if line.criterion not in maxima:
            problems.append(_("Line %(n)s: choose a criterion of the law.") % {"n": position})
        elif line.maximum <= 0:
            problems.append(_("Line %(n)s: the most points must be more than 0.") % {"n": position})
        else:
            sums[line.criterion] += line.maximum
        if not line.title.strip():
            problems.append(_("Line %(n)s: name the sub-criterion.") % {"n": position})
    labels = {str(c.value): c.label for c in dossier.regime.score_maxima}
    problems += [
        _("“%(criterion)s” adds up to %(sum)s points; the law gives it %(maximum)s.")
        % {"criterion": labels[code], "sum": sums[code].normalize(), "maximum": maxima[code]}
        for code in maxima
        if sums[code] != maxima[code]
    ]
    return problems


@transaction.atomic
def declare_conflict(
    *, member: CouncilMember, has_conflict: bool, note: str, user: Any, at: dt.datetime | None = None
) -> CouncilMember:
    """Record a member's own statement on conflicts of interest; who has one does not score."""
    dossier = lock(member.council.dossier)
    member = CouncilMember.objects.select_for_update(of=("self",)).select_related("council").get(pk=member.pk)
    demand_self(member, user)
    if member.council.closed_at:
        raise ActionRefused([_("The council has closed its work.")])
    if member.sheets.filter(submitted_at__isnull=False).exists():
        raise ActionRefused([_("You have handed in a score sheet; the statement stands as it is.")])
    if has_conflict and not note.strip():
        raise ValidationError({"note": _("Say which conflict of interest there is.")})
    member.has_conflict, member.conflict_note = has_conflict, note.strip()
    member.declared_at = at or timezone.now()
    member.save()
    record(
        dossier,
        Fact.CONFLICT_DECLARED,
        actor=user,
        at=member.declared_at,
        facts={"member": member.name, "has_conflict": has_conflict},
        is_internal=True,
    )
    return member


def _check_members(members: Sequence[Seated]) -> None:
    seats = [member.seat for member in members]
    people = [member.user.pk for member in members]
    problems = []
    if seats.count(Seat.CHAIR) != 1:
        problems.append(_("A council has exactly one chair."))
    if seats.count(Seat.SECRETARY) != 1:
        problems.append(_("A council has exactly one secretary, who is not a member."))
    if not any(seat in (Seat.MEMBER, Seat.VICE_CHAIR) for seat in seats):
        problems.append(_("A council has at least one member besides the chair."))
    if len(set(people)) != len(people):
        problems.append(_("A person sits in a council once."))
    if problems:
        raise ValidationError({"members": problems})


def demand_part(dossier: Dossier, actor: Any, *parts: Part) -> None:
    """Raise ActionRefused unless the person acts in one of the parts on the dossier."""
    if not any(acts_as(actor, part, dossier) for part in parts):
        raise ActionRefused(
            [
                _("Only this part can do it: %(part)s.")
                % {"part": " / ".join(str(part.label) for part in parts)}
            ]
        )


def demand_kept_by(council: Council, dossier: Dossier, actor: Any) -> None:
    """Let the chair, the secretary and the department keep the council's papers."""
    is_seated = council.members.filter(user=actor, seat__in=[Seat.CHAIR, Seat.SECRETARY]).exists()
    if not is_seated:
        demand_part(dossier, actor, Part.DEPARTMENT)


def demand_self(member: CouncilMember, user: Any) -> None:
    """Let only the member themselves go on."""
    if member.user_id != user.pk:
        raise PermissionDenied(_("A score sheet and a statement are made by the member alone."))


def working_refusals(dossier: Dossier) -> list[str]:
    """Return why no council works on the dossier in its present state, whoever asks; nothing if one may."""
    if dossier.state in dossier.procedure.council_states:
        return []
    return [
        _("A council works while the dossier is examined; it is now: %(state)s.")
        % {"state": dossier.get_state_display()}
    ]
