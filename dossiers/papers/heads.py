"""Who issues a paper: head, name in a sentence, signature block of each part; number and day where they are known."""

import datetime as dt

from core.office.facts import Head, Signature
from dossiers.choices import Part
from dossiers.models import Dossier
from dossiers.services.actors import unit_of

_LEADERS = (Part.DEPARTMENT, Part.DEPARTMENT_LEADER)


def in_sentence(name: str) -> str:
    """Return the name of a place as it stands inside a sentence.

    >>> in_sentence("Phường Âu Lâu")
    'phường Âu Lâu'
    """
    return name[:1].lower() + name[1:]


def head_of(
    part: Part, dossier: Dossier, symbol: str = "", *, number: str = "", day: dt.date | None = None
) -> Head:
    """Return the head of a paper that the part issues; committees stand alone, a department under its committee.

    Number and day are left to the clerk unless the dossier knows them (Decree 30/2020, annex I).
    """
    number = full_number(number, symbol)
    province, commune = dossier.province, dossier.commune
    if part in _LEADERS:
        return Head(
            superior=f"UBND {province.full_name_vi.upper()}",
            issuer="SỞ CÔNG THƯƠNG",
            number=number,
            symbol=symbol,
            place=str(province.name_vi),
            day=day,
        )
    place = commune if part is Part.RECEIVER and commune is not None else province
    return Head(
        issuer=f"ỦY BAN NHÂN DÂN\n{place.full_name_vi.upper()}",
        number=number,
        symbol=symbol,
        place=str(place.name_vi),
        day=day,
    )


def full_number(number: str, symbol: str) -> str:
    """Return the number of a paper as it stands in its head: with its symbol, which people often leave out.

    >>> full_number("845", "SCT-CN"), full_number("845/SCT-QLCN", "SCT-CN"), full_number("", "SCT-CN")
    ('845/SCT-CN', '845/SCT-QLCN', '')
    """
    number = number.strip()
    return f"{number}/{symbol}" if number.isdigit() and symbol else number


def body_of(part: Part, dossier: Dossier) -> str:
    """Return the issuing body as it stands in a sentence: the registered unit, or what it must be called."""
    unit = unit_of(part, dossier)
    if unit is not None:
        return unit.name
    if part in _LEADERS:
        return f"Sở Công Thương {in_sentence(dossier.province.full_name_vi)}"
    if part is Part.RECEIVER:
        place = in_sentence(dossier.commune.full_name_vi) if dossier.commune else "cấp xã"
        return f"Ủy ban nhân dân {place}"
    return f"Ủy ban nhân dân {in_sentence(dossier.province.full_name_vi)}"


def signature_of(part: Part) -> Signature:
    """Return the signature block of a part's leader; the name is left to the clerk."""
    if part in _LEADERS:
        return Signature(lines=["GIÁM ĐỐC"])
    return Signature(lines=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"])
