"""Data scope: which records a person's organisations let them see.

What a person may *do* is the other axis (:mod:`accounts.roles`). The two meet in a membership, and only there: a
function held in one organisation never reaches the data of another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.roles import Extent, Function

if TYPE_CHECKING:
    from accounts.models import Membership


@dataclass(frozen=True)
class Scope:
    """The records within reach: the nation, or whole provinces, communes and organisations by primary key."""

    national: bool = False
    province_ids: frozenset[int] = frozenset()
    commune_ids: frozenset[int] = frozenset()
    organisation_ids: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing but public data is within reach."""
        return not (self.national or self.province_ids or self.commune_ids or self.organisation_ids)

    def covers(self, *, province_id: int | None = None, commune_id: int | None = None) -> bool:
        """Say whether a record at this place is within reach; a province alone is not reached by its communes."""
        return self.national or province_id in self.province_ids or commune_id in self.commune_ids


NOTHING = Scope()


def scope_of(user: Any, function: Function | None = None) -> Scope:
    """Return the data scope of a user, of the memberships that hold ``function`` if one is named.

    Anonymous visitors and people without a membership, superusers among them, have the empty scope. The memberships
    are read with one query and kept on the user object, so that a request asks once.
    """
    if not getattr(user, "is_authenticated", False):
        return NOTHING
    memberships = user.active_memberships
    if function is not None:
        memberships = [membership for membership in memberships if function in membership.functions]
    return _union(memberships)


def _union(memberships: Iterable["Membership"]) -> Scope:
    national = False
    provinces, communes, organisations = set(), set(), set()
    for membership in memberships:
        organisation = membership.organisation
        organisations.add(organisation.pk)
        if organisation.extent == Extent.NATION:
            national = True
        elif organisation.extent == Extent.PROVINCE and organisation.province_id:
            provinces.add(organisation.province_id)
        elif organisation.extent == Extent.COMMUNE and organisation.commune_id:
            communes.add(organisation.commune_id)
    return Scope(national, frozenset(provinces), frozenset(communes), frozenset(organisations))
