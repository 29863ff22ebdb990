"""The sheet of network.yaml: blocks one below the other, each a table under its own name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pysched.instance.generate.network_text import flow
from pysched.instance.network_file import SECTIONS

SETTINGS, TRAVEL, SKILLS = "settings", "travel", "skills"
KEYED = ("hospitals", "categories", "tasks", "physicians")
"""Sections whose entries have an id."""
ORDER = (SETTINGS, "hospitals", TRAVEL, "categories", "tasks", "physicians", SKILLS)
LISTS = frozenset((("tasks", "days"),))
"""Columns that hold several words; a dash is none at all."""
MANY = frozenset(("calendar.major",))
"""Settings that are lists, however many values they have."""
EMPTY, MARK = "-", "x"
YAML = ("{", "[", '"')
"""How a cell of a setting begins that is YAML instead of plain text."""
NOTES: Mapping[str, str] = MappingProxyType(
    {
        SETTINGS: "# One setting a row; several values stand side by side.",
        TRAVEL: "# Minutes, the same in both directions.",
        "tasks": "# Days: mon tue ...; a duty that ends before it starts ends on the next day.",
        SKILLS: "# Who may do what: an x.",
    }
)


def columns_of_section(section: str) -> tuple[str, ...]:
    """Return the columns of a block, in order."""
    if section == TRAVEL:
        return ("from", "to", "minutes")
    return ("id", *SECTIONS[section].model_fields)


def network_rows(data: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    """Yield the rows of the sheet, blank ones between blocks.

    Args:
        data: what network.yaml says, as plain text, lists and mappings.
    """
    for section in ORDER:
        yield (f"[{section}]",)
        if section in NOTES:
            yield (NOTES[section],)
        yield from _block(section, data)
        yield ()


def _block(section: str, data: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    if section == SETTINGS:
        yield from _settings(data)
    elif section == SKILLS:
        yield from _skills(data)
    elif section == TRAVEL:
        columns = columns_of_section(section)
        yield columns
        for entry in data.get(section, ()):
            yield [entry[column] for column in columns]
    else:
        columns = columns_of_section(section)
        yield columns
        for id_, entry in data[section].items():
            yield [id_, *(_text(entry.get(column)) for column in columns[1:])]


def _settings(data: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    yield "name", _plain(data["name"])
    for section in ("horizon", "calendar", "rules", "bank"):
        yield from _leaves(section, data.get(section, {}))


def _leaves(path: str, value: Any) -> Iterator[Sequence[str]]:
    """Yield a row for each value; what a row cannot say is one cell of YAML at its parent."""
    if path in MANY:
        yield path, *(_plain(item) for item in value)
    elif isinstance(value, Mapping) and all(key and "." not in key for key in value):
        for key, item in value.items():
            yield from _leaves(f"{path}.{key}", item)
    else:
        yield path, _plain(value)


def _plain(value: Any) -> str:
    """Return a value as the text of a cell."""
    return value if isinstance(value, str) and value and value[0] not in YAML else flow(value)


def _skills(data: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    skills = {name: frozenset(tasks) for name, tasks in data["skills"].items()}
    yield "task", *skills
    for task in data["tasks"]:
        yield task, *(MARK if task in tasks else "" for tasks in skills.values())


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value) or EMPTY
    return value or ""
