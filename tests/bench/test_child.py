"""Runs apart: memory, crashes, overruns, and what they had found."""

import os
import pickle
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pysched.bench.journal import Found, Started, entries
from tests.bench.making import run_engine, toy_cases


def test_every_schedule_has_its_time() -> None:
    """The imports before the run do not count."""
    outcome = run_engine("parrot")
    times = [found.seconds for found in outcome.found]
    assert times == sorted(times)
    assert 0.2 < times[0] < 0.6
    assert outcome.found[-1].schedule == toy_cases()[0].start
    assert outcome.ended is not None
    assert times[-1] <= outcome.seconds < 1.5
    assert (outcome.status, outcome.failure) == ("", "")


def test_memory_is_that_of_the_run_alone() -> None:
    """A big parent, or a big run before, does not count."""
    block = bytearray(400 * 1024 * 1024)
    small = run_engine("parrot").memory_mb
    del block
    big = run_engine("hungry").memory_mb
    assert 20 < small < 250
    assert small + 250 < big < small + 400


def test_a_crash_loses_nothing() -> None:
    """What was found before is there; the last words say how it ended."""
    outcome = run_engine("crashing")
    assert [found.schedule for found in outcome.found] == [toy_cases()[0].start]
    assert (outcome.status, outcome.ended) == ("crashed", None)
    assert outcome.failure == "exit code 3: about to die"


def test_an_engine_that_raises_has_failed() -> None:
    """With what it raised, and what it had found."""
    outcome = run_engine("failing")
    assert len(outcome.found) == 1
    assert (outcome.status, outcome.failure) == ("failed", "ValueError: no way on")


def test_an_engine_that_reports_something_else_has_failed() -> None:
    """A row says so, instead of an end to the whole benchmark."""
    outcome = run_engine("mumbling")
    assert (outcome.status, outcome.failure) == (
        "failed",
        "TypeError: 'a schedule' is no schedule",
    )


def test_an_engine_that_is_not_there_has_failed() -> None:
    """Its name is said."""
    outcome = run_engine("nobody")
    assert outcome.status == "failed"
    assert "nobody" in outcome.failure


def test_an_overrun_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found in time is there."""
    file = tmp_path / "sleeper"
    monkeypatch.setenv("SLEEPER", str(file))
    begun = time.monotonic()
    outcome = run_engine("sleeping", limit=0.5, grace=1.0)
    assert time.monotonic() - begun < 20
    assert (outcome.status, len(outcome.found)) == ("overrun", 1)
    assert outcome.memory_mb > 20
    assert not is_running(int(file.read_text()))


def is_running(process: int) -> bool:
    """Return whether a process runs; one that only waits to be collected does not."""
    for _ in range(50):
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_an_engine_says_that_it_is_not_available() -> None:
    """Which is neither an answer nor a failure of the run."""
    outcome = run_engine("lacking")
    assert outcome.ended is not None
    assert outcome.ended.is_unavailable
    assert outcome.failure == "no such machine here"


def test_a_journal_that_was_cut_short_is_read_up_to_there(tmp_path: Path) -> None:
    """Wherever it was cut."""
    file = tmp_path / "journal"
    found = Found(1.5, toy_cases()[0].start)
    whole = pickle.dumps(Started()) + pickle.dumps(found)
    for cut in (1, 40, len(pickle.dumps(found)) - 1):
        file.write_bytes(whole + pickle.dumps(replace(found, seconds=2.0))[:cut])
        assert list(entries(file)) == [Started(), found]
