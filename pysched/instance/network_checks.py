"""Checks between the values of network.yaml that are each right by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from pysched.instance.calendar import holiday_names
from pysched.instance.fields import with_hint
from pysched.instance.findings import Findings, Path, dotted
from pysched.instance.network_file import (
    FILE,
    CalendarEntry,
    HospitalEntry,
    PhysicianEntry,
    RulesEntry,
    TaskEntry,
    TravelEntry,
)
from pysched.instance.yaml_lines import YamlText
from pysched.model.rules import WEIGHTS


def check_sections(sections: Mapping[str, Any], yaml: YamlText, findings: Findings) -> None:
    """Check the sections that are right by themselves against each other.

    Args:
        sections: fields of `NetworkFile` by name; those that are wrong are not there.
        yaml: where the values stand.
        findings: takes what is wrong and what is odd.
    """
    checks = _Checks(yaml, findings)
    by_section: dict[str, Callable[[Any], None]] = {
        "calendar": checks.calendar,
        "hospitals": checks.hospitals,
        "tasks": checks.tasks,
        "physicians": checks.mentors,
        "skills": checks.skills,
        "rules": checks.rules,
    }
    for section in by_section.keys() & sections:
        by_section[section](sections[section])
    if "hospitals" in sections and "travel" in sections:
        checks.travel(sections["travel"], sections["hospitals"])


class _Checks:
    """The checks, one a section; each says where."""

    def __init__(self, yaml: YamlText, findings: Findings) -> None:
        self.yaml = yaml
        self.findings = findings

    def _problem(self, path: Path, value: str, expected: str) -> None:
        self.findings.problem(FILE, self.yaml.row_of(path), dotted(path), value, expected)

    def calendar(self, entry: CalendarEntry) -> None:
        """Each major holiday is a public holiday of the place."""
        names = holiday_names(entry.country, entry.subdivision)
        expected = f"a public holiday of {entry.country}, by its local name or as MM-DD"
        for position, major in enumerate(entry.major):
            if major not in names:
                hint = with_hint(expected, major, names)
                self._problem(("calendar", "major", position), major, hint)

    def hospitals(self, entries: dict[str, HospitalEntry]) -> None:
        """One hospital is the main one."""
        main = [id_ for id_, entry in entries.items() if entry.main]
        if len(main) != 1:
            expected = "one hospital with main: yes"
            self._problem(("hospitals",), ", ".join(main), expected)

    def travel(self, entries: list[TravelEntry], hospitals: dict[str, HospitalEntry]) -> None:
        """Each pair of hospitals has its minutes, once."""
        rows: dict[frozenset[str], int] = {}
        for position, entry in enumerate(entries):
            path = ("travel", position)
            pair = frozenset((entry.start, entry.to))
            if len(pair) == 1:
                self._problem((*path, "to"), entry.to, "a hospital other than in from")
            elif pair in rows:
                expected = f"each pair once, both directions are meant; see row {rows[pair]}"
                self._problem(path, f"{entry.start} {entry.to}", expected)
            rows.setdefault(pair, self.yaml.row_of(path))
        for start, end in combinations(hospitals, 2):
            if frozenset((start, end)) not in rows:
                self._problem(("travel",), f"{start} {end}", "the minutes between these two")

    def tasks(self, entries: dict[str, TaskEntry]) -> None:
        """Nobody is credited more than the length of a duty without being told."""
        for id_, entry in entries.items():
            if entry.credited_minutes > entry.minutes:
                path = ("tasks", id_, "credited_minutes")
                expected = f"at most {entry.minutes}, the length of a duty"
                row = self.yaml.row_of(path)
                value = str(entry.credited_minutes)
                self.findings.warning(FILE, row, dotted(path), value, expected)

    def mentors(self, entries: dict[str, PhysicianEntry]) -> None:
        """Nobody is his own mentor."""
        for id_, entry in entries.items():
            if entry.mentor == id_:
                self._problem(("physicians", id_, "mentor"), id_, "another physician")

    def skills(self, entries: dict[str, list[str]]) -> None:
        """Each skill is listed once."""
        for physician, tasks in entries.items():
            seen: set[str] = set()
            for position, task in enumerate(tasks):
                if task in seen:
                    self._problem(("skills", physician, position), task, "each task once")
                seen.add(task)

    def rules(self, entry: RulesEntry) -> None:
        """Each weight is of a grade that its rule has."""
        for rule, grades in entry.weights.items():
            known = frozenset(grade for name, grade in WEIGHTS if name == rule)
            for grade in grades:
                if grade not in known:
                    expected = f"one of {', '.join(sorted(known))}"
                    self._problem(("rules", "weights", rule, grade), grade, expected)
