"""Comparison as the law means it (V13): unrounded, "over 50" strict, "at most 100" and "at least 60" inclusive."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from law.provisions import Threshold
from law.words import Phrase, Text, say

# Decimals shown first, and the most that are tried to show on which side of the limit a figure lies.
USUAL_PLACES = 2
MOST_PLACES = 8


@dataclass(frozen=True)
class Comparison:
    """A measured value held against a threshold.

    ``rounding_matters`` tells that the value rounded to two decimals would fall on the other side.
    """

    ok: bool
    measured: Text
    required: Text
    rounding_matters: bool


def compare(threshold: Threshold, measured: Decimal | Fraction) -> Comparison:
    """Compare without rounding; the figure shown keeps as many decimals as the outcome needs.

    A fraction stands for what no decimal can hold exactly, such as the average of three rates.

    Raises ValueError when the threshold has no value.
    """
    ok = threshold.met_by(measured)
    if ok is None:
        raise ValueError("A threshold without value cannot be compared with; ask is_set first.")
    places = USUAL_PLACES
    while places < MOST_PLACES and threshold.met_by(_rounded(measured, places)) is not ok:
        places += 1
    return Comparison(
        ok=ok,
        measured=say("%(value)s %(unit)s", value=_rounded(measured, places), unit=threshold.unit),
        required=required(threshold),
        rounding_matters=threshold.met_by(_rounded(measured, USUAL_PLACES)) is not ok,
    )


def required(*thresholds: Threshold) -> Phrase:
    """Word thresholds that must all be met: "at least 10 ha, at most 75 ha"."""
    limits = {f"limit_{number}": threshold for number, threshold in enumerate(thresholds)}
    return say(", ".join(f"%({name})s" for name in limits), **limits)


def _rounded(value: Decimal | Fraction, places: int) -> Decimal:
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
