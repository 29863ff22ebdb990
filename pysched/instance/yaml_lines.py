"""YAML as plain text, lists and mappings, with the line of each value and without typing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from pysched.instance.findings import Findings, Path, dotted

MOST_LEVELS = 12
_LEVELS = f"at most {MOST_LEVELS} levels"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class YamlText:
    """What a YAML file holds: `13:00` and `no` stay text; empty values are None."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def row_of(self, path: Path) -> int:
        """Return the line of the value at a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, file: str, findings: Findings) -> YamlText | None:
    """Return what a YAML text holds, or None if it cannot be read.

    Args:
        text: the text.
        file: what to call it in problems.
        findings: takes syntax errors and every duplicate key.
    """
    reading = _Reading(file, findings)
    try:
        reading.document(yaml.parse(text, Loader=_LOADER))
    except _UnreadableError as error:
        findings.problem(file, error.row, "YAML", error.value, error.expected)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else None
        findings.problem(file, row, "YAML", "", _expected(error.problem or error.context or ""))
    except yaml.YAMLError as error:
        row = text.count("\n", 0, getattr(error, "position", 0)) + 1
        findings.problem(file, row, "YAML", "", f"valid YAML: {str(error).splitlines()[0]}")
    else:
        return reading.result
    return None


def _expected(said: str) -> str:
    """Return what a syntax error asks for; the parser has a limit of its own, beyond ours."""
    return _LEVELS if "nesting depth" in said else f"valid YAML: {said}"


class _UnreadableError(Exception):
    """Valid YAML that network files do not use; nothing after it can be trusted."""

    def __init__(self, event: Any, value: str, expected: str) -> None:
        super().__init__(expected)
        self.row = event.start_mark.line + 1
        self.value = value
        self.expected = expected


class _Reading:
    """One pass over the parser's events; it nests no deeper than MOST_LEVELS."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.result = YamlText()

    def document(self, events: Iterator[Any]) -> None:
        """Read the only document of a stream."""
        for event in events:
            row = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                if self.result.lines:
                    raise _UnreadableError(event, "---", "one document")
                self.result.lines[()] = row
                self.result.data = self._value(next(events), events, ())

    def _value(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return None if event.value == "" and event.implicit[0] else event.value
        if isinstance(event, yaml.AliasEvent):
            expected = "the value itself; aliases are not read"
            raise _UnreadableError(event, f"*{event.anchor}", expected)
        if len(path) >= MOST_LEVELS:
            raise _UnreadableError(event, dotted(path), _LEVELS)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(events, path)
        return self._entries(events, path)

    def _items(self, events: Iterator[Any], path: Path) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            place = (*path, len(items))
            self.result.lines.setdefault(place, event.start_mark.line + 1)
            items.append(self._value(event, events, place))
        return items

    def _entries(self, events: Iterator[Any], path: Path) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            row = event.start_mark.line + 1
            if not isinstance(event, yaml.ScalarEvent):
                raise _UnreadableError(event, dotted(path), "a key that is text")
            key = event.value
            place = (*path, key)
            if key in entries:
                expected = f"each key once; line {self.result.lines[place]} has it too"
                self.findings.problem(self.file, row, dotted(place), key, expected)
            self.result.lines.setdefault(place, row)
            value = self._value(next(events), events, place)
            entries.setdefault(key, value)
        return entries
