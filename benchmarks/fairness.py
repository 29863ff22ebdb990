"""What memory (Q) and rotation (J) do over months: rolls, tables and figures.

python benchmarks/fairness.py                       # all of it, 1.5 hours on two cores
python benchmarks/fairness.py --weeks 3 --years 1   # a first look, some minutes

It needs the packages of `pip install -e ".[dev]"`. Interrupted, the same command goes on with what
is missing. Tables, figures and the measures of
every week are in benchmarks/results/fairness; FAIRNESS.md says what they show.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

from study.arguments import count
from study.rolls import Roll, solve_all
from study.states import Start, solve_from_states
from study.ways import Way, four_ways
from study.write import write_all

from pysched.instance import find_scenario
from pysched.instance.generate import generate, write_scenario

PHYSICIANS = 14
YEAR, HELD_IN_WEEKS = 52, 26
HELD_IN = (11, 12)
"""Seeds of the networks that settings are tried on; none of them is a year of the study."""
RATIOS = (0.0, 0.25, 1.0, 1.5, 2.0)
WINDOWS = (4, 13)


@dataclass(frozen=True)
class Study:
    """What is rolled and where it is kept."""

    folder: Path
    conflicts: int
    weeks: int | None
    years: int
    processes: int

    @property
    def rolls_folder(self) -> Path:
        """Return where solved weeks are kept."""
        return self.folder / "rolls"

    def network(self, weeks: int, seed: int) -> Path:
        """Return the folder of a generated network, written if it is not there."""
        folder = self.folder / "networks" / f"n{PHYSICIANS:03}w{weeks}s{seed}"
        if not (folder / "network.yaml").exists():
            write_scenario(generate(PHYSICIANS, weeks, seed=seed), folder)
        return folder

    def main_rolls(self) -> list[Roll]:
        """Return the four ways over Ferrara and over generated years."""
        ferrara = find_scenario("ferrara")
        rolls = [self._roll(ferrara, way) for way in four_ways(seeds=3, raw_seeds=3)]
        for seed in range(1, self.years + 1):
            year = self.network(YEAR, seed)
            rolls += [self._roll(year, way) for way in four_ways(seeds=1, raw_seeds=1)]
        # The first year is where the order of the levels keeps a category uneven.
        summed = [Way(name, profile="weighted") for name in ("none", "Q+J")]
        return rolls + [self._roll(self.network(YEAR, 1), way) for way in summed]

    def starts(self) -> list[Start]:
        """Return the states that all ways start from: those that none and Q+J came to."""
        places = [(find_scenario("ferrara"), 1), (self.network(YEAR, 1), 4)]
        return [
            Start(self._roll(place, Way(name)), every)
            for place, every in places
            for name in ("none", "Q+J")
        ]

    def held_in_rolls(self) -> list[Roll]:
        """Return Q+J by one setting after the other."""
        ways = [Way("Q+J"), *(Way("Q+J", ratio=ratio) for ratio in RATIOS)]
        ways += [*(Way("Q+J", window=weeks) for weeks in WINDOWS), Way("Q+J", measure="minutes")]
        places = [self.network(HELD_IN_WEEKS, seed) for seed in HELD_IN]
        return [self._roll(place, way) for way in ways for place in places]

    def _roll(self, scenario: Path, way: Way) -> Roll:
        return Roll(scenario, way, self.conflicts, self.weeks)


def main() -> None:
    """Solve what is missing, then write tables and figures."""
    study, results = _arguments()
    rolls, held_in = study.main_rolls(), study.held_in_rolls()
    solve_all([*rolls, *held_in], study.rolls_folder, study.processes)
    solve_from_states(study.starts(), study.rolls_folder, study.processes)
    print("measuring", file=sys.stderr)
    tables = write_all(rolls, held_in, study.starts(), study.rolls_folder, results, study.processes)
    print(tables)


def _arguments() -> tuple[Study, Path]:
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description="Roll Ferrara and generated years by four ways.")
    parser.add_argument("--out", type=Path, default=Path("out/fairness"), help="solved weeks")
    parser.add_argument("--results", type=Path, default=here / "results" / "fairness")
    parser.add_argument("--conflicts", type=count, default=40_000, help="of clasp, for each week")
    parser.add_argument("--weeks", type=count, default=None, help="of each roll; all by default")
    parser.add_argument("--years", type=count, default=3, help="generated networks of 52 weeks")
    parser.add_argument("--processes", type=count, default=2)
    given = parser.parse_args()
    study = Study(given.out, given.conflicts, given.weeks, given.years, given.processes)
    return study, given.results


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted; the same command goes on with what is missing")
