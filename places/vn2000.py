"""Coordinates in VN-2000, the datum of every land paper, to WGS 84 of the map and back.

The transformation is pinned: left to itself PROJ takes another one in the south-west, 0.8 m off. In Vietnamese
papers X is the northing and Y the easting; here both are always called by name.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from pyproj import Transformer

FOLDER = Path(settings.BASE_DIR) / "data" / "vn2000"
# Decision 05/2007/QĐ-BTNMT: shifts in m, rotations in arc-seconds (position-vector signs), scale in ppm.
TOWGS84 = "-191.90441429,-39.30318279,-111.45032835,0.00928836,-0.01975479,0.00427372,0.252906278"
# Zones of 3 degrees are the rule for land papers: scale 0.9999, false easting 500 km.
_ZONE = "+proj=tmerc +lat_0=0 +lon_0={meridian} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 +units=m +no_defs"


@dataclass(frozen=True)
class Meridian:
    """A central meridian in use in a province; ``default`` is that of Circular 24/2025/TT-BNNMT."""

    degrees: float
    label: str
    epsg: str
    former_provinces: tuple[str, ...]
    default: bool


@dataclass(frozen=True)
class _Former:
    province_code: str
    name: str
    degrees: float
    label: str
    epsg: str


@cache
def _transformer(central_meridian: float) -> Transformer:
    zone = f"{_ZONE.format(meridian=central_meridian)} +towgs84={TOWGS84} +type=crs"
    return Transformer.from_crs(zone, "EPSG:4326", always_xy=True)


def to_wgs84(northing: float, easting: float, central_meridian: float) -> tuple[float, float]:
    """Return (longitude, latitude) in degrees for a point in metres (X = northing, Y = easting).

    The shift between the data is made without heights, so that its way back alone is 1 mm off; the answer is mended
    by that, and ``from_wgs84`` leads back to the very point.
    """
    transformer = _transformer(central_meridian)
    longitude, latitude = transformer.transform(easting, northing)
    back_east, back_north = transformer.transform(longitude, latitude, direction="INVERSE")
    longitude, latitude = transformer.transform(2 * easting - back_east, 2 * northing - back_north)
    return longitude, latitude


def from_wgs84(longitude: float, latitude: float, central_meridian: float) -> tuple[float, float]:
    """Return (northing, easting) in metres for a point in degrees."""
    easting, northing = _transformer(central_meridian).transform(longitude, latitude, direction="INVERSE")
    return northing, easting


def meridians_for(province_code: str) -> list[Meridian]:
    """Return the meridians that papers of a province in force may use, the official one first.

    More than one means that the person must say which: papers from before July 2025 keep the meridian of the
    former province, and a wrong one moves a boundary by some 26 km for every 15 minutes.
    """
    default, label, epsg = _defaults()[province_code]
    former: dict[float, list[_Former]] = {}
    for row in _former_rows():
        if row.province_code == province_code:
            former.setdefault(row.degrees, []).append(row)
    official = tuple(row.name for row in former.pop(default, []))
    meridians = [Meridian(default, label, epsg, official, default=True)]
    for degrees, rows in sorted(former.items()):
        names = tuple(row.name for row in rows)
        meridians.append(Meridian(degrees, rows[0].label, rows[0].epsg, names, default=False))
    return meridians


def national_meridians() -> tuple[float, ...]:
    """Return every central meridian in use in the country (degrees), from west to east."""
    official = {degrees for degrees, _label, _epsg in _defaults().values()}
    return tuple(sorted(official | {row.degrees for row in _former_rows()}))


@cache
def _defaults() -> dict[str, tuple[float, str, str]]:
    return {
        row["province_code"]: (
            float(row["tt24_2025_meridian_deg"]),
            row["tt24_2025_meridian_dms"],
            row["tt24_2025_epsg"],
        )
        for row in _read("vn2000_new34.csv")
    }


@cache
def _former_rows() -> tuple[_Former, ...]:
    return tuple(
        _Former(
            province_code=row["new_province_code"],
            name=row["old_province"],
            degrees=float(row["central_meridian_deg"]),
            label=row["central_meridian_dms"],
            epsg=row["epsg"],
        )
        for row in _read("vn2000_old63.csv")
    )


def _read(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
