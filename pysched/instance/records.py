"""States as JSON: written for the next week and for people, validated when read back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pysched.instance.fields import CategoryId, Day, PhysicianId, Section, TaskId
from pysched.instance.findings import Findings
from pysched.instance.json_text import FORMAT, known_of, parse_json
from pysched.instance.rows import AssignmentRow
from pysched.instance.scenario import InstanceError
from pysched.instance.tables import read_text
from pysched.model import Assignment, Load, Network, State

_MOST = 2_000_000_000
Count = Annotated[int, Field(ge=0, le=_MOST)]
Minutes = Annotated[int, Field(ge=-_MOST, le=_MOST)]


class LoadRow(Section):
    """The load of a physician in a category."""

    physician: PhysicianId
    category: CategoryId
    count: Count
    minutes: Count
    count_share: Count
    minutes_share: Count


class StreakRow(Section):
    """In how many last weeks in a row a physician had a task."""

    physician: PhysicianId
    task: TaskId
    weeks: Annotated[int, Field(ge=1, le=_MOST)]


class StateRecord(Section):
    """A state as a JSON file holds it."""

    kind: Literal["state"] = "state"
    format: int = FORMAT
    last_week: Day | None
    month: Day | None
    loads: list[LoadRow]
    balance_minutes: dict[PhysicianId, Minutes]
    month_minutes: dict[PhysicianId, Minutes]
    tail: list[AssignmentRow]
    streaks: list[StreakRow]

    def misfits(self) -> Iterator[tuple[str, object, str]]:
        """Yield field, value and what was expected where parts contradict themselves or others."""
        if self.last_week is not None and self.last_week.weekday() != 0:
            yield "last_week", self.last_week, "a Monday"
        if self.month is not None and self.month.day != 1:
            yield "month", self.month, "the first day of a month"
        days = _days_from(self.last_week)
        for row in self.tail:
            if row.day not in days:
                yield "tail", row.day, "a day of the week of last_week"
        loads = [(row.physician, row.category) for row in self.loads]
        yield from (("loads", key, "each pair once") for key in _doubles(loads))
        streaks = [(row.physician, row.task) for row in self.streaks]
        yield from (("streaks", key, "each pair once") for key in _doubles(streaks))


def state_to_json(state: State) -> str:
    """Return a state as the text of a JSON file, the same for equal states."""
    record = StateRecord.model_construct(
        last_week=state.last_week,
        month=state.month,
        loads=[
            LoadRow.model_construct(
                physician=physician,
                category=category,
                count=load.count,
                minutes=load.minutes,
                count_share=load.count_share,
                minutes_share=load.minutes_share,
            )
            for (physician, category), load in sorted(state.loads.items())
        ],
        balance_minutes=dict(sorted(state.balance_minutes.items())),
        month_minutes=dict(sorted(state.month_minutes.items())),
        tail=[_assignment_row(a) for a in sorted(state.tail)],
        streaks=[
            StreakRow.model_construct(physician=physician, task=task, weeks=weeks)
            for (physician, task), weeks in sorted(state.streaks.items())
        ],
    )
    return record.model_dump_json(indent=1) + "\n"


def state_from_json(text: str, file: str, network: Network) -> State:
    """Return the state that a JSON text holds.

    Args:
        text: the text.
        file: what to call it in problems.
        network: what the state is about; it may name nothing else.

    Raises:
        InstanceError: something is wrong; it lists all that is.
    """
    record = parse_json(text, file, StateRecord, known_of(network))
    findings = Findings()
    for field, value, expected in record.misfits():
        findings.problem(file, None, field, str(value), expected)
    if findings.problems:
        raise InstanceError(findings.problems)
    load = attrgetter("count", "minutes", "count_share", "minutes_share")
    return State(
        last_week=record.last_week,
        loads={(row.physician, row.category): Load(*load(row)) for row in record.loads},
        balance_minutes=record.balance_minutes,
        month=record.month,
        month_minutes=record.month_minutes,
        tail=frozenset(Assignment(row.day, row.task, row.physician) for row in record.tail),
        streaks={(row.physician, row.task): row.weeks for row in record.streaks},
    )


def read_state(path: Path, network: Network, monday: date) -> State:
    """Return the state that a file holds, to schedule the week of a Monday from it.

    Raises:
        InstanceError: the file cannot be read, is wrong or about that week or a later one.
    """
    state = state_from_json(read_file(path), path.name, network)
    if state.last_week is not None and state.last_week >= monday:
        findings = Findings()
        expected = f"a week before {monday}, which is to be scheduled from this state"
        findings.problem(path.name, None, "last_week", str(state.last_week), expected)
        raise InstanceError(findings.problems)
    return state


def read_file(path: Path) -> str:
    """Return the text of a file.

    Raises:
        InstanceError: it cannot be read or is no text.
    """
    findings = Findings()
    try:
        text = read_text(path, findings)
    except OSError as error:
        expected = f"a file that can be read: {error.strerror}"
        findings.problem(str(path), None, "file", path.name, expected)
        text = None
    if text is None:
        raise InstanceError(findings.problems)
    return text


def _assignment_row(assignment: Assignment) -> AssignmentRow:
    return AssignmentRow.model_construct(
        day=assignment.day, task=assignment.task, physician=assignment.physician
    )


def _days_from(monday: date | None) -> set[date]:
    return set() if monday is None else {monday + timedelta(days=n) for n in range(7)}


def _doubles(keys: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [key for key, count in Counter(keys).items() if count > 1]
