"""The problems and warnings gathered while a scenario is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from pysched.instance.fields import with_hint
from pysched.instance.scenario import Problem

Path = tuple[str | int, ...]
"""Keys and positions that lead to a value: ("tasks", "T1", "start")."""


@dataclass
class Findings:
    """What is wrong and what is odd, in the order found."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def problem(self, file: str, row: int | None, name: str, value: str, expected: str) -> None:
        """Add what makes the instance bad."""
        self.problems.append(Problem(file, row, name, value, expected))

    def warning(self, file: str, row: int | None, name: str, value: str, expected: str) -> None:
        """Add what is odd but workable."""
        self.warnings.append(Problem(file, row, name, value, expected))

    def invalid(
        self,
        file: str,
        error: ValidationError,
        row_of: Callable[[Path], int],
        keys_at: Callable[[Path], frozenset[str]] = lambda _: frozenset(),
    ) -> None:
        """Add each of pydantic's errors in our words.

        Args:
            file: the file that was validated.
            error: what pydantic says of it.
            row_of: the line of the value at a path.
            keys_at: the keys that could stand at the path of an unknown one.
        """
        for details in error.errors(include_url=False):
            context = details.get("ctx", {})
            path: Path = tuple(part for part in details["loc"] if part != "[key]")
            if context.get("field"):
                path = (*path, context["field"])
            if details["type"] == "extra_forbidden":
                expected = with_hint("a known key", str(path[-1]), keys_at(path))
                self.problem(file, row_of(path), dotted(path), str(path[-1]), expected)
                continue
            is_said = context.get("field") or context.get("value")
            value = context["value"] if is_said else details["input"]
            if details["type"] == "missing":
                value = ""
            expected = _expected(details["type"], context, details["msg"])
            self.problem(file, row_of(path), dotted(path), shown(value), expected)


def dotted(path: Iterable[str | int]) -> str:
    """Return a path as people write it: tasks.T1.start."""
    return ".".join(str(part) or "''" for part in path)


def shown(value: object) -> str:
    """Return a value as a problem shows it."""
    if value is None or isinstance(value, str):
        return value or ""
    return "a list" if isinstance(value, list) else "a mapping"


def _expected(kind: str, context: dict[str, Any], message: str) -> str:
    known = {
        "missing": "this key, which is required",
        "list_type": "a list",
        "dict_type": "a mapping",
        "model_type": "a mapping",
        "too_short": "at least one entry",
    }
    return (
        str(context["expected"])
        if kind == "refused"
        else known.get(kind, message.removeprefix("Input should be "))
    )
