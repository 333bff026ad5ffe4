"""The council of a dossier as the rules see it: each seat with the post from which the law fills it."""

from accounts.roles import OrganisationKind
from clusters.rules.case_subjects import Council, CouncilMember
from core.text import fold
from dossiers.choices import Seat
from dossiers.models import CouncilMember as Member
from dossiers.models import Dossier
from law.vocabulary import CouncilPost


def council_of(dossier: Dossier) -> Council | None:
    """Return the council, or None while there is none."""
    council = getattr(dossier, "council", None)
    if council is None:
        return None
    by_seat: dict[str, list[CouncilMember]] = {}
    for member in council.members.select_related("organisation").order_by("pk"):
        by_seat.setdefault(member.seat, []).append(
            CouncilMember(
                person=str(member.user_id),
                name=member.name,
                post=post_of(member),
                declared=member.declared_at is not None,
                conflict=bool(member.has_conflict),
                scores=member.seat != Seat.SECRETARY and not member.has_conflict,
            )
        )
    return Council(
        chair=next(iter(by_seat.get(Seat.CHAIR, [])), None),
        vice_chairs=tuple(by_seat.get(Seat.VICE_CHAIR, [])),
        members=tuple(by_seat.get(Seat.MEMBER, [])),
        secretary=next(iter(by_seat.get(Seat.SECRETARY, [])), None),
    )


def post_of(member: Member) -> CouncilPost:
    """Return the post a member holds, by the organisation they come from; of other departments by its name."""
    organisation = member.organisation
    kind = organisation.kind if organisation else ""
    if kind == OrganisationKind.PROVINCE_PC:
        return CouncilPost.PROVINCE_PC
    if kind == OrganisationKind.DEPARTMENT:
        return CouncilPost.INDUSTRY_OFFICE if member.seat == Seat.SECRETARY else CouncilPost.INDUSTRY
    name = fold(organisation.name) if organisation else ""
    if "tai chinh" in name:
        return CouncilPost.FINANCE
    if "ke hoach" in name:
        return CouncilPost.PLANNING
    return CouncilPost.RELATED
