"""Which procedures there are; each is entered once, when its room starts."""

from dataclasses import dataclass

from dossiers.procedures.base import Procedure
from law.words import Text

_PROCEDURES: dict[str, Procedure] = {}
_ELSEWHERE: list["Elsewhere"] = []


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Something people look for here and that the portal does not run: what it is, and where to go with it."""

    title: Text
    sentence: Text
    legal_basis: Text = ""


def register(made: type[Procedure]) -> type[Procedure]:
    """Enter a procedure; raise ValueError for a code that is taken or a table that contradicts itself."""
    one = made()
    if one.code in _PROCEDURES and type(_PROCEDURES[one.code]) is not made:
        raise ValueError(f"Two procedures have the code {one.code!r}.")
    one.check_table()
    _PROCEDURES[one.code] = one
    return made


def procedure(code: str) -> Procedure:
    """Return the procedure with the code; raise LookupError for an unknown one."""
    try:
        return _PROCEDURES[code]
    except KeyError:
        raise LookupError(f"There is no procedure {code!r}; known are {sorted(_PROCEDURES)}.") from None


def procedures() -> list[Procedure]:
    """List the procedures by code."""
    return [_PROCEDURES[code] for code in sorted(_PROCEDURES)]


def name_elsewhere(*others: Elsewhere) -> None:
    """Name what the portal does not run, so that whoever looks for it is told where to go."""
    _ELSEWHERE.extend(one for one in others if one not in _ELSEWHERE)


def elsewhere() -> list[Elsewhere]:
    """List what the portal does not run, in the order it was named."""
    return list(_ELSEWHERE)
