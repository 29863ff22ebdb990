"""From a publication to the week-end: changes are paid by the stored versions of the week, once."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pysched.bank.profile import bank_profile
from pysched.department import Accounts, Order, PlannedWeek, Run, StoreError, correct_week
from pysched.department.versions import Version, Versions
from pysched.department.week import plan_week
from pysched.explain.amendment import Amendment, amend
from pysched.explain.published import minute_of, under_way
from pysched.explain.repair import repair
from pysched.model import Absence, Assignment, Schedule, State
from pysched.solver import Options
from pysched.store.tables import metadata
from tests.department.long_toy import NETWORK, SCENARIO, weeks

WEEK, NEXT = weeks(2)
OPTIONS = Options(None, 2_000, 1, 1)
ORDER = Order(SCENARIO, (WEEK,), State(), OPTIONS, bank=bank_profile())
EARLY = datetime(2024, 4, 8, 12, tzinfo=UTC)
NOW = datetime(2024, 4, 16, 18, tzinfo=UTC)
THURSDAY, SATURDAY = date(2024, 4, 18), date(2024, 4, 20)
SICK = Amendment(absences=(Absence("carla", THURSDAY, date(2024, 4, 21), "sick"),))
FIRST = plan_week(ORDER, WEEK, State()).record.schedule
Line = tuple[str, date, str]


def version(schedule: Schedule, made: datetime, **others: object) -> Version:
    """Return a published version, or one of another kind."""
    basis = Version(schedule, "published", "anna", made, State())
    return replace(basis, **others)  # type: ignore[arg-type]


def repaired() -> Schedule:
    """Return the week after Carla called in sick on Tuesday evening."""
    network, amended = amend(NETWORK, WEEK, SICK)
    standing = under_way(amended, FIRST, minute_of(amended, NOW))
    return repair(network, standing, State(), FIRST, OPTIONS).schedule


SECOND = repaired()


def store(url: str, *versions: Version) -> None:
    """Store versions."""
    with Versions(SCENARIO, url) as opened:
        for row in versions:
            opened.add(row)


def close(url: str, order: Order = ORDER) -> PlannedWeek:
    """Run the week with the bank."""
    with Run(order, url) as run:
        (planned,) = run.weeks()
    return planned


def earned(url: str) -> dict[Line, str]:
    """Return (physician, day, kind of sacrifice) -> the sentence of each award."""
    lines: dict[Line, str] = {}
    with Accounts(url) as accounts:
        for name in accounts.physicians:
            for entry in accounts.history(name):
                if entry.kind == "earn":
                    lines[name, entry.day, entry.key.split("|")[1]] = entry.sentence
    return lines


def taken() -> set[tuple[str, date]]:
    """Return whose day, free in the first version, has a duty in the second one."""
    had = {(row.physician, row.day) for row in FIRST}
    return {(row.physician, row.day) for row in SECOND} - had


def changed() -> set[tuple[str, date]]:
    """Return who has another duty than first on a day that was not free, or is not paid as such.

    Dario's Saturday is the third of his free days that was taken: one more than are paid as such.
    """
    new = {(row.physician, row.day) for row in SECOND.assignments - FIRST.assignments}
    return (new - taken()) | {("dario", SATURDAY)}


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    with sqlite3.connect(path) as connection:
        return {
            table.name: sorted(connection.execute(f"SELECT * FROM {table.name}"), key=repr)  # noqa: S608
            for table in metadata.tables.values()
        }


def test_a_free_day_that_was_taken_is_paid(tmp_path: Path) -> None:
    """Who came in for Carla earns a day off, whose duty changed a change; once, with sentences."""
    path = tmp_path / "bank.sqlite"
    url = f"sqlite:///{path}"
    store(url, version(FIRST, EARLY), version(SECOND, NOW, amendment=SICK, note="sick"))
    planned = close(url)
    assert (planned.record.schedule, planned.record.search.status) == (SECOND, "published")
    assert planned.after.tail == SECOND.assignments
    lines = earned(url)
    assert ("dario", THURSDAY) in taken()
    assert ("anna", THURSDAY) in changed()
    assert taken() - changed() == {(who, day) for who, day, kind in lines if kind == "sdo"}
    assert changed() == {(who, day) for who, day, kind in lines if kind == "change"}
    assert lines["dario", THURSDAY, "sdo"].startswith("Dario")
    assert "told 24 h or more before" in lines["dario", THURSDAY, "sdo"]
    before = rows_of(path)
    assert close(url).record == planned.record
    assert rows_of(path) == before


def test_a_week_that_was_not_published_is_planned(tmp_path: Path) -> None:
    """A draft is not told to anybody: the week is searched, and nothing of it was changed."""
    url = f"sqlite:///{tmp_path / 'bank.sqlite'}"
    store(url, version(SECOND, EARLY, kind="draft"))
    planned = close(url)
    assert planned.record.schedule == FIRST
    assert {kind for _, _, kind in earned(url)} & {"sdo", "change"} == set()


def test_what_was_worked_is_settled(tmp_path: Path) -> None:
    """Even against a hard rule, which is said; a change that nobody published is told too late."""
    url = f"sqlite:///{tmp_path / 'bank.sqlite'}"
    kept = {row for row in FIRST if row.duty != ("guard", THURSDAY)}
    really = Schedule(WEEK.monday, frozenset(kept | {Assignment(THURSDAY, "guard", "dario")}))
    store(url, version(FIRST, EARLY), version(really, NOW, kind="worked"))
    planned = close(url)
    assert (planned.record.schedule, planned.record.search.status) == (really, "worked")
    assert [row.rule for row in planned.record.accepted] == ["skill"]
    assert planned.is_settled
    sentence = earned(url)["dario", THURSDAY, "sdo"]
    assert "told less than 24 h before" in sentence


def test_a_week_changed_after_its_close_is_corrected(tmp_path: Path) -> None:
    """By its versions: the week-end knew of none; the same again changes nothing."""
    path = tmp_path / "bank.sqlite"
    url = f"sqlite:///{path}"
    assert close(url).record.schedule == FIRST
    store(url, version(FIRST, EARLY), version(SECOND, NOW, amendment=SICK))
    correct_week(SCENARIO, WEEK, SECOND, url, date(2024, 4, 23))
    lines = earned(url)
    assert "told 24 h or more before" in lines["dario", THURSDAY, "sdo"]
    assert changed() == {(who, day) for who, day, kind in lines if kind == "change"}
    before = rows_of(path)
    again = correct_week(SCENARIO, WEEK, SECOND, url, date(2024, 4, 24))
    assert (again.correction.reversals, again.correction.awards) == ((), ())
    assert rows_of(path) == before


def test_the_next_week_follows_from_what_was_worked(tmp_path: Path) -> None:
    """It is planned as usual, from the state that the versions leave."""
    url = f"sqlite:///{tmp_path / 'bank.sqlite'}"
    store(url, version(FIRST, EARLY), version(SECOND, NOW, amendment=SICK))
    with Run(replace(ORDER, weeks=(WEEK, NEXT)), url) as run:
        first, second = run.weeks()
    assert second.before == first.after
    assert second.record.search.status in {"optimal", "feasible"}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            Schedule(WEEK.monday, frozenset([Assignment(THURSDAY, "ward", "zoe")])),
            "ward@2024-04-18",
        ),
        (FIRST, ".*no duty tea@2024-04-18"),
    ],
)
def test_a_version_of_another_scenario_is_refused(
    other: Schedule, said: str, tmp_path: Path
) -> None:
    """It is named, and nothing is settled."""
    url = f"sqlite:///{tmp_path / 'bank.sqlite'}"
    strange = Amendment(closed=(("tea", THURSDAY),)) if other == FIRST else Amendment()
    store(url, version(other, EARLY, amendment=strange))
    with pytest.raises(StoreError, match=f"version 1 .* does not fit the scenario: {said}"):
        close(url)


def test_a_published_week_that_breaks_a_rule_is_not_settled(tmp_path: Path) -> None:
    """Somebody has to repair it, or to say what was worked."""
    url = f"sqlite:///{tmp_path / 'bank.sqlite'}"
    broken = Schedule(WEEK.monday, frozenset([Assignment(THURSDAY, "ward", "bruno")]))
    store(url, version(broken, EARLY))
    planned = close(url)
    assert not planned.is_settled
    assert "broken: absence, bruno, ward@2024-04-18" in planned.faults[0]


def test_a_published_week_is_taken_without_the_bank_too(tmp_path: Path) -> None:
    """As published last; once it is settled a later version changes nothing of the run."""
    url = f"sqlite:///{tmp_path / 'v.sqlite'}"
    store(url, version(FIRST, EARLY), version(SECOND, NOW.replace(hour=19), amendment=SICK))
    plain = replace(ORDER, bank=None)
    with Run(plain, url) as run:
        assert run.versions()[WEEK.monday].number == 2
        assert run.settled(WEEK) is None
        (planned,) = run.weeks()
    assert planned.record.schedule == SECOND
    assert planned.record.search.status == "published"
    with Run(plain, url) as run:
        (again,) = run.weeks()
    assert again.is_stored
    assert again.record == planned.record


def test_a_settled_week_that_is_published_otherwise_is_taken_so(tmp_path: Path) -> None:
    """Weeks before stay, those after follow from it; and the same again finds all of it."""
    url = f"sqlite:///{tmp_path / 'v.sqlite'}"
    order = replace(ORDER, bank=None, weeks=weeks(3))
    with Run(order, url) as run:
        settled = list(run.weeks())
    fewer = [frozenset(sorted(p.record.schedule.assignments)[1:]) for p in settled]
    changed = [Schedule(p.record.monday, rows) for p, rows in zip(settled, fewer, strict=True)]
    store(url, version(settled[0].record.schedule, EARLY))
    with Run(order, url) as run:
        assert (run.stored, run.replaced) == (3, set())
    store(url, version(changed[1], EARLY))
    with Run(order, url) as run:
        assert (run.stored, run.others) == (1, 0)
        assert run.replaced == {NEXT.monday}
        first, second, third = run.weeks()
    assert first.record == settled[0].record
    assert (first.is_stored, second.is_stored, third.is_stored) == (True, False, False)
    assert second.record.schedule == changed[1]
    assert third.before == second.after != settled[1].after
    with Run(order, url) as run:
        assert run.stored == 3
    store(url, version(changed[0], NOW))
    with Run(order, url) as run:
        assert [p.record.schedule for p in run.weeks()][:2] == changed[:2]
