"""The law on clusters as dated data: one readable table per regime.

``Regime.on(date)`` answers what the law said on a day; ``Regime.for_case(...)`` which law a dossier follows.
"""

from law.regimes.base import NoRegimeError, Regime, Thresholds
from law.regimes.decree_32 import R2, R3
from law.regimes.decree_68 import R0, R1, R1B
from law.regimes.decree_303 import R5
from law.regimes.resolution_19 import R4
from law.regimes.transition import OpenQuestion, Pinned

REGIMES: tuple[Regime, ...] = (R0, R1, R1B, R2, R3, R4, R5)

__all__ = ["REGIMES", "NoRegimeError", "OpenQuestion", "Pinned", "Regime", "Thresholds"]
