"""The blocks of the network's sheet read back into what network.yaml would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from pysched.instance.book.blocks import (
    EMPTY,
    KEYED,
    LISTS,
    MANY,
    MARK,
    ORDER,
    SETTINGS,
    SKILLS,
    TRAVEL,
    YAML,
    columns_of_section,
)
from pysched.instance.fields import with_hint
from pysched.instance.findings import Findings, Path, dotted
from pysched.instance.yaml_lines import YamlText, read_yaml

Rows = Sequence[tuple[int, list[str]]]
BEYOND = "nothing, right of the columns"
_MARKS = frozenset((MARK, "X", "yes", "1"))


@dataclass
class NetworkSheet:
    """What the sheet says, with the row of each value; `columns` has the letters by dotted path."""

    yaml: YamlText = field(default_factory=YamlText)
    columns: dict[str, str] = field(default_factory=dict)


def read_network_sheet(rows: Rows, sheet: str, findings: Findings) -> NetworkSheet:
    """Return what the blocks of a sheet say, and say what is wrong with their form.

    Args:
        rows: number and cells of each row that is not blank.
        sheet: what to call it in problems.
        findings: takes problems; their field is the letter of a column.
    """
    reading = _Reading(sheet, findings)
    blocks: dict[str, list[tuple[int, list[str]]]] = {}
    section = ""
    for number, cells in rows:
        first = cells[0].strip()
        if first.startswith("#"):
            continue
        if first.startswith("[") and first.endswith("]"):
            section = reading.section(number, first[1:-1].strip(), blocks)
        elif section:
            blocks[section].append((number, cells))
        elif section is not None and not blocks:
            reading.problem(number, 1, first, "the name of a block in brackets, such as [settings]")
    for name, block in blocks.items():
        reading.block(name, block)
    return reading.result


class _Reading:
    """One pass over the blocks."""

    def __init__(self, sheet: str, findings: Findings) -> None:
        self.sheet, self.findings = sheet, findings
        self.result = NetworkSheet(YamlText({}, {(): 1}))
        self.data: dict[str, Any] = self.result.yaml.data

    def problem(self, row: int, column: int, value: str, expected: str) -> None:
        self.findings.problem(self.sheet, row, get_column_letter(column), value, expected)

    def section(self, row: int, name: str, blocks: dict[str, list[tuple[int, list[str]]]]) -> str:
        """Begin a block; return its name, empty where its rows cannot be read."""
        if name not in ORDER:
            known = f"one of the blocks {', '.join(ORDER)}"
            self.problem(row, 1, name, with_hint(known, name, frozenset(ORDER)))
            return ""
        if name in blocks:
            self.problem(row, 1, name, "each block once")
            return ""
        blocks[name] = []
        self.result.yaml.lines[(name,)] = row
        return name

    def block(self, name: str, rows: Rows) -> None:
        if name == SETTINGS:
            for row, cells in rows:
                self._setting(row, cells)
        elif not rows:
            self.data[name] = [] if name == TRAVEL else {}
        elif name == SKILLS:
            self._skills(rows)
        else:
            self._table(name, rows)

    def _place(self, path: Path, row: int, column: int) -> None:
        self.result.yaml.lines[path] = row
        self.result.columns[dotted(path)] = get_column_letter(column)

    def _setting(self, row: int, cells: list[str]) -> None:
        key = cells[0].strip()
        path = tuple(key.split("."))
        inside = self.data
        for part in path[:-1]:
            inside = inside.setdefault(part, {})
            if not isinstance(inside, dict):
                self.problem(row, 1, key, "a setting that is not said as a whole above")
                return
        if not all(path) or path[-1] in inside:
            self.problem(row, 1, key, "each setting once, by its name with dots")
            return
        for end in range(1, len(path)):
            self.result.yaml.lines.setdefault(path[:end], row)
        self._place(path, row, 2)
        values = [self._value(row, column, text) for column, text in enumerate(cells[1:], 2)]
        if key in MANY:
            inside[path[-1]] = values
            for position in range(len(values)):
                self._place((*path, position), row, position + 2)
            return
        if len(values) > 1:
            self.problem(row, 3, cells[2], "one value")
        inside[path[-1]] = values[0] if values else None

    def _value(self, row: int, column: int, text: str) -> Any:
        """Return a cell as it is, or as YAML where it begins like some."""
        if not text.startswith(YAML):
            return text
        found = Findings()
        yaml = read_yaml(text, self.sheet, found)
        for problem in found.problems:
            self.problem(row, column, text, problem.expected)
        return None if yaml is None else yaml.data

    def _head(self, name: str, rows: Rows, known: Sequence[str]) -> list[str]:
        row, head = rows[0]
        names = [cell.strip() for cell in head]
        for column, cell in enumerate(names, 1):
            if cell in names[: column - 1]:
                self.problem(row, column, cell, "each column once")
            elif cell not in known:
                expected = f"one of the columns {', '.join(known)}"
                self.problem(row, column, cell, with_hint(expected, cell, frozenset(known)))
        if name in KEYED and names[:1] != ["id"]:
            self.problem(row, 1, names[0], "id as the first column")
        return names

    def _table(self, name: str, rows: Rows) -> None:
        known = columns_of_section(name)
        names = self._head(name, rows, known)
        entries: dict[str, Any] = {}
        for position, (row, cells) in enumerate(rows[1:]):
            id_ = cells[0] if name in KEYED else str(position)
            path: Path = (name, id_ if name in KEYED else position)
            if id_ in entries:
                self.problem(row, 1, id_, "each id once")
                continue
            self._place(path, row, 1)
            entries[id_] = self._entry(path, row, names, cells, known)
        self.data[name] = entries if name in KEYED else list(entries.values())

    def _entry(
        self, path: Path, row: int, names: list[str], cells: list[str], known: Sequence[str]
    ) -> dict[str, Any]:
        for column in range(len(names) + 1, len(cells) + 1):
            if cells[column - 1]:
                self.problem(row, column, cells[column - 1], BEYOND)
        entry: dict[str, Any] = {}
        for column, (key, text) in enumerate(zip(names, cells, strict=False), 1):
            if key != "id" and key in known and text:
                is_list = (path[0], key) in LISTS
                entry[key] = _words(text) if is_list else text
                self._place((*path, key), row, column)
                for position in range(len(entry[key]) if is_list else 0):
                    self._place((*path, key, position), row, column)
        return entry

    def _skills(self, rows: Rows) -> None:
        row, head = rows[0]
        if head[0].strip() != "task":
            self.problem(row, 1, head[0], "task as the first column, then the ids of physicians")
        skills: dict[str, list[str]] = {}
        for column, name in enumerate(head[1:], 2):
            if name in skills:
                self.problem(row, column, name, "each physician once")
            skills.setdefault(name, [])
            self._place((SKILLS, name), row, column)
        seen: set[str] = set()
        for row, cells in rows[1:]:
            if cells[0] in seen:
                self.problem(row, 1, cells[0], "each task once")
                continue
            seen.add(cells[0])
            self._marks(row, cells, head, skills)
        self.data[SKILLS] = skills

    def _marks(
        self, row: int, cells: list[str], head: list[str], skills: dict[str, list[str]]
    ) -> None:
        known = self.data.get("tasks")
        if isinstance(known, dict) and cells[0] not in known:
            expected = with_hint("a known task", cells[0], frozenset(known))
            self.problem(row, 1, cells[0], expected)
            return
        for column, text in enumerate(cells[1:], 2):
            if not text:
                continue
            if text.strip() not in _MARKS or column > len(head):
                self.problem(row, column, text, f"{MARK} or nothing, below the id of a physician")
                continue
            name = head[column - 1]
            self._place((SKILLS, name, len(skills[name])), row, column)
            skills[name].append(cells[0])


def _words(text: str) -> list[str]:
    """Return the words of a cell, separated by spaces, commas or semicolons; a dash is none."""
    return [] if text.strip() == EMPTY else text.replace(",", " ").replace(";", " ").split()
