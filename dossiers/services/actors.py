"""Who may act in which part on a dossier, and how they are written down."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation
from accounts.querysets import OrganisationQuerySet
from accounts.roles import Function, OrganisationKind
from accounts.scope import scope_of
from dossiers.choices import Part
from dossiers.models import Delegation, Dossier

#: The function that lets a person act in a part; the scope of the same membership must cover the dossier.
FUNCTION_OF: dict[Part, Function] = {
    Part.APPLICANT: Function.FILE_DOSSIER,
    Part.RECEIVER: Function.RECEIVE_DOSSIER,
    Part.DEPARTMENT: Function.APPRAISE_DOSSIER,
    Part.DEPARTMENT_LEADER: Function.SIGN_APPRAISAL,
    Part.COMMITTEE: Function.DECIDE_DOSSIER,
}
_KIND_OF: dict[Part, OrganisationKind] = {
    Part.RECEIVER: OrganisationKind.COMMUNE_PC,
    Part.DEPARTMENT: OrganisationKind.DEPARTMENT,
    Part.DEPARTMENT_LEADER: OrganisationKind.DEPARTMENT,
    Part.COMMITTEE: OrganisationKind.PROVINCE_PC,
}


@dataclass(frozen=True)
class Signature:
    """How a person is frozen on an event: name, unit, and the colleague they stand in for, if so."""

    name: str
    unit: str
    on_behalf_of: str = ""


def acts_as(user: Any, part: Part, dossier: Dossier) -> bool:
    """Say whether the person may act in the part on the dossier: function and reach from the same membership.

    The portal itself is ``user=None`` and acts only as SYSTEM.
    """
    if user is None or part is Part.SYSTEM:
        return user is None and part is Part.SYSTEM
    if part not in FUNCTION_OF or not getattr(user, "is_authenticated", False):
        return False
    scope = scope_of(user, FUNCTION_OF[part])
    if part is Part.APPLICANT:
        return dossier.applications.live().filter(organisation_id__in=scope.organisation_ids).exists()
    if part is Part.RECEIVER:
        return dossier.commune_id in scope.commune_ids
    return dossier.province_id in scope.province_ids


def parts_of(user: Any, dossier: Dossier) -> set[Part]:
    """Return every part the person may act in on the dossier."""
    return {part for part in FUNCTION_OF if acts_as(user, part, dossier)}


def signature(user: Any, dossier: Dossier, part: Part | None = None, *, today: dt.date) -> Signature:
    """Return the name and unit of a person as they are now, to be frozen; the portal signs as itself."""
    if user is None:
        return Signature(_("the portal"), "")
    membership = _membership(user, dossier, part)
    unit = membership.organisation.name if membership else ""
    absent = ""
    if dossier.assignee_id and dossier.assignee_id != user.pk:
        running = Delegation.objects.running(today).filter(deputy=user, absent_id=dossier.assignee_id)
        stand_in = running.select_related("absent").first()
        absent = str(stand_in.absent) if stand_in else ""
    return Signature(str(user)[:150], unit[:255], absent[:150])


def unit_of(part: Part, dossier: Dossier) -> Organisation | None:
    """Return the authority that acts in a part on the dossier, or None where none is registered."""
    return _units(part, dossier).first()


def colleagues(part: Part, dossier: Dossier) -> list[Any]:
    """List the people who may act in a part on the dossier, by name."""
    function = FUNCTION_OF.get(part)
    if function is None:
        return []
    if part is Part.APPLICANT:
        organisations = Organisation.objects.filter(applications__in=dossier.applications.live())
    else:
        organisations = _units(part, dossier)[:1]
    memberships = (
        Membership.objects.active()
        .filter(organisation__in=organisations.values("pk"))
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    people = {m.user_id: m.user for m in memberships if function in m.functions}
    return list(people.values())


def _units(part: Part, dossier: Dossier) -> OrganisationQuerySet:
    """Keep the authorities that act in a part on the dossier; the first is the one that does."""
    kind = _KIND_OF.get(part)
    if kind is None:
        return Organisation.objects.none()
    units = Organisation.objects.active().filter(kind=kind).order_by("pk")
    if kind is OrganisationKind.COMMUNE_PC:
        return units.filter(commune_id=dossier.commune_id or 0)
    return units.filter(province_id=dossier.province_id)


def _membership(user: Any, dossier: Dossier, part: Part | None) -> Membership | None:
    memberships: list[Membership] = user.active_memberships
    if part in FUNCTION_OF:
        holding = [m for m in memberships if FUNCTION_OF[part] in m.functions]
        if part is Part.APPLICANT:
            own = set(dossier.applications.values_list("organisation_id", flat=True))
            holding = [m for m in holding if m.organisation_id in own] or holding
        memberships = holding or memberships
    return next(iter(memberships), None)
