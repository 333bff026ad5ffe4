"""Load the Vietnamese industry classification, both editions."""

import csv
from pathlib import Path

from django.conf import settings

from clusters.models import Industry
from core.text import fold

FOLDER = Path(settings.BASE_DIR) / "data" / "vsic"
FILES = {2018: FOLDER / "vsic_2018.csv", 2025: FOLDER / "vsic_2025.csv"}


def write_industries() -> None:
    """Write every line of VSIC 2018 and 2025, parents before children; existing lines are renamed in place."""
    for edition, path in FILES.items():
        _write_edition(edition, path)


def _write_edition(edition: int, path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["level"]))
    ids = dict(Industry.objects.filter(edition=edition).order_by("pk").values_list("code", "pk"))
    for level in sorted({row["level"] for row in rows}):
        # A level at a time, so that the keys of the parents are known.
        batch = [
            Industry(
                edition=edition,
                code=row["code"],
                level=int(level),
                section=row["section"],
                parent_id=ids.get(row["parent_code"]),
                name_vi=row["name_vi"],
                name_en=row["name_en"],
                search=fold(f"{row['code']} {row['name_vi']} {row['name_en']}"),
            )
            for row in rows
            if row["level"] == level
        ]
        written = Industry.objects.bulk_create(
            batch,
            update_conflicts=True,
            unique_fields=["edition", "code"],
            update_fields=["level", "section", "parent", "name_vi", "name_en", "search"],
        )
        ids.update({industry.code: industry.pk for industry in written})
