"""Reading the competition's text files; every error names file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .model import ANY, DAYS, Assignment, Contract, History, Nurse, Past, Range, Scenario, Week

RANGE = re.compile(r"\((\d+),(\d+)\)")
NAME = re.compile(r"(n\d+w\d+)_(\d+)_(\d+(?:-\d+)*)")


@dataclass(frozen=True, slots=True)
class Instance:
    """A scenario with a history to start from and its weeks in order."""

    name: str
    scenario: Scenario
    history: History
    weeks: tuple[Week, ...]


def read_instance(data: Path, name: str) -> Instance:
    """Read the files of an instance such as n030w4_1_6-2-9-1: set, history, weeks.

    Raises:
        ValueError: the name or a file is not as it should be.
    """
    parts = NAME.fullmatch(name)
    if parts is None:
        raise ValueError(f"instance {name!r} is not named like n030w4_1_6-2-9-1")
    family, history, weeks = parts.groups()
    folder = data / family
    scenario = read_scenario(folder / f"Sc-{family}.txt")
    numbers = weeks.split("-")
    if len(numbers) != scenario.weeks:
        raise ValueError(f"instance {name!r}: the scenario has {scenario.weeks} weeks")
    files = [folder / f"WD-{family}-{number}.txt" for number in numbers]
    return Instance(
        name,
        scenario,
        read_history(folder / f"H0-{family}-{history}.txt", scenario),
        tuple(read_week(file, scenario) for file in files),
    )


class _Lines:
    """The words of a file's lines, one after the other."""

    def __init__(self, file: Path) -> None:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise ValueError(f"{file}: {error.strerror}") from error
        rows = [(n, line.split()) for n, line in enumerate(text.splitlines(), 1)]
        self.file = file
        self._rows = iter([(n, row) for n, row in rows if row])
        self._line, self._row = 0, list[str]()

    def next(self, *form: str) -> list[str]:
        """Return the words of the next line; `form` names those it must have at least."""
        try:
            self._line, self._row = next(self._rows)
        except StopIteration:
            raise ValueError(f"{self.file}: ends where {' '.join(form)!r} is expected") from None
        if len(self._row) < len(form):
            raise self.error(f"expected {' '.join(form)!r}")
        return self._row

    def head(self, title: str) -> None:
        """Read a line that holds a title only."""
        if self.next(title)[0] != title:
            raise self.error(f"expected {title!r}")

    def field(self, title: str) -> str:
        """Read a line `title = value`."""
        row = self.next(title, "=", "value")
        if row[:2] != [title, "="]:
            raise self.error(f"expected '{title} = value'")
        return row[2]

    def number(self, title: str) -> int:
        """Read a line `title = whole number`."""
        value = self.field(title)
        with self.checked():
            return int(value)

    @contextmanager
    def checked(self) -> Iterator[None]:
        """Say where it stands what is wrong in the line read last."""
        try:
            yield
        except (ValueError, KeyError) as error:
            raise self.error(str(error)) from error

    def error(self, what: str) -> ValueError:
        """Return an error with file, line and value."""
        return ValueError(f"{self.file}, line {self._line}: {what}, found {' '.join(self._row)!r}")


def read_scenario(file: Path) -> Scenario:
    """Read a scenario.

    Raises:
        ValueError: see the module.
    """
    lines = _Lines(file)
    name, weeks = lines.field("SCENARIO"), lines.number("WEEKS")
    skills = tuple(lines.next("skill")[0] for _ in range(lines.number("SKILLS")))
    shifts: dict[str, Range] = {}
    for _ in range(lines.number("SHIFT_TYPES")):
        row = lines.next("shift type", "(least,most)")
        with lines.checked():
            shifts[row[0]] = _range(row[1])
    lines.head("FORBIDDEN_SHIFT_TYPES_SUCCESSIONS")
    forbidden: set[tuple[str, str]] = set()
    for _ in shifts:
        row = lines.next("shift type", "number")
        with lines.checked():
            after = row[2 : 2 + int(row[1])]
            forbidden |= {(_one_of(shifts, row[0]), _one_of(shifts, next_)) for next_ in after}
    contracts = dict(_contract(lines) for _ in range(lines.number("CONTRACTS")))
    nurses = dict(_nurse(lines, contracts, skills) for _ in range(lines.number("NURSES")))
    return Scenario(name, weeks, skills, shifts, frozenset(forbidden), contracts, nurses)


