"""What is odd in a scenario but workable, each with the place to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pysched.instance.calendar import clocks_change
from pysched.instance.row_oddities import pin_oddities, wish_oddities
from pysched.instance.scenario import Problem, Scenario
from pysched.instance.view import View, view_of
from pysched.instance.weeks import runs_on

_FILE = "network.yaml"


def oddities(scenario: Scenario) -> tuple[Problem, ...]:
    """Return the warnings about a scenario, by file and row."""
    view = view_of(scenario)
    found = [
        *_useless(scenario),
        *_uncovered(scenario, view),
        *_skipped(scenario, view),
        *_outside(scenario),
        *pin_oddities(scenario, view),
        *wish_oddities(scenario, view),
    ]
    return tuple(sorted(found, key=lambda problem: (problem.file, problem.row or 0)))


def _in_network(scenario: Scenario, key: str, value: str, expected: str) -> Problem:
    return Problem(_FILE, scenario.lines.get((_FILE, key)), key, value, expected)


def _useless(scenario: Scenario) -> Iterator[Problem]:
    """Yield tasks that nobody can do or that never run, physicians who can do nothing."""
    network = scenario.network
    done = {task for _, task in network.skills}
    able = {physician for physician, _ in network.skills}
    for task in network.tasks.values():
        if task.id not in done:
            yield _in_network(
                scenario, f"tasks.{task.id}", task.id, "a task that somebody has the skill for"
            )
        if not task.weekdays and task.public_holidays != "also":
            yield _in_network(scenario, f"tasks.{task.id}", "no days", "a task that runs")
    for physician in network.physicians:
        if physician not in able:
            has_row = (_FILE, f"skills.{physician}") in scenario.lines
            key = f"{'skills' if has_row else 'physicians'}.{physician}"
            yield _in_network(scenario, key, physician, "a physician with a skill")


def _uncovered(scenario: Scenario, view: View) -> Iterator[Problem]:
    """Yield duties that somebody could do, were he present."""
    for duty in view.duties:
        skilled = view.skilled.get(duty[0], ())
        if skilled and not any(view.is_present(physician, duty) for physician in skilled):
            expected = "somebody with the skill who is present"
            yield _in_network(scenario, f"tasks.{duty[0]}", str(duty[1]), expected)


def _skipped(scenario: Scenario, view: View) -> Iterator[Problem]:
    """Yield duties that do not take place because the clocks jump over their hours."""
    network = scenario.network
    days = (scenario.last_day - scenario.first_day).days + 1
    for day in (scenario.first_day + timedelta(days=n) for n in range(days)):
        if not clocks_change(network.calendar.timezone, day):
            continue
        for task in network.tasks.values():
            runs = runs_on(task, day, day in view.holidays) and (task.id, day) not in view.closed
            if runs and (task.id, day) not in view.duties:
                expected = "hours that the clocks do not jump over"
                yield _in_network(scenario, f"tasks.{task.id}", str(day), expected)


def _outside(scenario: Scenario) -> Iterator[Problem]:
    """Yield rows that no week reads, as they lie outside the horizon."""
    first, last = scenario.first_day, scenario.last_day
    expected = f"a day from {first} to {last}; the row is ignored"
    for file, name, spans in _spans(scenario):
        # A night of the last Sunday reaches into the Monday after, so absences of that day matter.
        end = last + timedelta(days=1) if file == "absences.csv" else last
        for position, (span_first, span_last) in enumerate(spans):
            if span_last < first or span_first > end:
                row = scenario.lines.get((file, position))
                yield Problem(file, row, name, str(span_first), expected)


def _spans(scenario: Scenario) -> list[tuple[str, str, list[tuple[date, date]]]]:
    """Return files with a field and the days that each row is about.

    History may lie before the horizon: its rows are stretched to the first day.
    """
    first = scenario.first_day
    return [
        ("absences.csv", "first_day", [(row.first_day, row.last_day) for row in scenario.absences]),
        ("closures.csv", "first_day", [(row.first_day, row.last_day) for row in scenario.closures]),
        ("requests.csv", "day", [(row.day, row.day) for row in scenario.requests]),
        ("pins.csv", "day", [(row.day, row.day) for row in scenario.pins]),
        ("by_hand.csv", "day", [(row.day, row.day) for row in scenario.by_hand]),
        ("history.csv", "day", [(row.day, max(row.day, first)) for row in scenario.history]),
    ]
