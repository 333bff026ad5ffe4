"""Published official statistics, read from ``data/statistics``; never mixed with what this portal computes.

Clusters *established*, clusters *with an approved detailed plan*, clusters *planned* and clusters *operating* are
four populations. Figures of one are never continued by figures of another, and each keeps its source and quality.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

_FILE = Path(settings.BASE_DIR) / "data" / "statistics" / "national_published.csv"


class Population(models.TextChoices):
    """Which clusters a published figure counts."""

    ESTABLISHED = "established", _("Established clusters")
    DETAILED_PLAN = "detailed_plan", _("Clusters with an approved detailed plan")
    OPERATING = "operating", _("Operating clusters")
    PLANNED = "planned", _("Planned clusters")


class Coverage(models.TextChoices):
    """Which part of the country a published figure covers."""

    NATION = "nation", _("the whole country")
    DELTA_NORTH_CENTRAL = "delta_north_central", _("14 former provinces (Red River Delta, North Central)")


class Quality(models.TextChoices):
    """How a published figure reached us."""

    OFFICIAL_UNDATED = "official_undated", _("official page without a date")
    QUOTED = "quoted", _("press quoting the Ministry")


@dataclass(frozen=True)
class Published:
    """One published count of clusters: its population, area (ha), the year or month it stands for, its source.

    ``clusters_rounded``, ``area_rounded``: the source writes "almost", "more than" or "about". None means that the
    source gives no figure.
    """

    coverage: Coverage
    as_of: str
    population: Population
    clusters: int
    area_ha: Decimal | None
    clusters_rounded: bool
    area_rounded: bool
    projects: int | None
    workers: int | None
    with_wastewater: int | None
    quality: Quality
    source_title: str
    source_url: str

    @property
    def as_of_text(self) -> str:
        """The month or year as papers write it: ``03/2021``."""
        return "/".join(reversed(self.as_of.split("-")))


@lru_cache(maxsize=1)
def published_figures() -> tuple[Published, ...]:
    """Return the published figures by population, the newest of each first."""
    with _FILE.open(encoding="utf-8") as file:
        rows = [_read(row) for row in csv.DictReader(file)]
    order = list(Population)
    newest_first = sorted(rows, key=lambda row: row.as_of, reverse=True)
    return tuple(sorted(newest_first, key=lambda row: order.index(row.population)))


def _read(row: dict[str, str]) -> Published:
    return Published(
        coverage=Coverage(row["scope"]),
        as_of=row["as_of"],
        population=Population(row["population"]),
        clusters=int(row["clusters"]),
        area_ha=Decimal(row["area_ha"]) if row["area_ha"] else None,
        clusters_rounded=row["rounded"] in ("clusters", "both"),
        area_rounded=row["rounded"] in ("area", "both"),
        projects=_count(row["projects"]),
        workers=_count(row["workers"]),
        with_wastewater=_count(row["with_wastewater"]),
        quality=Quality(row["quality"]),
        source_title=row["source_title"],
        source_url=row["source_url"],
    )


def _count(text: str) -> int | None:
    return int(text) if text else None
