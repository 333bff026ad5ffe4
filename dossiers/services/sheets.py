"""Score sheets: one a member and application, their totals, and the closing of the scoring with minutes."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dossiers.choices import SCORING_SEATS
from dossiers.models import Application, Council, CouncilMember, Document, Dossier, Score, ScoreSheet
from dossiers.scoring import Candidate, ScoringSubject, Sheet, rank
from dossiers.scoring import SubCriterion as ScoredLine
from dossiers.services.councils import demand_kept_by, demand_self, working_refusals
from dossiers.services.events import ActionRefused, Fact, lock, record
from law.vocabulary import Criterion
from law.words import shown


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

    A sheet of an earlier round of a reopened scoring counts as it was handed in; who changes it takes it back until it
    is handed in again. Raises ActionRefused before the statement on conflicts, before criteria are issued and after
    handing in; ValidationError by sub-criterion for points outside 0 to the maximum, or missing at handing in.
    """
    dossier = lock(member.council.dossier)
    member = CouncilMember.objects.select_for_update(of=("self",)).select_related("council").get(pk=member.pk)
    demand_self(member, user)
    council = member.council
    refused = []
    if council.closed_at:
        refused.append(_("The council has closed its work."))
    else:
        refused += working_refusals(dossier)
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
    if sheet is not None and sheet.is_final(council):
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
    sheet.submitted_at = at if submit else None
    sheet.round = council.round
    sheet.save()
    _keep_scores(sheet, points, reasons or {})
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


def _keep_scores(sheet: ScoreSheet, points: Mapping[int, Decimal], reasons: Mapping[int, str]) -> None:
    """Keep points and reasons by sub-criterion key; the member is locked, so nobody else writes to the sheet."""
    known = {score.sub_criterion_id: score for score in sheet.scores.order_by()}
    new = []
    for key, given in points.items():
        score = known.get(key) or Score(sheet=sheet, sub_criterion_id=key)
        score.points, score.reason = given, reasons.get(key, "").strip()[:300]
        if score.pk:
            score.save()
        else:
            new.append(score)
    Score.objects.bulk_create(new)


def scoring_of(dossier: Dossier) -> ScoringSubject | None:
    """Return the scoring as it stands, for ranking and rules: the sheets handed in by members who score.

    Keys are primary keys as text. None while there is no council.
    """
    council = Council.objects.filter(dossier=dossier).first()
    if council is None:
        return None
    points: dict[tuple[int, int], dict[str, Decimal]] = {}
    scores = Score.objects.filter(sheet__member__council=council, sheet__submitted_at__isnull=False)
    for member, application, line, given in scores.order_by("pk").values_list(
        "sheet__member_id", "sheet__application_id", "sub_criterion_id", "points"
    ):
        points.setdefault((member, application), {})[str(line)] = given
    live = dossier.applications.live().select_related("organisation").order_by("filed_at", "pk")
    return ScoringSubject(
        regime=dossier.regime,
        candidates=[Candidate(key=str(one.pk), name=str(one.organisation)) for one in live],
        sub_criteria=[
            ScoredLine(
                key=str(line.pk), name=line.title, parent=Criterion(line.criterion), maximum=line.maximum
            )
            for line in council.sub_criteria.order_by("position")
        ],
        members=[str(pk) for pk in council.members.scoring().order_by("pk").values_list("pk", flat=True)],
        sheets=[
            Sheet(member=str(member), candidate=str(application), points=given)
            for (member, application), given in points.items()
        ],
        chair_proposal=str(council.chosen_id) if council.chair_proposal else None,
        assigned=str(council.chosen_id) if council.chosen_id else None,
    )


def totals(council: Council) -> dict[int, dict[str, Any]]:
    """Return by application key the total of each handed-in sheet by member key, and the exact total or None."""
    scoring = scoring_of(council.dossier)
    if scoring is None:
        return {}
    return {
        int(one.candidate.key): {
            "sheets": {
                int(s.member): sum(s.points.values(), Decimal(0))
                for s in scoring.sheets_of(one.candidate.key)
            },
            "total": one.total,
            "place": one.place,
            "passed": one.passed,
        }
        for one in rank(scoring).ranked
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
    demand_kept_by(council, dossier, actor)
    refused = []
    if council.closed_at:
        refused.append(_("The scoring is closed already."))
    else:
        refused += working_refusals(dossier)
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
    scoring = scoring_of(dossier)
    assert scoring is not None  # the council was found above
    top = rank(scoring).top
    leaders = {int(one.candidate.key) for one in top}
    errors = {}
    if not leaders and chosen is not None:
        errors["chosen"] = _("No application reaches the pass mark, so none can be chosen.")
    elif leaders and (chosen is None or chosen.pk not in leaders):
        errors["chosen"] = _("Choose the application with the highest total (%(best)s points).") % {
            "best": shown(top[0].total)
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
            "total": str(row["total"]),
            "sheets": {str(member): str(total) for member, total in row["sheets"].items()},
        }
        for application, row in totals(council).items()
    }
    council.closed_at = at or timezone.now()
    council.save()
    record(
        dossier,
        Fact.COUNCIL_CLOSED,
        actor=actor,
        at=council.closed_at,
        facts={"chosen": str(chosen.organisation) if chosen else ""},
        is_internal=True,
    )
    return council
