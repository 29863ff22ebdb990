"""What the levels above fairness force on somebody over a year, proven week by week by CP-SAT.

python benchmarks/forced.py                    # the year and the category that FAIRNESS.md asks of
python benchmarks/forced.py --weeks 3          # a first look

It rolls the year first, by Q+J, where benchmarks/fairness.py has not. Rows are in
benchmarks/results/fairness/forced.csv.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import astuple, fields
from pathlib import Path

from study.arguments import count, seconds
from study.forced import Forced, forced, least_variance
from study.measures import skilled
from study.rolls import Roll, replay, solve_all
from study.ways import Way

from pysched.instance.generate import generate, write_scenario

PHYSICIANS, YEAR = 14, 52


def main() -> None:
    """Solve what is missing, write the rows and say what follows from them."""
    given = _arguments()
    folder = given.out / "networks" / f"n{PHYSICIANS:03}w{YEAR}s{given.seed}"
    if not (folder / "network.yaml").exists():
        write_scenario(generate(PHYSICIANS, YEAR, seed=given.seed), folder)
    roll = Roll(folder, Way("Q+J"), given.conflicts, given.weeks)
    solve_all([roll], given.out / "rolls", 1)
    rows: list[Forced] = []
    weeks = list(replay(roll, given.out / "rolls"))
    for rolled in weeks:
        rows.append(forced(rolled, given.physician, given.category, given.seconds))
        print(rows[-1], file=sys.stderr, flush=True)
    _write(rows, given.results / "forced.csv")
    had, least = sum(row.had for row in rows), sum(row.least for row in rows)
    share = sum(row.share for row in rows)
    people = len(skilled(weeks[0].network, given.category))
    print(
        f"{given.physician} had {had} duties of {given.category}, {share:.1f} was his share, "
        f"at least {least} were forced; so the variance is at least "
        f"{least_variance(least - share, people):.1f}"
    )


def _write(rows: list[Forced], file: Path) -> None:
    with file.open("w", newline="") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(field.name for field in fields(Forced))
        out.writerows(astuple(row) for row in rows)


def _arguments() -> argparse.Namespace:
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description="Prove what is forced on somebody over a year.")
    parser.add_argument("--out", type=Path, default=Path("out/fairness"), help="solved weeks")
    parser.add_argument("--results", type=Path, default=here / "results" / "fairness")
    parser.add_argument("--seed", type=count, default=1, help="of the generated network")
    parser.add_argument("--physician", default="P12")
    parser.add_argument("--category", default="operating_room")
    parser.add_argument("--conflicts", type=count, default=40_000, help="of clasp, for each week")
    parser.add_argument("--weeks", type=count, default=None, help="the first so many; all of them")
    parser.add_argument("--seconds", type=seconds, default=60.0, help="of CP-SAT, for each week")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted")
