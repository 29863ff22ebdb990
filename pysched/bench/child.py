"""A run in a process of its own, ended if it overruns; a crash is an outcome like any other."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pysched.bench.journal import Ended, Found, Order, entries
from pysched.bench.memory import peak_mb_of

STARTUP_SECONDS = 120.0
"""For the imports of an engine."""
POLL_SECONDS = 0.1
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Outcome:
    """What became of a run.

    Args:
        found: the schedules reported, in order.
        ended: the engine's own ending; None if it crashed or was killed.
        failure: what went wrong, in a line; empty if nothing did.
        status: failed, crashed or overrun; empty if the engine answered.
    """

    found: tuple[Found, ...]
    ended: Ended | None
    seconds: float
    memory_mb: float
    status: str = ""
    failure: str = ""


def grace_seconds(limit: float) -> float:
    """Return how long over its time limit an engine is let run before it is killed."""
    return 10.0 + limit / 2


def run_apart(order: Order, grace: Callable[[float], float] = grace_seconds) -> Outcome:
    """Run an engine on a job in a new process and return what became of it.

    While the engine runs this process sleeps. Whatever ends the wait ends the engine too, with all
    the processes that it started.
    """
    with TemporaryDirectory(prefix="pysched-bench-") as name:
        journal, said = Path(name) / "journal", Path(name) / "said"
        journal.touch()
        with said.open("wb") as output:
            process = _start(order, journal, output.fileno())
            try:
                outcome = _wait(order, process, journal, grace)
            finally:
                _kill(process)
        if outcome.status == "crashed":
            outcome = replace(outcome, failure=_last_words(process.returncode, said))
        return outcome


def _start(order: Order, journal: Path, output: int) -> subprocess.Popen[bytes]:
    places = [str(_PACKAGE_ROOT), os.environ.get("PYTHONPATH", "")]
    variables = {"PYTHONPATH": os.pathsep.join(filter(None, places)), "PYTHONHASHSEED": "0"}
    # -P: a folder of the caller must not stand in for a module.
    command = [sys.executable, "-P", "-m", "pysched.bench.worker", str(journal)]
    # A session of its own: Ctrl-C on the terminal reaches this process alone, which ends the other.
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        env=os.environ | variables,
        start_new_session=True,
    )
    with suppress(BrokenPipeError), process.stdin as stream:  # type: ignore[union-attr]
        stream.write(pickle.dumps(order))
    return process


def _wait(
    order: Order,
    process: subprocess.Popen[bytes],
    journal: Path,
    grace: Callable[[float], float],
) -> Outcome:
    limit = order.job.time_limit_seconds
    begun = time.monotonic()
    while not journal.stat().st_size and time.monotonic() - begun < STARTUP_SECONDS:
        if process.poll() is not None:
            break
        time.sleep(POLL_SECONDS)
    started = time.monotonic()
    memory, is_late = 0.0, False
    try:
        process.wait(limit + grace(limit))
    except subprocess.TimeoutExpired:
        memory, is_late = peak_mb_of(process.pid), True
        _kill(process)
    return _outcome(journal, time.monotonic() - started, memory, is_late)


def _outcome(journal: Path, seconds: float, memory: float, is_late: bool) -> Outcome:
    written = list(entries(journal))
    found = tuple(entry for entry in written if isinstance(entry, Found))
    ended = next((entry for entry in written if isinstance(entry, Ended)), None)
    if ended is not None:
        status = "failed" if ended.answer is None else ""
        return Outcome(found, ended, ended.seconds, ended.memory_mb, status, ended.failure)
    if is_late:
        return Outcome(found, None, seconds, memory, "overrun", f"killed after {seconds:.0f} s")
    return Outcome(found, None, seconds, memory, "crashed")


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_words(code: int, said: Path) -> str:
    lines = [line for line in said.read_text(errors="replace").splitlines() if line.strip()]
    ending = f"signal {-code}" if code < 0 else f"exit code {code}"
    return f"{ending}: {lines[-1][:200]}" if lines else ending
