"""Occupancy in a sheet: never stored as such, for it is computed; compared, and said where it contradicts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from clusters.importing.rows import ReadRow
from clusters.quality.sources import POINTS
from core.sentences import sentence as _

COMPUTED = ("figures__occupancy_legal", "figures__occupancy_report")
_STEP = Decimal("0.01")


def compare_rate(row: ReadRow, key: str, stated: Decimal, cluster: Mapping[str, Any] | None) -> None:
    """Hold a rate in per cent against the computed ones of a cluster; ``cluster`` has the columns ``COMPUTED``.

    A rate within one point of the legal or of the report formula agrees. A cluster whose rate is not computable
    (Decree 32/2024 Art. 2.7) agrees with nothing and contradicts nothing.
    """
    legal, report = ((cluster or {}).get(name) for name in COMPUTED)
    computed = [rate for rate in (legal, report) if rate is not None]
    if not computed:
        row.note(
            key,
            _(
                "The rate of %(stated)s %% is not stored: it is computed from the land leased, which is not recorded "
                "for this cluster."
            )
            % {"stated": stated},
        )
    elif all(abs(stated - rate) > POINTS for rate in computed):
        row.doubt(
            key,
            _(
                "The sheet states an occupancy of %(stated)s %%; computed are %(legal)s %% (legal formula) and "
                "%(report)s %% (report formula)."
            )
            % {"stated": stated, "legal": _rounded(legal), "report": _rounded(report)},
            _("Check the land leased and the industrial land; a stated rate changes neither."),
        )


def _rounded(rate: Decimal | None) -> Decimal | str:
    return "–" if rate is None else rate.quantize(_STEP)
