"""Write the figures down: ratios first, for they travel between machines."""

import datetime as dt
from pathlib import Path
from typing import Any

REPORT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
TARGETS = {
    "list, department": "at most 10 queries, under 60 kB, at most 1.5x the time at 1x",
    "list, ministry": "at most 10 queries, under 60 kB, at most 1.5x the time at 1x",
    **dict.fromkeys(
        (
            f"{page}, {who}"
            for page in ("officer's first page", "board of quality", "watch list", "largest check")
            for who in ("department", "ministry")
        ),
        "under 1 s at 100x",
    ),
    "directory search as typed, a province": "within 50 ms at 100x",
    "directory search as typed, an old district": "within 50 ms at 100x",
    "directory search as typed, a name": "within 50 ms at 100x",
    "search alone, a province": "within 50 ms at 100x",
    "search alone, an old district": "within 50 ms at 100x",
    "search alone, a name": "within 50 ms at 100x",
}


def write_report(results: dict[int, dict[str, Any]], *, machine: str, commit: str, day: dt.date) -> None:
    """Replace the figures between the two marks of the report; what people wrote around them stays."""
    text = REPORT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    small, large = min(results), max(results)
    lines = [
        BEGIN,
        "",
        f"Measured on {day:%d %b %Y} at commit `{commit}`: {machine}. Medians of 15 runs, in process, warm.",
        "",
        f"| Page | {small}x ms | {large}x ms | ratio | queries | kB | one `json_agg` ms | target |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, least in results[small].items():
        if not isinstance(least, dict):
            continue
        most = results[large][name]
        lines.append(
            f"| {name} | {least['ms']} | {most['ms']} | {most['ms'] / least['ms']:.2f} | {most['queries']} | "
            f"{most['kB']} | {most.get('floor_ms', '')} | {TARGETS.get(name, '')} |"
        )
    weight = results[large]["home first visit kB"]
    lines += [
        "",
        f"First visit to the home page with its map, without fonts: {weight} kB (target: under 300 kB).",
        f"Clusters at {small}x: {results[small]['clusters']:,}; at {large}x: {results[large]['clusters']:,}.",
        "",
        END,
    ]
    REPORT.write_text(before + "\n".join(lines) + after, encoding="utf-8")
