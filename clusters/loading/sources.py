"""Read the collected rows: dates of every precision, classes of sources, names that are not investors."""

import csv
import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from core.models import SourceClass

FOLDER = Path(settings.BASE_DIR) / "data" / "clusters"
CLUSTERS = FOLDER / "clusters.csv"
PROJECTS = FOLDER / "secondary_projects.csv"
BOUNDARIES = FOLDER / "laocai_ccn_boundaries.geojson"

#: The day on which the collection was closed: what a source without date says held by then at the latest.
COLLECTED_ON = dt.date(2026, 11, 21)
SOURCE_CLASSES = {
    "A-official": SourceClass.OFFICIAL,
    "A-official-copy": SourceClass.OFFICIAL_COPY,
    "B-news": SourceClass.NEWS,
    "D-wiki": SourceClass.WIKI,
}
_NOT_YET_INVESTOR = re.compile(r"\s*\((đề xuất|quan tâm)\)\s*$")
_DECISION = re.compile(r"(?P<number>\d+/QĐ-UBND)(?:\s+(?P<day>\d{1,2}/\d{1,2}/\d{4}))?")


@dataclass(frozen=True)
class SourceDay:
    """The last day a source's date can mean, and the date as the source puts it when that is not a day."""

    day: dt.date
    text: str


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a collected table."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def source_day(text: str) -> SourceDay:
    """Read "2026-10-05", "2023-03", "2017", "2026-01..04" or nothing at all."""
    text = text.strip()
    if not text:
        return SourceDay(COLLECTED_ON, "không ghi ngày")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return SourceDay(dt.date.fromisoformat(text), "")
    if span := re.fullmatch(r"(\d{4})-(\d{2})\.\.(\d{2})", text):
        return SourceDay(_last_day(int(span[1]), int(span[3])), text)
    if month := re.fullmatch(r"(\d{4})-(\d{2})", text):
        return SourceDay(_last_day(int(month[1]), int(month[2])), text)
    return SourceDay(min(dt.date(int(text), 12, 31), COLLECTED_ON), text)


def exact_day(text: str) -> dt.date | None:
    """Return the day of a decision when the source gives a full date."""
    return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None


def number(text: str) -> Decimal | None:
    """Return a figure of the table; blank means unknown."""
    return Decimal(text) if text.strip() else None


def billions(text: str) -> Decimal | None:
    """Return VND from a figure in billions (tỷ đồng)."""
    value = number(text)
    return None if value is None else (value * 1_000_000_000).quantize(Decimal(1))


def split_investor(text: str) -> tuple[str, bool]:
    """Return the name, and whether it is appointed: "(đề xuất)" and "(quan tâm)" are wishes, not investors."""
    return _NOT_YET_INVESTOR.sub("", text).strip(), not _NOT_YET_INVESTOR.search(text)


def decision_numbers(text: str) -> list[tuple[str, dt.date | None]]:
    """Return the decisions a text mentions, with their dates where given (d/m/yyyy)."""
    found = []
    for match in _DECISION.finditer(text):
        day = match["day"]
        found.append((match["number"], dt.datetime.strptime(day, "%d/%m/%Y").date() if day else None))  # noqa: DTZ007
    return found


def _last_day(year: int, month: int) -> dt.date:
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)
