"""Which procedures there are; each is entered once, when its room starts."""

from dossiers.procedures.base import Procedure

_PROCEDURES: dict[str, Procedure] = {}


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
