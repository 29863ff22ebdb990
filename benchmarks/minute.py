"""A whole horizon in a minute: what short searches lose against long ones from the same states.

python benchmarks/minute.py ferrara                    # 4 s a week, then 60 s from the same states
python benchmarks/minute.py ferrara --short 8 --weeks 3

MINUTE.md says what came out.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass

from pysched import load, roll
from pysched.check import check
from pysched.model import Network, State, Week
from pysched.planner import Step
from pysched.solver import Options, Result, solve


@dataclass(frozen=True)
class Pair:
    """One week from one state, searched for a short and for a long time."""

    monday: str
    short: dict[int, int]
    long: dict[int, int]
    seconds: float

    @property
    def decided_at(self) -> int | None:
        """The first level on which they differ, None if they do not."""
        return next((level for level in self.short if self.short[level] != self.long[level]), None)

    @property
    def loss(self) -> float | None:
        """The loss on the lowest level where all above are the same, None elsewhere."""
        lowest = min(self.short)
        if self.decided_at not in {None, lowest}:
            return None
        return self.short[lowest] / max(1, self.long[lowest]) - 1


def costs_of(network: Network, week: Week, state: State, result: Result) -> dict[int, int]:
    """Return the cost by level as the checker finds it.

    Raises:
        RuntimeError: no schedule was found, or it breaks a rule, or its cost is not as said.
    """
    if result.schedule is None:
        raise RuntimeError(f"week {week.monday}: no schedule in {result.seconds:.1f} s")
    report = check(network, week, state, result.schedule)
    said = {level.level: level.cost for level in result.levels}
    if not report.ok or any(report.by_level.get(level, 0) != said[level] for level in said):
        raise RuntimeError(f"week {week.monday}: the checker disagrees")
    return said


def pair_of(network: Network, step: Step, seconds: float, long: float) -> Pair:
    """Search the week of a step again, from the same state, for a longer time."""
    case = network, step.week, step.before
    again = solve(*case, Options(long))
    short = costs_of(*case, step.result)
    return Pair(str(step.week.monday), short, costs_of(*case, again), seconds)


def table(pairs: Iterable[Pair]) -> list[str]:
    """Return the lines of a Markdown table, a row a week and what follows from them."""
    pairs = list(pairs)
    levels = list(pairs[0].short)
    names = " | ".join(f"level {level}" for level in levels)
    lines = [f"| week | seconds | {names} | decided at |", "|---" * (len(levels) + 3) + "|"]
    for pair in pairs:
        costs = " | ".join(f"{pair.short[n]} / {pair.long[n]}" for n in levels)
        where = "-" if pair.decided_at is None else str(pair.decided_at)
        lines.append(f"| {pair.monday} | {pair.seconds:.1f} | {costs} | {where} |")
    losses = [pair.loss for pair in pairs if pair.loss is not None]
    median = f"{statistics.median(losses):.1%}" if losses else "-"
    total = [sum(p.short[levels[-1]] for p in pairs), sum(p.long[levels[-1]] for p in pairs)]
    weeks = f"{len(pairs)} week{'s' * (len(pairs) > 1)}"
    lines += [
        "",
        f"{weeks} in {sum(pair.seconds for pair in pairs):.0f} s. The levels above the lowest are "
        f"the same in {len(losses)}; there the lowest loses {median} (median). Over all "
        f"weeks the lowest level costs {total[0]} against {total[1]}.",
    ]
    return lines


def main() -> None:
    """Roll with short searches, repeat each with a long one, print the table."""
    shape = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("scenario", help="a shipped scenario or a folder")
    parser.add_argument("--short", type=float, default=4.0, help="seconds a week [4]")
    parser.add_argument("--long", type=float, default=60.0, help="seconds a week [60]")
    parser.add_argument("--weeks", type=int, default=None, help="how many [all]")
    given = parser.parse_args()
    network, weeks, state = load(given.scenario)
    pairs = []
    began = time.monotonic()
    for step in roll(network, weeks[: given.weeks], state, Options(given.short)):
        seconds = time.monotonic() - began
        pairs.append(pair_of(network, step, seconds, given.long))
        print(f"{pairs[-1].monday}: {seconds:.1f} s, {pairs[-1].decided_at}", file=sys.stderr)
        began = time.monotonic()
    print("\n".join(table(pairs)))


if __name__ == "__main__":
    main()
