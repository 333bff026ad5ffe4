"""Load the administrative units of all times from ``data/places``.

Existing rows keep their primary keys (clusters and accounts point at them); a row is known by code and first day.
"""

import csv
import datetime as dt
import unicodedata
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction

from core import reference
from core.text import fold, sort_key
from places.choices import KIND_WORDS, SuccessionKind, UnitKind
from places.models import Commune, CommuneSuccession, District, Province, Region

FOLDER = Path(settings.BASE_DIR) / "data" / "places"
PLACE_FILES = tuple(
    FOLDER / name
    for name in (
        "regions.csv",
        "provinces.csv",
        "provinces_old63_to_new34.csv",
        "districts_old.csv",
        "communes.csv",
        "commune_points.csv",
        "communes_old.csv",
        "communes_old_to_new.csv",
    )
)

# Resolution 202/2025/QH15 (provinces) and Law 72/2025/QH15 (two levels of local government).
REFORM_DAY = dt.date(2025, 7, 1)
LAST_OLD_DAY = dt.date(2025, 6, 30)

_KINDS = {
    "tinh": UnitKind.PROVINCE,
    "thanh_pho": UnitKind.CITY,
    "xa": UnitKind.COMMUNE,
    "phuong": UnitKind.WARD,
    "dac_khu": UnitKind.SPECIAL_ZONE,
    "commune": UnitKind.COMMUNE,
    "ward": UnitKind.WARD,
    "town": UnitKind.TOWNSHIP,
}
_DISTRICT_KINDS = {
    "huyen": UnitKind.RURAL_DISTRICT,
    "quan": UnitKind.URBAN_DISTRICT,
    "thanh_pho": UnitKind.PROVINCIAL_CITY,
    "thi_xa": UnitKind.TOWN,
}


def load_places(*, force: bool = False) -> bool:
    """Bring the places tables in line with ``data/places``; return whether there was anything to do.

    All or nothing, and instant when the files have not changed since the last load.
    """
    return reference.load_once("places", PLACE_FILES, write_places, force=force)


