"""Which dossier a page of the office is about: found within reach, or not at all."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from accounts.permissions import refusal
from dossiers.choices import Part
from dossiers.models import Application, Council, CouncilMember, Dossier
from dossiers.services.actors import FUNCTION_OF, acts_as


def dossier_for(user: Any, code: str) -> Dossier:
    """Return a dossier of the person's place; 404 for one elsewhere, whether it exists or not."""
    rows = Dossier.objects.in_reach_of(user).select_related("province", "commune", "assignee")
    return get_object_or_404(rows, code=code)


def council_for(user: Any, code: str) -> tuple[Dossier, CouncilMember | None]:
    """Return the dossier of a council and the person's own seat; 404 for whoever neither sits there nor examines."""
    rows = Dossier.objects.filter(
        Q(pk__in=Dossier.objects.examined_by(user).in_reach_of(user).order_by().values("pk"))
        | Q(pk__in=CouncilMember.objects.of(user).order_by().values("council__dossier_id"))
    ).select_related("province", "commune", "assignee")
    dossier = get_object_or_404(rows, code=code)
    seat = (
        CouncilMember.objects.of(user)
        .filter(council__dossier=dossier)
        .select_related("council__dossier", "user")
        .first()
    )
    return dossier, seat


def demand_part(user: Any, dossier: Dossier, *parts: Part) -> None:
    """Raise PermissionDenied, naming the function, unless the person may act in one of the parts."""
    if not any(acts_as(user, part, dossier) for part in parts):
        raise PermissionDenied(refusal(FUNCTION_OF[parts[0]]))


def keeps_council(user: Any, dossier: Dossier, seat: CouncilMember | None) -> bool:
    """Say whether the person keeps the council's papers: chair, secretary, or the department."""
    is_keeper = seat is not None and seat.seat in ("chair", "secretary")
    return is_keeper or acts_as(user, Part.DEPARTMENT, dossier)


def council_of(dossier: Dossier) -> Council | None:
    """Return the council of a dossier, or None."""
    return Council.objects.filter(dossier=dossier).select_related("chosen__organisation").first()


def opened_applications(dossier: Dossier) -> list[Application]:
    """List the filed applications of a dossier; none before the opening, whoever asks."""
    if dossier.is_sealed:
        return []
    return list(
        Application.objects.filter(dossier=dossier)
        .filed()
        .select_related("organisation", "filed_by")
        .order_by("filed_at", "pk")
    )
