"""Suite files, cases and rows for tests of the bench."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pysched.bench.cases import Case, cases_of
from pysched.bench.child import Outcome, run_apart
from pysched.bench.engine import Job
from pysched.bench.journal import Order
from pysched.bench.rows import FIELDS, LEVELS, Row
from pysched.bench.suite import Source

ROOT = Path(__file__).parents[2]
TOY = Source(scenario="toy", weeks=2)
SUITE = """
[engines.pysched]
run = "pysched.bench.own:run"

[engines.parrot]
run = "tests.bench.engines:parrot"
start = true

[engines.absent]
run = "tests.bench.engines:parrot"
needs = ["no-such-package"]

[engines.lacking]
run = "tests.bench.engines:lacking"

[[suite]]
name = "toy"
instances = [{ scenario = "toy", weeks = 2 }]
engines = ["pysched", "parrot"]
seeds = [1]
time_limits = [2]
"""


def write_suite(folder: Path, old: str = "", new: str = "") -> Path:
    """Write the suite file with one text replaced by another."""
    file = folder / "suite.toml"
    assert old in SUITE
    file.write_text(SUITE.replace(old, new) if old else SUITE)
    return file


@cache
def toy_cases() -> tuple[Case, ...]:
    """Return both weeks of the toy scenario."""
    folder = Path(mkdtemp(prefix="pysched-test-"))
    return tuple(cases_of(TOY, "recommended", folder, folder))


def run_engine(name: str, limit: float = 1.0, grace: float = 5.0, start: bool = True) -> Outcome:
    """Run an engine of `engines.py` on the first toy week."""
    case = toy_cases()[0]
    given = case.start if start else None
    job = Job(case.network, case.week, case.state, given, limit, 1, 1)
    order = Order(job, "tests.bench.engines", name, ROOT)
    return run_apart(order, lambda _: grace)


def made_row(
    engine: str, cost: dict[int, int], bound: dict[int, int] | None = None, **texts: str
) -> Row:
    """Return a row as if it had been run; its schedule came after half a second."""
    row = dict.fromkeys(FIELDS, "") | {"suite": "s", "instance": "i", "digest": "d", "seed": "1"}
    row |= {"engine": engine, "limit": "10", "threads": "2", "physicians": "14", "late": "0"}
    row |= {"seconds": "10.00", "first_seconds": "0.50", "memory_mb": "100", "status": "feasible"}
    row |= {"rules": "recommended", "scenario": "n014", "duties": "100"}
    row |= {f"cost_{level}": str(cost[level]) for level in cost}
    assert set(cost) <= set(LEVELS)
    trace = ((0.5, cost),) if cost else ()
    return Row(row | texts, cost, bound or {}, {}, {}, trace)


def costs(*units: int) -> dict[int, int]:
    """Return costs by level, the highest first."""
    return dict(zip(LEVELS, units, strict=True))