@transaction.atomic
def write_places() -> None:
    """Write every unit and succession from the files."""
    regions = _load_regions()
    provinces, former_provinces = _load_provinces(regions)
    districts = _load_districts(former_provinces)
    communes, former_communes = _load_communes(provinces, former_provinces, districts)
    _load_successions(communes, former_communes, districts)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_regions() -> dict[str, Region]:
    rows = [
        Region(
            code=row["region_code"],
            order=int(row["region_order"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
        )
        for row in _rows("regions.csv")
    ]
    Region.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["order", "name_vi", "name_en"]
    )
    return {region.code: region for region in rows}


def _load_provinces(regions: dict[str, Region]) -> tuple[dict[str, Province], dict[str, Province]]:
    current = [
        Province(
            **_named(row),
            **_current(row),
            legal_basis="202/2025/QH15; 19/2025/QĐ-TTg",
            region=regions[row["region_code"]],
            slug=row["slug"],
        )
        for row in _rows("provinces.csv")
    ]
    provinces = _upsert(Province, current)
    former = []
    for row in _rows("provinces_old63_to_new34.csv"):
        successor = provinces[row["new_code"]]
        former.append(
            Province(
                **_named({key.removeprefix("old_"): value for key, value in row.items()}),
                **_former(_KINDS[row["old_type"]]),
                successor=successor,
                region_id=successor.region_id,
            )
        )
    return provinces, _upsert(Province, former)


def _load_districts(former_provinces: dict[str, Province]) -> dict[str, District]:
    return _upsert(
        District,
        [
            District(
                **_named(row),
                **_former(_DISTRICT_KINDS[row["type"]]),
                province=former_provinces[row["old_province_code"]],
            )
            for row in _rows("districts_old.csv")
        ],
    )


def _load_communes(
    provinces: dict[str, Province], former_provinces: dict[str, Province], districts: dict[str, District]
) -> tuple[dict[str, Commune], dict[str, Commune]]:
    points = {row["code"]: row for row in _rows("commune_points.csv")}
    current = []
    for row in _rows("communes.csv"):
        point = points[row["code"]]
        current.append(
            Commune(
                **_named(row),
                **_current(row),
                legal_basis="19/2025/QĐ-TTg",
                province=provinces[row["province_code"]],
                longitude=float(point["lon"]),
                latitude=float(point["lat"]),
                min_longitude=float(point["min_lon"]),
                min_latitude=float(point["min_lat"]),
                max_longitude=float(point["max_lon"]),
                max_latitude=float(point["max_lat"]),
                area_km2=float(point["area_km2"]),
            )
        )
    former = [
        Commune(
            **_named(row),
            **_former(_KINDS[row["type"]]),
            province=former_provinces[row["old_province_code"]],
            district=districts[row["district_code"]],
            former_names=row["former_names"],
        )
        for row in _rows("communes_old.csv")
    ]
    return _upsert(Commune, current), _upsert(Commune, former)


def _load_successions(
    communes: dict[str, Commune], former_communes: dict[str, Commune], districts: dict[str, District]
) -> None:
    # Nothing points at these rows, so they are simply written anew.
    CommuneSuccession.objects.all().delete()
    CommuneSuccession.objects.bulk_create(
        [
            CommuneSuccession(
                old=former_communes[row["old_commune_code"]] if row["old_commune_code"] else None,
                old_district=districts[row["old_district_code"]],
                new=communes[row["new_commune_code"]],
                kind=_succession_kind(row["type"], row["note"]),
                note=" ".join(row["note"].split()),
            )
            for row in _rows("communes_old_to_new.csv")
        ],
        batch_size=4000,
    )


def _succession_kind(kind: str, note: str) -> SuccessionKind:
    """Read the note of the source, which says more than its type: "ambiguous" only means "in part"."""
    if kind == "split_population":
        return SuccessionKind.PART_ALL_PEOPLE
    if kind == "ambiguous" or "một phần" in note:
        return SuccessionKind.PART
    if kind == "renamed":
        return SuccessionKind.RENAMED
    if note == "Giữ nguyên":
        return SuccessionKind.UNCHANGED
    if note == "Đổi loại hình":
        return SuccessionKind.KIND_CHANGED
    return SuccessionKind.WHOLE


def _named(row: dict[str, str]) -> dict[str, str]:
    return {
        "code": row["code"],
        "name_vi": row["name_vi"],
        "full_name_vi": row["full_name_vi"],
        "name_en": row.get("name_en", ""),
        "full_name_en": row.get("full_name_en", ""),
    }


def _current(row: dict[str, str]) -> dict[str, Any]:
    since = dt.date.fromisoformat(row["type_since"])
    before = row["type_at_2025_07_01"]
    return {
        "kind": _KINDS[row["type"]],
        "kind_since": since,
        "kind_before": _KINDS[before] if before != row["type"] else "",
        "kind_basis": row["type_legal_basis"],
        "valid_from": REFORM_DAY,
    }


def _former(kind: UnitKind) -> dict[str, Any]:
    return {"kind": kind, "valid_to": LAST_OLD_DAY}


def _upsert(model: type[models.Model], units: list[Any]) -> dict[str, Any]:
    """Write the units, keeping the keys of those that exist, and return them by code."""
    for unit in units:
        if not unit.name_en:
            unit.name_en = _plain(unit.name_vi)
            unit.full_name_en = f"{unit.name_en} {KIND_WORDS[unit.kind][1]}"
        unit.search = search_forms(unit)
        unit.sort_key = sort_key(unit.name_vi)
    fields = [field.name for field in model._meta.concrete_fields if field.name != "id"]
    model._default_manager.bulk_create(
        units,
        batch_size=4000,
        update_conflicts=True,
        unique_fields=["code", "valid_from"],
        update_fields=[name for name in fields if name not in {"code", "valid_from"}],
    )
    return {unit.code: unit for unit in units}


def _plain(name: str) -> str:
    """Return the name without tone marks but with its capitals: how former units are written in English."""
    decomposed = unicodedata.normalize("NFD", name.translate(str.maketrans("đĐ", "dD")))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def search_forms(unit: Any) -> str:
    """Return every way to write the unit's name, folded, each between bars."""
    forms = [unit.name_vi, unit.full_name_vi, unit.full_name_en]
    if "'" in unit.name_vi:
        forms.append(unit.name_vi.replace("'", ""))  # "M'Đrắk" is typed "mdrak" too
    if unit.kind_before:
        forms.append(f"{KIND_WORDS[UnitKind(unit.kind_before)][0]} {unit.name_vi}")
    forms.extend(getattr(unit, "former_names", "").split(";"))
    folded = dict.fromkeys(filter(None, map(fold, forms)))
    return f"|{'|'.join(folded)}|"
