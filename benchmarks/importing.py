"""Import a workbook of 20,000 secondary projects with 5 % wrong rows: preview, save, undo, on one core.

``python -m benchmarks.importing`` fills a database of its own with 1x the nation and prints rows a second for each
step and the most memory the process took. Targets: previewed at 2,000 rows/s or better with all errors, saved at
4,000 rows/s or better, under 500 MB. The wrong rows are left out before saving, as an officer would.
"""

import argparse

from benchmarks.database import prepare, run
from config import embedded


def main() -> None:
    """Measure in a process of its own, and print its lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args()
    own = prepare(embedded.ensure_database(), 1)
    print(run(own, "-m", "benchmarks.importing_runs", str(options.rows)))


if __name__ == "__main__":
    main()
