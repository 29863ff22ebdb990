"""A synthetic schedule by hand: what a planner with habits and a telephone might have made.

    python benchmarks/by_hand.py [FOLDER]

writes by_hand.csv into the folder, instances/ferrara if none is named, and says what is left open.
No real schedule was seen. Nothing in it is drawn by chance; instances/ferrara/README.md describes
the planner.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pysched.check.case import Case
from pysched.check.checker import HARD
from pysched.instance import Scenario, read_scenario, weeks_of
from pysched.model import Assignment, Duty, Network, Schedule, State, Task, Week

FERRARA = Path(__file__).resolve().parents[1] / "instances" / "ferrara"
CALLS = 2
"""How many physicians the planner calls, after the one whose turn it is, to save a night."""
ORDER = ("night", "on_call", "ward", "surgery", "on_site", "clinic")
"""What the planner fills first."""


@dataclass
class Planner:
    """What the planner has in mind.

    Args:
        network: physicians, tasks and skills.
        wheel: physicians with the skill for nights on site, the next in turn first.
        habits: (physician, task, weekday) -> how often he had it.
        times: (physician, task) -> how often he had it.
        done: assignments so far; `tail` those of the week before.
    """

    network: Network
    wheel: list[str]
    habits: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    times: Counter[tuple[str, str]] = field(default_factory=Counter)
    done: list[Assignment] = field(default_factory=list)
    tail: frozenset[Assignment] = frozenset()


def by_hand(scenario: Scenario) -> tuple[Assignment, ...]:
    """Return the schedule of all weeks by day, task and physician."""
    planner = Planner(scenario.network, wheel_of(scenario.network))
    for week in weeks_of(scenario):
        plan_week(planner, week)
    return tuple(sorted(planner.done))


def plan_week(planner: Planner, week: Week) -> list[Assignment]:
    """Return the assignments of a week; the planner remembers them."""
    desk = _Week(planner, week)
    for duties in _by_kind(planner.network, week).values():
        desk.fill(duties)
    planner.done += desk.rows
    planner.tail = frozenset(desk.rows)
    return desk.rows


def by_hand_text(scenario: Scenario) -> str:
    """Return the schedule as the text of by_hand.csv."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("day", "task", "physician"))
    writer.writerows((row.day, row.task, row.physician) for row in by_hand(scenario))
    return buffer.getvalue()


class _Week:
    """One week on the planner's desk."""

    def __init__(self, planner: Planner, week: Week) -> None:
        self.planner, self.network, self.week = planner, planner.network, week
        self.rows: list[Assignment] = []
        self.mine: dict[str, list[Assignment]] = defaultdict(list)
        self.state = State(tail=planner.tail)
        self.duties = {duty.key: duty for duty in week.duties}

    def fill(self, duties: Sequence[Duty]) -> None:
        """Fill duties one after another, as far as somebody can be found."""
        for duty in duties:
            task = self.network.tasks[duty.task]
            names = self._night(duty) if _is_night_guard(task) else self._habitual(duty)
            # At the main hospital nobody does two things at once, unless a guard would be missing.
            twice = [False, True] if task.essential or not self._is_main(task) else [False]
            found = next((p for may in twice for p in names if self._can(p, duty, may)), None)
            if found is not None:
                self._take(Assignment(duty.day, duty.task, found))

    def _take(self, row: Assignment) -> None:
        self.rows.append(row)
        self.mine[row.physician].append(row)
        self.planner.habits[row.physician, row.task, row.day.weekday()] += 1
        self.planner.times[row.physician, row.task] += 1
        wheel = self.planner.wheel
        if _is_night_guard(self.network.tasks[row.task]) and row.physician in wheel:
            wheel.remove(row.physician)
            wheel.append(row.physician)

    def _night(self, duty: Duty) -> list[str]:
        """Return whom to ask for a night: the next in turn, a few more, then whoever is around."""
        wheel = list(self.planner.wheel)
        asked, rest = wheel[: 1 + CALLS], wheel[1 + CALLS :]
        around = [p for p in self._around(duty) if p not in wheel]
        return [*asked, *around, *rest]

    def _around(self, duty: Duty) -> Iterator[str]:
        """Yield those without the skill who do guards there by day, least senior first."""
        site = self.network.tasks[duty.task].hospital
        guards = {
            name
            for name, task in self.network.skills
            if self.network.tasks[task].kind == "on_site"
            and self.network.tasks[task].hospital == site
        }
        people = sorted(self.network.physicians.values(), key=lambda p: p.seniority_years)
        nights = Counter(row.physician for row in self.planner.done if row.task == duty.task)
        yield from sorted((p.id for p in people if p.id in guards), key=lambda name: nights[name])

    def _habitual(self, duty: Duty) -> list[str]:
        """Return who may do a task: those of this week's ward, then those who usually have it."""
        task, day = duty.task, duty.day.weekday()
        skilled = [p for p in self.network.physicians if (p, task) in self.network.skills]
        week = Counter(row.physician for row in self.rows if row.task == task)
        is_ward = self.network.tasks[task].kind == "ward"

        def usual(name: str) -> tuple[int, int, int]:
            of_week = week[name] if is_ward else 0
            habit = self.planner.habits[name, task, day]
            return -of_week, -habit, -self.planner.times[name, task]

        return sorted(skilled, key=usual)

    def _can(self, physician: str, duty: Duty, may_overlap: bool) -> bool:
        """Return whether no hard rule but skill is broken, and whether he has nothing else then."""
        mine = self.mine[physician]
        others = [self.duties[row.duty] for row in mine]
        if not may_overlap and any(o.start < duty.end and duty.start < o.end for o in others):
            return False
        rows = frozenset((*mine, Assignment(duty.day, duty.task, physician)))
        case = Case(self.network, self.week, self.state, Schedule(self.week.monday, rows))
        return all(b.rule == "skill" for rule in HARD for b in rule(case) if physician in b.culprit)

    def _is_main(self, task: Task) -> bool:
        return self.network.hospitals[task.hospital].main


def _by_kind(network: Network, week: Week) -> dict[str, list[Duty]]:
    """Return the duties in the order in which the planner takes them up."""
    found: dict[str, list[Duty]] = {kind: [] for kind in ORDER}
    for duty in week.duties:
        task = network.tasks[duty.task]
        found["night" if _is_night_guard(task) else task.kind].append(duty)
    return found


def _is_night_guard(task: Task) -> bool:
    return task.is_night and task.kind == "on_site"


def wheel_of(network: Network) -> list[str]:
    """Return those with the skill for nights on site, in the order of the network."""
    nights = {task.id for task in network.tasks.values() if _is_night_guard(task)}
    return [p for p in network.physicians if any((p, task) in network.skills for task in nights)]


def open_text(scenario: Scenario) -> str:
    """Return how many duties the planner leaves open, in words."""
    duties = {duty.key for week in weeks_of(scenario) for duty in week.duties}
    left = duties - {row.duty for row in by_hand(scenario)}
    essential = sum(scenario.network.tasks[task].essential for task, _ in left)
    return f"open: {len(left)} of {len(duties)}, {essential} of them essential"


def main() -> None:
    """Write the file; print what is left open."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=FERRARA, help="of the scenario")
    folder = parser.parse_args().folder
    scenario = read_scenario(folder)
    text = by_hand_text(scenario)
    (folder / "by_hand.csv").write_text(text, encoding="utf-8", newline="")
    print(open_text(scenario))


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
