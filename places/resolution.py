"""Read an address of any time as a commune in force."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from places.choices import SuccessionKind
from places.models import Commune, CommuneSuccession, Province
from places.names import NameQuery


class How(models.TextChoices):
    """How an address was read."""

    IN_FORCE = "in_force", _("a commune in force")
    FORMER = "former", _("a former commune that went into one commune")
    SPLIT = "split", _("a former commune that was split between several communes")
    AMBIGUOUS = "ambiguous", _("several communes have this name")
    DISTRICT = "district", _("only the former district is known")
    UNKNOWN = "unknown", _("no such place in this province")


@dataclass(frozen=True)
class Resolution:
    """The commune an address lies in today, or the candidates a person must choose from."""

    commune: Commune | None
    candidates: tuple[Commune, ...]
    how: How


def resolve_commune(province_code: str, district_text: str, commune_text: str) -> Resolution:
    """Find the commune in force for an address that may be older than 1 July 2025.

    ``province_code`` is that of a province in force, or of a former one where no province in force has it. With a
    district the address is read as an old one; without, as one of today first.
    """
    province = _province(province_code)
    if province is None:
        return Resolution(None, (), How.UNKNOWN)
    district, name = NameQuery.parse(district_text), NameQuery.parse(commune_text)
    steps = [_in_force, _former] if not district else [_former, _in_force]
    for step in steps if name else []:
        resolution = step(province, district, name)
        if resolution is not None:
            return resolution
    if district:
        formed = _links(province, district)
        if formed:
            return _choose(formed, How.DISTRICT, How.DISTRICT)
    return Resolution(None, (), How.UNKNOWN)


def _province(code: str) -> Province | None:
    rows = list(Province.objects.filter(code=code).select_related("successor"))
    for row in rows:
        if row.successor is None:
            return row
    return rows[0].successor if rows else None


def _in_force(province: Province, district: NameQuery, name: NameQuery) -> Resolution | None:
    for named in (name.exact(), name.exact_bare()):
        rows = list(province.communes.filter(named).select_related("province"))
        if rows:
            return _choose(rows, How.IN_FORCE, How.AMBIGUOUS)
    return None


def _former(province: Province, district: NameQuery, name: NameQuery) -> Resolution | None:
    for named in (name.exact(), name.exact_bare()):
        former = Commune.objects.filter(named, province__successor=province)
        if district:
            former = former.filter(
                Q(district__search__contains=f"|{district.full}|")
                | Q(district__search__contains=f"|{district.bare}|")
            )
        links = list(
            CommuneSuccession.objects.filter(old__in=former)
            .select_related("new__province")
            .order_by("new__sort_key", "new_id")
        )
        if links:
            return _from_links(links)
    return None


def _from_links(links: list[CommuneSuccession]) -> Resolution:
    communes = list({link.new_id: link.new for link in links}.values())
    if len({link.old_id for link in links}) > 1:
        return _choose(communes, How.FORMER, How.AMBIGUOUS)
    # A part of the land with all the people is where the addresses went.
    settled = [link.new for link in links if link.kind == SuccessionKind.PART_ALL_PEOPLE]
    if len(settled) == 1:
        return Resolution(settled[0], tuple(communes), How.FORMER)
    return _choose(communes, How.FORMER, How.SPLIT)


def _links(province: Province, district: NameQuery) -> list[Commune]:
    formed = CommuneSuccession.objects.filter(
        Q(old_district__search__contains=f"|{district.full}|")
        | Q(old_district__search__contains=f"|{district.bare}|"),
        old_district__province__successor=province,
    )
    return list(Commune.objects.filter(pk__in=formed.values("new")).select_related("province"))


def _choose(communes: list[Commune], one: How, several: How) -> Resolution:
    if len(communes) == 1:
        return Resolution(communes[0], tuple(communes), one)
    return Resolution(None, tuple(communes), several)
