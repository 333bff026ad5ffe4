"""Measure the export of a list of N secondary projects as CSV against ``COPY`` of the same statement.

``python -m benchmarks.export --rows 1000000`` fills a database of its own, runs both three times, each in a process
of its own, and prints rows per second, the share of COPY's speed, and the most memory the process took. The target
is half the speed of COPY or better, in memory that does not grow with the rows.
"""

import argparse
import json
from typing import Any

from benchmarks.database import prepare, run
from config import embedded

ROUNDS = 3


def main() -> None:
    """Compare, and print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="+", type=int, default=[100_000, 1_000_000])
    parser.add_argument("--formats", nargs="+", default=["csv"])
    options = parser.parse_args()
    own = prepare(embedded.ensure_database(), 1)
    for rows in options.rows:
        run(own, "-m", "benchmarks.export_runs", "fill", str(rows))
        best: dict[str, dict[str, Any]] = {}
        for name in ["copy", *options.formats] * ROUNDS:
            result = json.loads(run(own, "-m", "benchmarks.export_runs", name, str(rows)).splitlines()[-1])
            if name not in best or result["seconds"] < best[name]["seconds"]:
                best[name] = result
        for name, result in best.items():
            share = best["copy"]["seconds"] / result["seconds"]
            print(
                f"{rows:>9,} rows  {name:<7} {result['seconds']:6.2f} s  {rows / result['seconds']:>9,.0f} rows/s  "
                f"{share:5.0%} of COPY  {result['megabytes']:6.1f} MB  peak {result['peak_mb']:5.0f} MB "
                f"(+{result['grown_mb']:.0f})  first byte after {result['first_ms']:.0f} ms"
            )


if __name__ == "__main__":
    main()
