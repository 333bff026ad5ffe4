"""Areas with something in brackets, in lists of clusters: what is certain is taken, the rest is asked.

- The number in front is the area.
- A number in brackets is the industrial land where the header says so in brackets of its own, "Diện tích (đất CN)";
  elsewhere the row asks what it is.
- Words in brackets that make the number in front a part, "50 (giai đoạn 1)", make the row ask whether it is the whole.
"""

from decimal import Decimal
from typing import Any

from clusters.importing.questions import ASIDE, BRACKETS, INDUSTRIAL, OPEN, PART, SECOND, WHOLE, Question
from clusters.importing.rows import ReadRow
from clusters.importing.specs.base import Spec
from core.sentences import sentence as _
from core.text import fold

_INDUSTRIAL_LAND = ("dat cn", "dat cong nghiep", "industrial land")


def settle_area(spec: Spec, row: ReadRow, *, part: str = "") -> None:
    """Put the area of a row in order: by the header, or by what a person answered; otherwise ask.

    ``part`` is the column of the industrial land, blank for a kind of record without one.
    """
    bracket = row.brackets.get("area_ha")
    if bracket is None or "area_ha" not in row.attrs:
        return
    facts = {"area": row.attrs["area_ha"], "inside": bracket.text, "number": bracket.number}
    if bracket.number is None:
        asked = _("“%(area)s (%(inside)s)”: is this the area of the whole cluster?") % facts
        if spec.ask(row, Question(PART.key, asked, (WHOLE, OPEN), row.addresses["area_ha"])) == OPEN:
            del row.attrs["area_ha"]
        return
    stated = row.attrs.get(part) if part else None
    if stated is not None:
        if stated != _cast(spec, part, bracket.number):
            row.doubt(
                "area_ha",
                _(
                    "%(number)s stands in brackets, and %(stated)s in the column of the industrial land, "
                    "which was taken."
                )
                % {**facts, "stated": stated},
            )
        return
    if part and any(words in fold(row.titles.get("area_ha", "")) for words in _INDUSTRIAL_LAND):
        row.attrs[part] = _cast(spec, part, bracket.number)
        row.note(
            "area_ha",
            _("The %(number)s in brackets was taken as the industrial land, as the header says.") % facts,
        )
        return
    answers = [ASIDE, SECOND]
    if part and bracket.number <= row.attrs["area_ha"]:
        answers.insert(0, INDUSTRIAL)
    asked = _("“%(area)s (%(inside)s)”: what is the number in brackets?") % facts
    answer = spec.ask(row, Question(BRACKETS.key, asked, tuple(answers), row.addresses["area_ha"]))
    if answer == INDUSTRIAL:
        row.attrs[part] = _cast(spec, part, bracket.number)
    elif answer == SECOND:
        row.attrs["area_ha"] = _cast(spec, "area_ha", bracket.number)


def _cast(spec: Spec, name: str, number: Decimal) -> Any:
    return spec.casts[name](number)
