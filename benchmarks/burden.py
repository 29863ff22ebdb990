"""A year of Ferrara-like weeks with the bank on and without: how even burdens get, at what cost.

python benchmarks/burden.py                             # 3 networks, 90 minutes on one core
python benchmarks/burden.py --networks 1 --weeks 13     # a first look, some minutes
python benchmarks/burden.py --scenario instances/ferrara
python benchmarks/burden.py --networks 1 --again 2023-10-16 --conflicts-again 1000000
python benchmarks/burden.py --least                     # beside, what each week must cost

It needs the packages of `pip install -e ".[dev]"`. Every week is kept as soon as it is solved, so
that the same command goes on where it was interrupted. Tables, figures and the measures of every
week are in benchmarks/results/burden; BURDEN.md says what they show.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from study.arguments import count, seconds
from study.burden.again import again
from study.burden.least import least
from study.burden.measures import Measured, measured
from study.burden.rolls import Year, rolled
from study.burden.write import WAYS, write_all

from pysched.bank.profile import bank_profile
from pysched.instance.generate import generate, write_scenario
from pysched.solver import Options

PHYSICIANS, YEAR = 14, 52


def main() -> None:
    """Roll what is missing, then write tables and figures."""
    given = _arguments()
    rules = bank_profile("recommended").equalization
    years: dict[str, dict[str, list[Measured]]] = {}
    for scenario in _scenarios(given):
        for seed in range(1, given.seeds + 1):
            options = Options(given.seconds, given.conflicts, seed, 1)
            numbers = {} if given.scale is None else {"cost_scale": given.scale}
            name = scenario.name if given.seeds == 1 else f"{scenario.name}, seed {seed}"
            both = {
                "without": Year(scenario, False, options, given.weeks),
                "with": Year(scenario, True, options, given.weeks, numbers, given.level),
            }
            years[name] = {
                way: measured(rolled(both[way], given.out / "years"), rules) for way in WAYS
            }
            if given.again:
                _print_again(name, both, given)
            if given.least:
                _print_least(name, both, given)
    print(write_all(years, given.results))


def _print_again(name: str, both: Mapping[str, Year], given: argparse.Namespace) -> None:
    for way, year in both.items():
        kept = rolled(year, given.out / "years", solving=False)
        lines = again(kept, given.again, year.options, given.conflicts_again)
        print(f"## {name} {way} the bank, searched again\n", *lines, "", sep="\n", flush=True)


def _print_least(name: str, both: Mapping[str, Year], given: argparse.Namespace) -> None:
    for way, year in both.items():
        kept = rolled(year, given.out / "years", solving=False)
        lines = least(kept, given.least)
        print(f"## {name} {way} the bank, against the least\n", *lines, "", sep="\n", flush=True)


def _scenarios(given: argparse.Namespace) -> Iterator[Path]:
    """Yield the folder of each network, written if it is not there."""
    if given.scenario is not None:
        yield given.scenario
        return
    for seed in range(1, given.networks + 1):
        folder = given.out / "networks" / f"n{PHYSICIANS:03}w{YEAR}s{seed}"
        if not (folder / "network.yaml").exists():
            write_scenario(generate(PHYSICIANS, YEAR, seed=seed), folder)
        yield folder


def _arguments() -> argparse.Namespace:
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description="Roll a year with the bank on and without.")
    parser.add_argument("--out", type=Path, default=Path("out/burden"), help="solved weeks")
    parser.add_argument("--results", type=Path, default=here / "results" / "burden")
    parser.add_argument("--scenario", type=Path, default=None, help="in place of generated ones")
    parser.add_argument("--networks", type=count, default=3, help="generated, of 52 weeks")
    parser.add_argument("--weeks", type=count, default=None, help="of each year; all by default")
    parser.add_argument("--seeds", type=count, default=1, help="of the search, a network each")
    parser.add_argument("--conflicts", type=count, default=200_000, help="of clasp, for each week")
    parser.add_argument("--scale", default=None, help="cost_scale in place of the recommended one")
    parser.add_argument(
        "--level", type=count, default=None, help="at which equalization is weighed"
    )
    parser.add_argument("--seconds", type=seconds, default=None, help="for each week; no limit")
    parser.add_argument("--again", nargs="+", default=(), help="Mondays to be searched again")
    parser.add_argument(
        "--conflicts-again", type=count, default=1_000_000, help="of clasp, for those"
    )
    parser.add_argument(
        "--least",
        nargs="?",
        const=60.0,
        type=seconds,
        default=None,
        metavar="SECONDS",
        help="prove what coverage and service of each week must cost, in so long a week at most",
    )
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted; the same command goes on where it was")
    except ValueError as error:
        sys.exit(str(error))
