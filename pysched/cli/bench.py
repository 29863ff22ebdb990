"""The command bench: engines side by side on the same weeks, and the report of it."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pysched.bench.harness import Bench
from pysched.bench.suite import Suite, SuiteFile, read_suites
from pysched.bench.write import write_report
from pysched.cli.printing import print_text
from pysched.instance.fields import with_hint

SUITE_FILE = Path("benchmarks/suite.toml")
OUT = Path("out/bench")

SuiteFileArgument = Annotated[
    Path, typer.Argument(metavar="SUITE_FILE", help="Suites and engines, in TOML.")
]
SuiteOption = Annotated[
    list[str] | None,
    typer.Option("--suite", metavar="NAME", help="One suite; may be repeated. Else all."),
]
EngineOption = Annotated[
    list[str] | None,
    typer.Option("--engine", metavar="NAME", help="One engine; may be repeated. Else all."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="ROWS", help="Rows to make at most.")
]
ReportOption = Annotated[
    bool, typer.Option("--report", help="Run nothing; write tables and figures of the rows.")
]
BenchOutOption = Annotated[Path, typer.Option("--out", "-o", help="Folder of rows and states.")]


def bench(
    suite_file: SuiteFileArgument = SUITE_FILE,
    suite: SuiteOption = None,
    engine: EngineOption = None,
    out: BenchOutOption = OUT,
    limit: LimitOption = None,
    report: ReportOption = False,
) -> None:
    """Run engines side by side on the same weeks and states; every schedule is checked.

    A row is kept for each run; interrupted, the same command goes on with what is missing.
    Example: pysched bench --suite small
    """
    file = read_suites(suite_file)
    suites = _suites_of(file, suite or [])
    _refuse_unknown(file, suites, engine or [])
    if report:
        if suite or engine or limit:
            text = "takes all rows that there are, and no --suite, --engine or --limit"
            raise typer.BadParameter(text, param_hint="--report")
        for path in write_report(file, out, _say):
            print_text(str(path))
        return
    harness = Bench(file, out, _say, frozenset(engine or []), limit)
    with _term_as_interrupt():
        try:
            made = harness.make(suites)
        except KeyboardInterrupt:
            _say("\ninterrupted; the rows made are kept, the same command goes on with the others")
            raise
    print_text(f"{made} rows made in {out}; for tables and figures: pysched bench --report")


def _suites_of(file: SuiteFile, names: list[str]) -> tuple[Suite, ...]:
    known = {suite.name: suite for suite in file.suites}
    for name in names:
        if name not in known:
            expected = with_hint(f"one of {', '.join(known)}", name, frozenset(known))
            text = f"{file.path}: [[suite]], name: {name!r} is not {expected}"
            raise typer.BadParameter(text, param_hint="--suite")
    return tuple(known[name] for name in dict.fromkeys(names)) or file.suites


def _refuse_unknown(file: SuiteFile, suites: Sequence[Suite], names: list[str]) -> None:
    run = {name for suite in suites for name in suite.engines}
    for name in names:
        if name not in file.engines:
            known = ", ".join(file.engines)
            expected = with_hint(f"one of {known}", name, frozenset(file.engines))
            text = f"{file.path}: [engines]: {name!r} is not {expected}"
            raise typer.BadParameter(text, param_hint="--engine")
        if name not in run:
            places = ", ".join(suite.name for suite in suites)
            text = f"{file.path}: [[suite]] {places}, engines: {name!r} is not among them"
            raise typer.BadParameter(text, param_hint="--engine")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _term_as_interrupt() -> Iterator[None]:
    """Take SIGTERM and SIGINT as an interruption, so that an engine that runs is ended too."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, signal.default_int_handler) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
