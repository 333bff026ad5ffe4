"""Casework with 1,000 and with 100,000 dossiers: what My work asks for, and how many actions are fired a second.

``python -m benchmarks.dossiers`` fills the database of 1x the nation with dossiers and prints the tables for
``docs/performance.md``. Target: the same number of queries at both sizes, and at most 1.5x the time.
"""

import argparse

from benchmarks.database import prepare, run
from config import embedded


def main() -> None:
    """Measure in a process of its own, and print its lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 100_000])
    parser.add_argument("--actions", type=int, default=500)
    options = parser.parse_args()
    own = prepare(embedded.ensure_database(), 1)
    sizes = [str(size) for size in sorted(options.sizes)]
    print(run(own, "-m", "benchmarks.dossiers_runs", str(options.actions), *sizes))


if __name__ == "__main__":
    main()
