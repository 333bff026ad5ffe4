"""Run the benchmarks at 1x and 100x the nation and write ``docs/performance.md``.

``python -m benchmarks --scales 1 10`` compares other sizes; the first run of a size makes its database (100x takes
some minutes and about 4 GB in the state folder).
"""

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
from pathlib import Path

from benchmarks.database import ROOT, prepare, run
from benchmarks.report import write_report
from config import embedded


def main() -> None:
    """Prepare, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", nargs="+", type=int, default=[1, 100])
    parser.add_argument("--no-report", action="store_true", help="print the figures only")
    options = parser.parse_args()
    url = embedded.ensure_database()
    results = {}
    for scale in options.scales:
        own = prepare(url, scale)
        results[scale] = json.loads(run(own, "-m", "benchmarks.measure").splitlines()[-1])
        print(json.dumps({scale: results[scale]}, indent=2))
    if not options.no_report:
        write_report(results, machine=_machine(), commit=_commit(), day=dt.datetime.now(dt.UTC).date())


def _machine() -> str:
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        models = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        processor = models[0].split(":")[1].strip() if models else processor
    return f"{os.cpu_count()} cores, {processor}, {platform.system()}, Python {platform.python_version()}"


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True, stdout=subprocess.PIPE
    )
    return done.stdout.strip()


main()
