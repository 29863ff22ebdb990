"""Side by side on the same weeks, states, threads and time: pysched and CP-SAT, in alternation.

python benchmarks/compare.py --seconds 10 --seeds 3

Every schedule goes through the checker. Rows are appended to a CSV file one by one; the same
command goes on where it was. The last lines say who is better at the first level that differs.
"""

from __future__ import annotations

import argparse
import csv
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from peers.cpsat import solve as solve_by_cpsat
from study.arguments import count, seconds

from pysched import check, load, roll
from pysched.instance.generate import generate, write_scenario
from pysched.model import Network, Schedule, State, Week
from pysched.solver import Options, solve

THREADS = 2
FIRST = Options(None, 10_000, 1, 1)
"""For the states that all engines start from, and the schedule that is given as a hint."""
LEVELS = (6, 5, 4, 3, 2, 1)
FIELDS = ["instance", "engine", "seed", "limit", "seconds", *(f"cost_{n}" for n in LEVELS)]
FIELDS += [*(f"bound_{n}" for n in LEVELS), "threads", "commit", "versions"]


@dataclass(frozen=True)
class Instance:
    """A week, the state it is solved from, and a complete schedule to give as a hint."""

    name: str
    network: Network
    week: Week
    state: State
    hint: Schedule


@dataclass(frozen=True)
class Found:
    """What an engine found: its schedule, and a bound by level."""

    schedule: Schedule | None
    bound: dict[int, int]


Engine = Callable[[Instance, float, int], Found]


