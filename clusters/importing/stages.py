"""What a list of clusters says about the stage without a column for it: by the name, by a header, by a paper."""

import re
from typing import Any

from clusters.choices import Stage
from clusters.importing.rows import ReadRow
from core.sentences import sentence as _
from core.text import fold

# "Cẩm Lệ (quy hoạch)" is planned; "Bắc Duyên Hải (CCN)" only tells the cluster from an industrial park of that name.
_REMARK = re.compile(r"\s*\((?P<planned>quy hoạch|dự kiến)?(?:ccn|cụm công nghiệp)?\)\s*$", re.IGNORECASE)
_ESTABLISHED = ("da duoc thanh lap", "da thanh lap")


def without_remark(name: str) -> tuple[str, str]:
    """Return a name without the remark in brackets that is no part of it, and the remark if it says "planned".

    >>> without_remark("Cẩm Lệ (quy hoạch)"), without_remark("Bắc Duyên Hải (CCN)")
    (('Cẩm Lệ', '(quy hoạch)'), ('Bắc Duyên Hải', ''))
    """
    match = _REMARK.search(name)
    if match is None or not match.start():
        return name, ""
    return name[: match.start()], match[0].strip() if match["planned"] else ""


def guess_stage(row: ReadRow, paper: Any, remark: str) -> None:
    """Fill the stage of a new cluster that states none; a guess with nothing to go by is in doubt."""
    if row.attrs.get("stage"):
        return
    title = row.titles.get("area_ha", "")
    if remark:
        row.attrs["stage"] = Stage.PLANNED.value
        row.note("name", _("“%(remark)s” behind the name was taken as the stage.") % {"remark": remark})
    elif paper is not None:
        row.attrs["stage"] = Stage.ESTABLISHED.value
    elif "area_ha" in row.values and any(words in fold(title) for words in _ESTABLISHED):
        row.attrs["stage"] = Stage.ESTABLISHED.value
        row.note("area_ha", _("“%(title)s”: the cluster was taken as established.") % {"title": title})
    else:
        row.attrs["stage"] = Stage.PLANNED.value
        row.doubt(
            "name",
            _("Neither a stage nor an establishing decision is named; the cluster was taken as planned."),
            _("Fill in the stage or the decision if it is established."),
        )
