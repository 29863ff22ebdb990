"""Years of credits: 14 physicians of several kinds, the real mechanisms, the real ledger rules.

python benchmarks/economy.py                    # all of it, a quarter of an hour on one core
python benchmarks/economy.py --seeds 2          # a first look, two thirds of it

It needs the packages of `pip install -e ".[dev]"`. Interrupted, the same command goes on with what
is missing. CSV files and figures are in benchmarks/results/economy; the tables of ECONOMY.md are
written anew from them.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from economy_study.rows import simulate_all
from economy_study.sweep import main_jobs, sweep_jobs
from economy_study.write import tables_of, write_all
from study.arguments import count

HERE = Path(__file__).parent


def main() -> None:
    """Simulate what is missing, then write files, figures and tables."""
    given = _arguments()
    both = simulate_all(main_jobs(given.weeks, given.seeds), given.out, given.processes)
    jobs = sweep_jobs(given.weeks, given.seeds, given.sweep_seeds)
    swept = simulate_all(jobs, given.out, given.processes)
    write_all(both, swept, given.results, given.report)
    for name, lines in tables_of(given.results).items():
        print(f"## {name}\n", *lines, "", sep="\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Simulate years of conflicts and credits.")
    parser.add_argument("--out", type=Path, default=Path("out/economy"), help="simulated years")
    parser.add_argument("--results", type=Path, default=HERE / "results" / "economy")
    parser.add_argument("--report", type=Path, default=HERE / "ECONOMY.md")
    parser.add_argument("--seeds", type=count, default=20, help="of both profiles")
    parser.add_argument("--sweep-seeds", type=count, default=1, help="of the other settings")
    parser.add_argument("--weeks", type=count, default=260)
    parser.add_argument("--processes", type=count, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted; the same command goes on with what is missing")
