"""Evaluation councils: members and their statements, sub-criteria as data, one sheet a member, totals, minutes."""

import datetime as dt
from collections.abc import Mapping, Sequence
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
    Application,
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
    _demand(dossier, actor, Part.DEPARTMENT, Part.COMMITTEE)
    if dossier.state not in dossier.procedure.council_states:
        raise ActionRefused(
            [
                _("A council is set up while the dossier is examined; it is now: %(state)s.")
                % {"state": dossier.get_state_display()}
            ]
        )
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
            organisation=one.organisation,
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

    May be issued anew until the first sheet is handed in. Raises ActionRefused, ValidationError with every mismatch.
    """
    dossier = lock(council.dossier, seen=seen, actor=actor)
    council = Council.objects.select_for_update().get(pk=council.pk)
    _demand_kept_by(council, dossier, actor)
    if (
        council.closed_at
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
    _demand_self(member, user)
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


@transaction.atomic
def save_sheet(
    *,
    member: CouncilMember,
    application: Application,
    points: Mapping[int, Decimal],
    user: Any,
    remark: str = "",
    reasons: Mapping[int, str] | None = None,
    submit: bool = False,
    at: dt.datetime | None = None,
) -> ScoreSheet:
    """Keep a member's points (by sub-criterion key) for an application; ``submit`` hands the sheet in for good.

    Raises ActionRefused before the statement on conflicts, before criteria are issued and after handing in;
    ValidationError by sub-criterion for points outside 0 to the maximum, or missing at handing in.
    """
    dossier = lock(member.council.dossier)
    member = CouncilMember.objects.select_for_update(of=("self",)).select_related("council").get(pk=member.pk)
    _demand_self(member, user)
    council = member.council
    refused = []
    if council.closed_at:
        refused.append(_("The council has closed its work."))
    if council.criteria_issued_at is None:
        refused.append(_("The criteria are not issued yet."))
    if member.seat not in SCORING_SEATS:
        refused.append(_("The secretary does not score."))
    if member.declared_at is None:
        refused.append(_("State first whether you have a conflict of interest."))
    elif member.has_conflict:
        refused.append(_("You declared a conflict of interest, so you do not score."))
    if application.dossier_id != dossier.pk or not application.is_live:
        refused.append(_("The application is not in process in this dossier."))
    sheet = ScoreSheet.objects.select_for_update().filter(member=member, application=application).first()
    if sheet is not None and sheet.submitted_at:
        refused.append(_("This sheet is handed in and no longer changes."))
    if refused:
        raise ActionRefused(refused)
    lines = {line.pk: line for line in council.sub_criteria.all()}
    errors = {}
    for key, given in points.items():
        line = lines.get(key)
        if line is None:
            raise ValidationError({"points": _("The criteria were issued anew: open the sheet again.")})
        if not 0 <= given <= line.maximum:
            errors[f"points_{key}"] = _("%(given)s is not between 0 and %(maximum)s.") % {
                "given": given,
                "maximum": line.maximum.normalize(),
            }
    if submit:
        for key, line in lines.items():
            if key not in points:
                errors[f"points_{key}"] = _("Give points for “%(line)s”.") % {"line": line.title}
    if errors:
        raise ValidationError(errors)
    at = at or timezone.now()
    sheet = sheet or ScoreSheet(member=member, application=application)
    sheet.remark = remark.strip()
    if submit:
        sheet.submitted_at = at
    sheet.save()
    for key, given in points.items():
        Score.objects.update_or_create(
            sheet=sheet,
            sub_criterion=lines[key],
            defaults={"points": given, "reason": (reasons or {}).get(key, "").strip()[:300]},
        )
    if submit:
        record(
            dossier,
            Fact.SHEET_SUBMITTED,
            actor=user,
            at=at,
            application=application,
            facts={"member": member.name},
            is_internal=True,
        )
    return sheet


def totals(council: Council) -> dict[int, dict[str, Any]]:
    """Return by application key: total of each handed-in sheet by member key, and their average (unrounded Decimal)."""
    sums: dict[int, dict[int, Decimal]] = {}
    rows = Score.objects.filter(
        sheet__member__council=council, sheet__submitted_at__isnull=False
    ).values_list("sheet__application_id", "sheet__member_id", "points")
    for application, member, points in rows.order_by("pk"):
        sheets = sums.setdefault(application, {})
        sheets[member] = sheets.get(member, Decimal(0)) + points
    return {
        application: {"sheets": sheets, "average": sum(sheets.values(), Decimal(0)) / len(sheets)}
        for application, sheets in sums.items()
    }


def missing_sheets(council: Council) -> list[tuple[CouncilMember, Application]]:
    """List who has not yet handed in a sheet for which application; members with a conflict owe none."""
    applications = list(
        council.dossier.applications.live().select_related("organisation").order_by("filed_at", "pk")
    )
    handed = set(
        ScoreSheet.objects.filter(member__council=council, submitted_at__isnull=False).values_list(
            "member_id", "application_id"
        )
    )
    return [
        (member, application)
        for member in council.members.scoring().order_by("pk")
        for application in applications
        if (member.pk, application.pk) not in handed
    ]


@transaction.atomic
def close_scoring(
    *,
    council: Council,
    chosen: Application | None,
    minutes: str,
    held_on: dt.date,
    actor: Any,
    chair_proposal: str = "",
    minutes_document: Document | None = None,
    seen: int | None = None,
    at: dt.datetime | None = None,
) -> Council:
    """Close the scoring with minutes: the highest total of at least the pass mark is chosen, or nobody.

    At a tie at the top ``chosen`` is the chair's proposal, which needs its reason (rule V33). Raises ActionRefused
    while sheets or statements are missing, ValidationError where ``chosen`` is not what the points say.
    """
    dossier = lock(council.dossier, seen=seen, actor=actor)
    council = Council.objects.select_for_update().get(pk=council.pk)
    _demand_kept_by(council, dossier, actor)
    refused = []
    if council.closed_at:
        refused.append(_("The scoring is closed already."))
    refused += [
        _("%(member)s has not handed in a sheet for %(application)s.")
        % {"member": member.name, "application": application.organisation}
        for member, application in missing_sheets(council)
    ]
    refused += [
        _("%(member)s has not stated whether there is a conflict of interest.") % {"member": member.name}
        for member in council.members.filter(declared_at__isnull=True).order_by("pk")
        if member.seat in SCORING_SEATS
    ]
    if not council.members.scoring().exists():
        refused.append(_("No member is left who may score."))
    if refused:
        raise ActionRefused(refused)
    standing = totals(council)
    best, leaders = _leaders(dossier, standing)
    errors = {}
    if not leaders and chosen is not None:
        errors["chosen"] = _("No application reaches the pass mark, so none can be chosen.")
    elif leaders and (chosen is None or chosen.pk not in leaders):
        errors["chosen"] = _("Choose the application with the highest total (%(best)s points).") % {
            "best": best
        }
    if len(leaders) > 1 and not chair_proposal.strip():
        errors["chair_proposal"] = _(
            "The highest totals are equal: record the chair's proposal and its reason."
        )
    if not minutes.strip():
        errors["minutes"] = _("Write the minutes.")
    if errors:
        raise ValidationError(errors)
    council.chosen, council.chair_proposal = chosen, chair_proposal.strip()
    council.minutes, council.minutes_document, council.held_on = minutes.strip(), minutes_document, held_on
    council.result = {
        str(application): {
            "average": str(row["average"]),
            "sheets": {str(member): str(total) for member, total in row["sheets"].items()},
        }
        for application, row in standing.items()
    }
    council.closed_at = at or timezone.now()
    council.save()
    record(
        dossier,
        Fact.COUNCIL_CLOSED,
        actor=actor,
        at=council.closed_at,
        facts={"chosen": str(chosen.organisation) if chosen else "", "best": str(best or "")},
        is_internal=True,
    )
    return council


def _leaders(dossier: Dossier, standing: Mapping[int, dict[str, Any]]) -> tuple[Decimal | None, list[int]]:
    """Return the highest total and the applications that have it, none if it misses the pass mark."""
    if not standing:
        return None, []
    best = max(row["average"] for row in standing.values())
    if dossier.regime.thresholds.pass_mark.met_by(best) is False:
        return best, []
    return best, [key for key, row in standing.items() if row["average"] == best]


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


def _demand(dossier: Dossier, actor: Any, *parts: Part) -> None:
    if not any(acts_as(actor, part, dossier) for part in parts):
        raise ActionRefused(
            [
                _("Only this part can do it: %(part)s.")
                % {"part": " / ".join(str(part.label) for part in parts)}
            ]
        )


def _demand_kept_by(council: Council, dossier: Dossier, actor: Any) -> None:
    """Let the chair, the secretary and the department keep the council's papers."""
    is_seated = council.members.filter(user=actor, seat__in=[Seat.CHAIR, Seat.SECRETARY]).exists()
    if not is_seated:
        _demand(dossier, actor, Part.DEPARTMENT)


def _demand_self(member: CouncilMember, user: Any) -> None:
    if member.user_id != user.pk:
        raise PermissionDenied(_("A score sheet and a statement are made by the member alone."))
