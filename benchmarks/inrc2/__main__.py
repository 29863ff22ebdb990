"""The command: instances and seeds, week by week, with rows that are kept.

python -m benchmarks.inrc2 --data FOLDER                      # all instances, full time, one seed
python -m benchmarks.inrc2 --data FOLDER --factor 0.2 --instances n030w4_1_6-2-9-1 --seeds 3
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .published import Published, read_published
from .read import Instance, read_instance
from .roll import Solved, roll
from .rows import Row, append, read_rows, table
from .score import Score
from .write import write_schedule

RESULTS = Path(__file__).parents[1] / "results" / "inrc2"


def main() -> None:
    """Solve what is missing and print the comparison."""
    given = _arguments()
    published = read_published(given.data / "published.csv")
    names = given.instances or list(published)
    if unknown := set(names) - set(published):
        raise ValueError(f"published.csv has no instance {', '.join(sorted(unknown))}")
    file = given.out / "runs.csv"
    done = {row.key for row in read_rows(file)}
    for name in names:
        instance = read_instance(given.data, name)
        for seed in range(1, given.seeds + 1):
            if (name, seed, given.factor) in done:
                continue
            append(file, _solve(instance, published[name], seed, given))
    print("\n".join(table(read_rows(file), published)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inrc2", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", type=Path, required=True, help="folder with published.csv")
    parser.add_argument("--instances", nargs="*", help="names; all that are published by default")
    parser.add_argument("--seeds", type=int, choices=range(1, 101), default=1, metavar="N")
    parser.add_argument("--factor", type=_factor, default=1.0, help="of the published time")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder of runs.csv")
    parser.add_argument("--write", type=Path, help="folder for solution files")
    return parser.parse_args()


def _factor(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0, 100 at most")
    return number


def _solve(instance: Instance, published: Published, seed: int, given: argparse.Namespace) -> Row:
    seconds = published.seconds_per_week * given.factor
    weeks: list[Solved] = []
    for solved in roll(instance, seconds, seed):
        weeks.append(solved)
        _say(instance.name, seed, solved)
        if given.write is not None:
            folder = given.write / f"{instance.name}-{seed}"
            folder.mkdir(parents=True, exist_ok=True)
            name = instance.scenario.name
            file = folder / f"Sol-{name}-{solved.number}.txt"
            write_schedule(file, name, solved.number, solved.schedule)
    total = sum((solved.score for solved in weeks), Score.none())
    costs = tuple(solved.score.cost for solved in weeks)
    took = max(solved.seconds for solved in weeks)
    return Row.of(instance.name, seed, given.factor, seconds, took, total, costs)


def _say(name: str, seed: int, solved: Solved) -> None:
    rules = ", ".join(
        f"{rule} {units}" for rule, units in sorted(solved.score.soft.items()) if units
    )
    print(
        f"{name} seed {seed} week {solved.number + 1}: cost {solved.score.cost}, "
        f"hard {solved.score.violated}, {solved.seconds:.1f} s ({rules})",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
