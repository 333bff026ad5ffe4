"""Which slips, letters and drafts a person may have of a dossier as it stands; whatever is not here is a 404."""

from dataclasses import dataclass
from typing import Any, Literal

from django.utils import timezone

from accounts.roles import Function
from accounts.scope import scope_of
from dossiers.choices import Outcome, Part
from dossiers.models import Application, CouncilMember, Dossier, SupplementRequest
from dossiers.papers.filling import is_late, refused_by
from dossiers.procedures.parts import DraftOffer
from dossiers.services.actors import acts_as

Format = Literal["pdf", "docx"]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter within reach: ``number`` is that of the supplement request, or the key of the application."""

    kind: str
    number: int
    application: Application
    supplement: SupplementRequest | None = None
    formats: tuple[Format, ...] = ("pdf", "docx")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft within reach, of an application or a seat where there is one for each."""

    offer: DraftOffer
    application: Application | None = None
    member: CouncilMember | None = None


def is_own(user: Any, application: Application) -> bool:
    """Say whether the application is one of the person's own organisation."""
    return application.organisation_id in scope_of(user, Function.FILE_DOSSIER).organisation_ids


def sees_personal(user: Any, application: Application) -> bool:
    """Say whether the person may see how the applicant is reached: it is their own, or their office lets them."""
    if is_own(user, application):
        return True
    dossier = application.dossier
    provinces = scope_of(user, Function.VIEW_PERSONAL_DATA).province_ids
    return dossier is not None and dossier.province_id in provinces


def applications_in_reach(dossier: Dossier, user: Any) -> list[Application]:
    """List the filed applications of a dossier that the person may read: sealed ones only their own."""
    rows = Application.objects.visible_to(user).filed().filter(dossier=dossier)
    return list(rows.select_related("organisation", "filed_by", "dossier").order_by("filed_at", "pk"))


def handles(dossier: Dossier, user: Any) -> bool:
    """Say whether the person handles or watches the dossiers of this place by office."""
    scope = scope_of(user, Function.VIEW_DOSSIERS)
    if scope.covers(province_id=dossier.province_id, commune_id=dossier.commune_id):
        return True
    return bool(scope.commune_ids) and dossier.other_communes.filter(pk__in=scope.commune_ids).exists()


def letters_in_reach(
    dossier: Dossier, user: Any, applications: list[Application] | None = None
) -> list[Letter]:
    """List the letters: to the part that writes them and the department both forms, to the applicant the PDF."""
    if applications is None:
        applications = applications_in_reach(dossier, user)
    by_key = {one.pk: one for one in applications}
    writers: dict[Part, bool] = {}

    def formats(part: Part, application: Application, *, is_sent: bool = True) -> tuple[Format, ...]:
        if part not in writers:
            writers[part] = acts_as(user, part, dossier) or acts_as(user, Part.DEPARTMENT, dossier)
        if writers[part]:
            return ("pdf", "docx")
        return ("pdf",) if is_sent and is_own(user, application) else ()

    found = []
    asked = SupplementRequest.objects.filter(dossier=dossier, application__in=by_key)
    for request in asked.select_related("application", "asked_by", "pause").order_by("number"):
        application = by_key[request.application_id]
        request.application = application
        found.append(
            Letter(
                kind="supplement_letter",
                number=request.number,
                application=application,
                supplement=request,
                formats=formats(Part.DEPARTMENT, application),
            )
        )
    refused = [one for one in applications if one.outcome == Outcome.REFUSED]
    for application in refused:
        part, _basis = refused_by(dossier)
        found.append(
            Letter(
                kind="refusal_letter",
                number=application.pk,
                application=application,
                formats=formats(part, application),
            )
        )
    if user.is_officer and dossier.is_open and is_late(dossier, timezone.localdate()):
        part = Part(dossier.waiting_for)
        found += [
            Letter(
                kind="apology_letter",
                number=application.pk,
                application=application,
                # It goes out with a reason and a day that the office writes: before, the applicant has nothing of it.
                formats=formats(part, application, is_sent=False),
            )
            for application in applications
            if application.is_live
        ]
    return [one for one in found if one.formats]


def drafts_in_reach(
    dossier: Dossier, user: Any, applications: list[Application] | None = None
) -> list[Draft]:
    """List the drafts: to the part that writes them and the department; to a member of the council its own sheets."""
    if not user.is_officer:
        return []
    if applications is None:
        applications = applications_in_reach(dossier, user)
    is_department = acts_as(user, Part.DEPARTMENT, dossier)
    found: list[Draft] = []
    for offer in dossier.procedure.drafts(dossier):
        writes = is_department or acts_as(user, offer.part, dossier)
        if offer.per == "member":
            seats = CouncilMember.objects.filter(council__dossier=dossier).scoring()
            # Scores are given independently: until the scoring is closed nobody else reads a member's sheet.
            if not (writes and _is_scored(dossier)):
                seats = seats.of(user)
            found += [
                Draft(offer=offer, application=application, member=seat)
                for seat in seats.select_related("user").order_by("pk")
                for application in applications
                if application.is_live
            ]
        elif not writes:
            continue
        elif offer.per == "application":
            found += [
                Draft(offer=offer, application=application)
                for application in applications
                if application.outcome != Outcome.WITHDRAWN
            ]
        else:
            found.append(Draft(offer=offer))
    return found


def _is_scored(dossier: Dossier) -> bool:
    council = getattr(dossier, "council", None)
    return council is not None and council.closed_at is not None
