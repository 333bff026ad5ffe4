"""Coordinates as officers type them: 2.419.123,45, 2 419 123.45, 508.123."""

import re

#: What a northing or easting of Viet Nam in metres can be at all; tells "508.123" (thousands) from a decimal.
PLAUSIBLE_M = (100_000.0, 3_000_000.0)
#: What a longitude or latitude of Viet Nam with its islands can be at all.
PLAUSIBLE_DEGREES = (6.0, 120.0)
_NUMBER = re.compile(r"[-−]?[0-9][0-9.,' \u00a0\u202f]*(?:m)?")


def parse_coordinate(value: object) -> float | None:
    """Return a coordinate in metres or degrees, or None for what is none.

    Separators are read by what the number can mean: of "508.123" as 508.123 and as 508123 only the latter is a
    coordinate of the country in metres, and of "105.162299" only the decimal one.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        return None
    compact = re.sub(r"[' \u00a0\u202fm]", "", text).replace("−", "-")
    readings = _readings(compact)
    likely = [number for number in readings if is_metres(number) or is_degrees(number)]
    return next(iter(likely or readings), None)


def is_metres(number: float) -> bool:
    """Say whether the number can be a northing or easting."""
    return PLAUSIBLE_M[0] <= abs(number) <= PLAUSIBLE_M[1]


def is_degrees(number: float) -> bool:
    """Say whether the number can be a longitude or latitude."""
    return PLAUSIBLE_DEGREES[0] <= number <= PLAUSIBLE_DEGREES[1]


def _readings(compact: str) -> list[float]:
    """Return what the digits can mean, the decimal reading first."""
    points, commas = compact.count("."), compact.count(",")
    if points and commas:
        decimal = max(".", ",", key=compact.rfind)
        other = "," if decimal == "." else "."
        if compact.count(decimal) > 1:
            return []
        return [float(compact.replace(other, "").replace(decimal, "."))]
    separator = "." if points else ","
    if compact.count(separator) > 1:
        return [float(compact.replace(separator, ""))]
    if separator not in compact:
        return [float(compact)]
    if compact.endswith(separator):
        return [float(compact[:-1])]
    return [float(compact.replace(separator, ".")), float(compact.replace(separator, ""))]