def _contract(lines: _Lines) -> tuple[str, Contract]:
    row = lines.next("contract", "(total)", "(work)", "(off)", "weekends", "complete")
    with lines.checked():
        whole = int(_one_of(("0", "1"), row[5])) == 1
        total, work, off = (_range(text) for text in row[1:4])
        return row[0], Contract(total, work, off, int(row[4]), whole)


def _nurse(
    lines: _Lines, contracts: dict[str, Contract], skills: tuple[str, ...]
) -> tuple[str, Nurse]:
    row = lines.next("nurse", "contract", "number of skills", "skill")
    with lines.checked():
        if len(row) != 3 + int(row[2]):
            raise ValueError(f"expected {row[2]} skills")
        known = tuple(_one_of(skills, skill) for skill in row[3:])
        return row[0], Nurse(_one_of(contracts, row[1]), known)


def read_history(file: Path, scenario: Scenario) -> History:
    """Read the history of all nurses.

    Raises:
        ValueError: see the module.
    """
    lines = _Lines(file)
    lines.head("HISTORY")
    _of_scenario(lines, scenario, lines.next("week", "scenario")[1])
    lines.head("NURSE_HISTORY")
    form = ("nurse", "assignments", "weekends", "last shift", "same", "work", "off")
    history: dict[str, Past] = {}
    for _ in scenario.nurses:
        row = lines.next(*form)
        with lines.checked():
            nurse = _one_of(scenario.nurses, row[0])
            last = None if row[3] == "None" else _one_of(scenario.shifts, row[3])
            assignments, weekends, same, work, off = map(int, (row[1], row[2], *row[4:7]))
            history[nurse] = Past(assignments, weekends, last, same, work, off)
    if missing := set(scenario.nurses) - set(history):
        raise ValueError(f"{file}: no history of {', '.join(sorted(missing))}")
    return history


def read_week(file: Path, scenario: Scenario) -> Week:
    """Read demand and wishes of a week.

    Raises:
        ValueError: see the module.
    """
    lines = _Lines(file)
    lines.head("WEEK_DATA")
    _of_scenario(lines, scenario, lines.next("scenario")[0])
    lines.head("REQUIREMENTS")
    demand: dict[tuple[str, str, int], Range] = {}
    for _ in range(len(scenario.shifts) * len(scenario.skills)):
        row = lines.next("shift type", "skill", *DAYS)
        with lines.checked():
            shift, skill = _one_of(scenario.shifts, row[0]), _one_of(scenario.skills, row[1])
            for day, text in enumerate(row[2:], 1):
                demand[shift, skill, day] = _range(text)
    wishes: set[tuple[str, str, int]] = set()
    for _ in range(lines.number("SHIFT_OFF_REQUESTS")):
        row = lines.next("nurse", "shift type", "day")
        with lines.checked():
            wish = _one_of(scenario.nurses, row[0]), _one_of((*scenario.shifts, ANY), row[1])
            wishes.add((*wish, _day(row[2])))
    return Week(demand, frozenset(wishes))


def read_schedule(file: Path, scenario: Scenario) -> tuple[Assignment, ...]:
    """Read a solution file of one week.

    Raises:
        ValueError: see the module.
    """
    lines = _Lines(file)
    lines.head("SOLUTION")
    _of_scenario(lines, scenario, lines.next("week", "scenario")[1])
    schedule: list[Assignment] = []
    for _ in range(lines.number("ASSIGNMENTS")):
        row = lines.next("nurse", "day", "shift type", "skill")
        with lines.checked():
            nurse, shift = _one_of(scenario.nurses, row[0]), _one_of(scenario.shifts, row[2])
            skill = _one_of(scenario.skills, row[3])
            schedule.append(Assignment(nurse, _day(row[1]), shift, skill))
    return tuple(schedule)


def _range(text: str) -> Range:
    found = RANGE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not like (least,most)")
    least, most = (int(number) for number in found.groups())
    if least > most:
        raise ValueError(f"{text!r} has more least than most")
    return Range(least, most)


def _one_of(known: object, word: str) -> str:
    if word not in known:  # type: ignore[operator]  # any container of words
        raise ValueError(f"{word!r} is not known")
    return word


def _day(word: str) -> int:
    return DAYS.index(_one_of(DAYS, word)) + 1


def _of_scenario(lines: _Lines, scenario: Scenario, name: str) -> None:
    if name != scenario.name:
        raise lines.error(f"expected a file of scenario {scenario.name!r}")
