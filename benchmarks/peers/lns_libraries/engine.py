"""Fastlane and alaspo as engines of the benchmark: commands of an environment of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from clingo.symbol import Symbol, parse_term

from pysched.bench.engine import Answer, Job, UnavailableError
from pysched.facts import read_schedule
from pysched.model import Schedule

from .program import program_text

Found = Callable[[Schedule], None]

FASTLANE = (
    "--preset=lns",
    "--destruction=simple,60",
    "--init-opt-strategy=usc,oll,stratify,disjoint",
    "--init-time-limit=2",
    "--lns-time-limit=1",
)
CORES = {"solver": {"opt_strategy": "usc,oll,disjoint,stratify"}}
ALASPO = {
    "strategy": {"name": "roulette", "alpha": 0.2, "lexWeight": 100},
    "initialOperator": {"timeout": 0, "configuration": CORES},
    "relaxOperators": [{"type": "randomAtoms", "sizes": [0.1, 0.2, 0.4]}],
    "searchOperators": [{"name": "default", "timeouts": [1], "configuration": CORES}],
}
"""Fastlane frees 40, 60, 75 or 85 % of the assignments in a step, core-guided or not, or fixes them
by heuristics: the best of these settings on two weeks, 20 s each. Alaspo drops what it finds in a
step that its time ends, so small steps, and core-guided ones, did best."""
CLOSING_SECONDS = 1.2
"""Fastlane tells its schedule after the step during which its time ended, of a second at most."""

ASSIGNMENT = re.compile(r'assign\("[^"]*",\("[^"]*",\d+\)\)')


def fastlane(job: Job, found: Found) -> Answer:
    """Search with potassco-fastlane, which needs Python 3.12: `PYSCHED_FASTLANE` is its command.

    Its time ends early enough for the last step to end; costs on the way are its own figures.

    Raises:
        UnavailableError: there is no such command.
    """
    command = _command("PYSCHED_FASTLANE", "fastlane", "potassco-fastlane")
    left = max(1, int(job.time_limit_seconds - CLOSING_SECONDS))
    options = [*FASTLANE, f"--time-limit={left}", f"--seed={job.seed}", f"-t={job.threads}"]
    trace = []
    for seconds, line in _lines([command, *options], job, program_text(job)):
        step = re.match(r" *[\d.]+ - +\w+: +(-?\d.*)", line)
        if step:
            trace.append((seconds, _levels(job, step[1])))
        elif "assign(" in line:
            found(_schedule(job, line))
    tuning = " ".join([*FASTLANE, f"-t {job.threads}"])
    status = "feasible" if trace else "unknown"
    return Answer(status=status, tuning=tuning, trace=tuple(trace))


def alaspo(job: Job, found: Found) -> Answer:
    """Search with alaspo, which takes clingo 5.8.2 at most: `PYSCHED_ALASPO` is its command.

    Raises:
        UnavailableError: there is no such command.
    """
    command = _command("PYSCHED_ALASPO", "alaspo", "alaspo")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as config:
        json.dump(ALASPO, config)
        config.flush()
        options = ["-c", config.name, "-gt", str(int(job.time_limit_seconds)), "-v", "2"]
        last: Schedule | None = None
        arguments = [command, *options, "-sd", str(job.seed), "-i"]
        for _, line in _lines(arguments, job, program_text(job)):
            if "assign(" in line and (schedule := _schedule(job, line)) != last:
                last = schedule
                found(schedule)
    status = "feasible" if last else "unknown"
    return Answer(status=status, tuning=f"{json.dumps(ALASPO)}, one thread")


def _command(variable: str, name: str, package: str) -> str:
    command = os.environ.get(variable) or shutil.which(name)
    if command is None:
        raise UnavailableError(
            f"{name} is not here: pip install {package} into an environment that it accepts, "
            f"and name its command in {variable}"
        )
    return command


def _lines(arguments: list[str], job: Job, program: str) -> Iterator[tuple[float, str]]:
    """Run a command on a program; give its lines with the seconds they came at, until time ends."""
    began = monotonic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "week.lp"
        file.write_text(program, encoding="utf-8")
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        limit = str(job.time_limit_seconds + 0.5)
        with subprocess.Popen(
            ["timeout", "-k", "1", limit, *arguments, str(file)],  # noqa: S607
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            for line in process.stdout:
                yield monotonic() - began, re.sub(r"\x1b\[[0-9;]*m", "", line)


def _levels(job: Job, text: str) -> dict[int, int]:
    levels = sorted({level for _, level in job.network.rules.weights.values()}, reverse=True)
    return dict(zip(levels, map(int, text.split()), strict=True))


def _schedule(job: Job, line: str) -> Schedule:
    symbols: list[Symbol] = [parse_term(atom) for atom in ASSIGNMENT.findall(line)]
    return read_schedule(job.week, symbols)