def by_pysched(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve with this program's own search."""
    options = Options(seconds, None, seed, THREADS)
    result = solve(instance.network, instance.week, instance.state, options)
    return Found(result.schedule, dict(result.bound))


def by_cpsat(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve with CP-SAT from nothing."""
    return _cpsat(instance, seconds, seed, None)


def by_hinted_cpsat(instance: Instance, seconds: float, seed: int) -> Found:
    """Solve with CP-SAT from a complete schedule."""
    return _cpsat(instance, seconds, seed, instance.hint)


ENGINES: dict[str, Engine] = {
    "pysched": by_pysched,
    "cpsat": by_cpsat,
    "cpsat, hint": by_hinted_cpsat,
}


def _cpsat(instance: Instance, seconds: float, seed: int, hint: Schedule | None) -> Found:
    outcome = solve_by_cpsat(
        instance.network,
        instance.week,
        instance.state,
        time_limit_seconds=seconds,
        seed=seed,
        threads=THREADS,
        hint=hint,
    )
    return Found(outcome.schedule, dict(outcome.bound))


def instances(sizes: Sequence[int], weeks: int, folder: Path) -> Iterator[Instance]:
    """Yield the first weeks of Ferrara and of a generated network of each size."""
    yield from _weeks("ferrara", "ferrara", weeks)
    for size in sizes:
        scenario = folder / f"n{size:03}w{weeks}s1"
        if not (scenario / "network.yaml").exists():
            write_scenario(generate(size, weeks, seed=1), scenario)
        yield from _weeks(scenario.name, scenario, weeks)


def _weeks(name: str, scenario: str | Path, number: int) -> Iterator[Instance]:
    network, weeks, state = load(scenario)
    for step in roll(network, weeks[:number], state, FIRST):
        if step.result.schedule is not None:
            label = f"{name} {step.week.monday}"
            yield Instance(label, network, step.week, step.before, step.result.schedule)


def row_of(instance: Instance, engine: str, seed: int, limit: float) -> dict[str, object]:
    """Solve once and return the row to be kept.

    Raises:
        AssertionError: the checker does not pass the schedule.
    """
    started = time.monotonic()
    found = ENGINES[engine](instance, limit, seed)
    seconds = time.monotonic() - started
    row: dict[str, object] = {"instance": instance.name, "engine": engine, "seed": seed}
    row |= {"limit": f"{limit:g}", "seconds": f"{seconds:.2f}", "threads": THREADS}
    row |= {"commit": _commit(), "versions": _versions()}
    if found.schedule is not None:
        report = check(instance.network, instance.week, instance.state, found.schedule)
        if not report.ok:
            raise AssertionError(f"{instance.name}, {engine}: {report.breaches}")
        row |= {f"cost_{level}": report.by_level.get(level, 0) for level in LEVELS}
        row |= {f"bound_{level}": found.bound.get(level, 0) for level in LEVELS}
    return row


def duel(rows: Sequence[dict[str, str]], mine: str, other: str) -> list[str]:
    """Return how often one engine won, tied and lost against another, by first different level."""
    costs = {
        (row["instance"], row["seed"], row["engine"]): [row[f"cost_{n}"] for n in LEVELS]
        for row in rows
    }
    outcomes: Counter[str] = Counter()
    for instance, seed, engine in costs:
        if engine != mine or (instance, seed, other) not in costs:
            continue
        pair = (costs[instance, seed, mine], costs[instance, seed, other])
        outcomes[_outcome(*pair)] += 1
    return [f"{mine} against {other}:", *(f"  {n} x {name}" for name, n in outcomes.most_common())]


def _outcome(mine: list[str], other: list[str]) -> str:
    for level, a, b in zip(LEVELS, mine, other, strict=True):
        if a != b:
            better = b == "" or (a != "" and int(a) < int(b))
            return f"{'won' if better else 'lost'} on level {level}"
    return "tied"


def medians(rows: Sequence[dict[str, str]]) -> list[str]:
    """Return a Markdown table: engine by level, the median cost and the median bound."""
    lines = ["| engine | weeks | " + " | ".join(f"level {n}" for n in LEVELS) + " |"]
    lines.append("|---" * (len(LEVELS) + 2) + "|")
    for engine in ENGINES:
        mine = [row for row in rows if row["engine"] == engine and row["cost_6"]]
        cells = [
            f"{median(int(r[f'cost_{n}']) for r in mine):g}"
            f" (bound {median(int(r[f'bound_{n}']) for r in mine):g})"
            for n in LEVELS
        ]
        lines.append(f"| {engine} | {len(mine)} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    """Solve what is missing and print the comparison."""
    parser = argparse.ArgumentParser(description="pysched and CP-SAT side by side.")
    parser.add_argument("--seconds", type=seconds, default=10.0, help="for each week and engine")
    parser.add_argument("--seeds", type=count, default=3)
    parser.add_argument("--weeks", type=count, default=5, help="of each network")
    parser.add_argument(
        "--sizes", type=count, nargs="*", default=[14, 28], help="generated networks"
    )
    parser.add_argument("--out", type=Path, default=Path("out/compare"))
    given = parser.parse_args()
    file = given.out / f"{given.seconds:g}s.csv"
    given.out.mkdir(parents=True, exist_ok=True)
    kept = _read(file)
    done = {(row["instance"], row["engine"], row["seed"]) for row in kept}
    for instance in instances(given.sizes, given.weeks, given.out):
        for seed in range(1, given.seeds + 1):
            for engine in ENGINES:
                if (instance.name, engine, str(seed)) not in done:
                    _append(file, row_of(instance, engine, seed, given.seconds))
                    print(instance.name, engine, seed, file=sys.stderr, flush=True)
    rows = _read(file)
    print("\n".join(medians(rows)))
    for other in [name for name in ENGINES if name != "pysched"]:
        print("\n".join(duel(rows, "pysched", other)))


def _read(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(newline="") as stream:
        return list(csv.DictReader(stream))


def _append(file: Path, row: dict[str, object]) -> None:
    is_new = not file.exists()
    with file.open("a", newline="") as stream:
        writer = csv.DictWriter(stream, FIELDS, restval="", lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def _commit() -> str:
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _versions() -> str:
    names = ("clingo", "ortools")
    return f"python {platform.python_version()}, " + ", ".join(f"{n} {version(n)}" for n in names)


if __name__ == "__main__":
    main()
