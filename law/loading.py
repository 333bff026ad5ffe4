"""The calendar and parameters that ship with the portal. Loading twice changes nothing, and never an entry by hand."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from core.history import because
from law.models import CalendarDay, DayKind, DaySource, ProvincialParameter
from places.models import Province

CALENDAR_FILE = Path(settings.BASE_DIR) / "data" / "calendar" / "days.csv"
PARAMETERS_FILE = Path(settings.BASE_DIR) / "data" / "law" / "provincial_parameters.csv"
# Years without official notices in the file: old dossiers reach back to Decree 68, new ones look a few years ahead.
SEEDED_YEARS = range(2017, 2032)


def write_calendar() -> int:
    """Write the announced days and seed the other years; return how many entries were added or changed."""
    wanted = announced_days()
    years = {day.year for day in wanted}
    wanted |= seeded_days(year for year in SEEDED_YEARS if year not in years)
    known = {entry.day: entry for entry in CalendarDay.objects.order_by("day")}
    changed = 0
    with because("loaded from the files of the portal"):
        fresh = [CalendarDay(day=day, **facts) for day, facts in wanted.items() if day not in known]
        CalendarDay.objects.bulk_create(fresh)
        for day, entry in known.items():
            if entry.source == DaySource.ADMINISTRATOR:
                continue
            facts = wanted.get(day)
            if facts is None:
                entry.delete()
            elif any(getattr(entry, name) != value for name, value in facts.items()):
                CalendarDay.objects.filter(pk=entry.pk).update(**facts)
            else:
                continue
            changed += 1
    return len(fresh) + changed


def announced_days() -> dict[dt.date, dict[str, Any]]:
    """Read the days of the official notices."""
    with CALENDAR_FILE.open(encoding="utf-8", newline="") as stream:
        return {
            dt.date.fromisoformat(row["day"]): {
                "kind": row["kind"],
                "name_vi": row["name_vi"],
                "name_en": row["name_en"],
                "notice_number": row["notice_number"],
                "source": DaySource.ANNOUNCED,
            }
            for row in csv.DictReader(stream)
        }


def seeded_days(years: Any) -> dict[dt.date, dict[str, Any]]:
    """Compute days off and swapped days of years for which no notice is at hand."""
    # Loaded here: it computes the moons of centuries while it is imported, and only filling the calendar asks for it.
    import holidays

    years = list(years)
    vietnamese = holidays.country_holidays("VN", years=years, language="vi")
    english = holidays.country_holidays("VN", years=years, language="en_US")
    said = {"source": DaySource.SEEDED, "notice_number": ""}
    days: dict[dt.date, dict[str, Any]] = {
        day: {"kind": DayKind.DAY_OFF, "name_vi": name, "name_en": english.get(day, ""), **said}
        for day, name in vietnamese.items()
    }
    for day in vietnamese.weekend_workdays:
        if day.year in years:
            days[day] = {
                "kind": DayKind.WORKING,
                "name_vi": "Làm bù (hoán đổi)",
                "name_en": "Working day in exchange",
                **said,
            }
    return days


def write_parameters() -> None:
    """Write the provincial parameters known from the start; one that exists already is left as it is."""
    provinces = {province.code: province for province in Province.objects.in_force(dt.date(2025, 7, 1))}
    with (
        PARAMETERS_FILE.open(encoding="utf-8", newline="") as stream,
        because("loaded from the files of the portal"),
    ):
        for row in csv.DictReader(stream):
            ProvincialParameter.objects.get_or_create(
                province=provinces[row["province_code"]],
                key=row["key"],
                valid_from=dt.date.fromisoformat(row["valid_from"]),
                defaults={
                    "value_number": Decimal(row["value_number"]) if row["value_number"] else None,
                    "value_text": row["value_text"],
                    "unit": row["unit"],
                    "enabled": row["enabled"] == "1",
                    "decision_number": row["decision_number"],
                    "decision_date": row["decision_date"] or None,
                    "source": row["source"],
                    "verified": row["verified"] == "1",
                },
            )
