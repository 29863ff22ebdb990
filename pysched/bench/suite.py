"""The suite file: which instances are solved by which engines, how often and for how long."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    ValidationError,
    model_validator,
)

from pysched.instance.fields import with_hint

Seconds = Annotated[float, Field(gt=0, le=86_400)]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]


class SuiteError(ValueError):
    """A bad suite file; the message names file, table, field and value, a line each."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(_Table):
    """Weeks of one scenario, from its first; each is solved from the state of the one before.

    `scenario` is a folder, relative to the root of the suite file, or the name of a shipped one;
    else a network of `physicians` is generated from `seed`. `take` numbers the weeks that are
    instances, all of them if it is empty.
    """

    scenario: str | None = None
    physicians: Annotated[int, Field(ge=5, le=500)] | None = None
    weeks: Annotated[int, Field(ge=1, le=520)]
    seed: Seed = 1
    take: Annotated[tuple[PositiveInt, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _fits(self) -> Source:
        if (self.scenario is None) == (self.physicians is None):
            raise ValueError("expected either scenario or physicians")
        if self.take and max(self.take) > self.weeks:
            raise ValueError(f"take has week {max(self.take)}, but there are {self.weeks}")
        return self

    @property
    def name(self) -> str:
        """What the scenario is called in rows."""
        if self.scenario is not None:
            return Path(self.scenario).name
        return f"n{self.physicians:03}w{self.weeks}s{self.seed}"

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the weeks that are instances, from 1."""
        return tuple(sorted(set(self.take))) or tuple(range(1, self.weeks + 1))


class EngineTable(_Table):
    """Where an engine is (`module:function`), what it starts from and which packages it needs."""

    run: Annotated[str, Field(pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$")]
    start: bool = False
    needs: Annotated[tuple[str, ...], Field(strict=False)] = ()


class Suite(_Table):
    """Every instance by every engine, seed and time limit."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w-]*$")]
    instances: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    engines: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    seeds: Annotated[tuple[Seed, ...], Field(strict=False, min_length=1)]
    time_limits: Annotated[tuple[Seconds, ...], Field(strict=False, min_length=1)]
    threads: PositiveInt = 2
    rules: Literal["paper", "recommended", "weighted"] = "recommended"

    @property
    def size(self) -> int:
        """Rows of the whole suite."""
        weeks = sum(len(source.numbers) for source in self.instances)
        return weeks * len(self.engines) * len(self.seeds) * len(self.time_limits)


class ReportTable(_Table):
    """Where the report goes, relative to the suite file: a text with markers, and a folder."""

    text: str
    folder: str


class _File(_Table):
    suite: Annotated[tuple[Suite, ...], Field(strict=False, min_length=1)]
    engines: dict[str, EngineTable]
    report: ReportTable | None = None


@dataclass(frozen=True)
class SuiteFile:
    """A suite file as read; modules of engines are looked for from its `root`."""

    path: Path
    root: Path
    suites: tuple[Suite, ...]
    engines: dict[str, EngineTable]
    report: ReportTable | None


def read_suites(path: Path) -> SuiteFile:
    """Return the suites of a file.

    Raises:
        SuiteError: the file is wrong; the message lists all that is.
        OSError: it cannot be read.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SuiteError(f"{path}: not TOML: {error}") from error
    try:
        file = _File.model_validate(data)
    except ValidationError as error:
        lines = [_said(path, data, dict(row)) for row in error.errors(include_url=False)]
        raise SuiteError("\n".join(lines)) from error
    problems = [*_unknown_engines(path, file), *_doubles(path, file)]
    if problems:
        raise SuiteError("\n".join(problems))
    return SuiteFile(path, _root_of(path), file.suite, file.engines, file.report)


def _said(path: Path, data: dict[str, Any], details: dict[str, Any]) -> str:
    """Return one of pydantic's errors as file, table, field, value and what was expected."""
    table, place = _table_of(data, details["loc"])
    said = details["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    kind = details["type"]
    if kind == "extra_forbidden":
        return f"{path}: {table}, {place}: unknown field"
    if kind == "missing":
        return f"{path}: {table}, {place}: this field is required"
    value = details["input"]
    shown = "" if isinstance(value, dict) else f" = {value!r}"
    return f"{path}: {table}, {place}{shown}: {said}"


def _table_of(data: dict[str, Any], loc: tuple[int | str, ...]) -> tuple[str, str]:
    """Return the table that holds a value, and the path of the value in it, counted from 1."""
    head, rest = str(loc[0]), loc[1:]
    name = f"[{head}]"
    if head == "suite" and rest and isinstance(rest[0], int):
        table = data["suite"][rest[0]]
        called = table.get("name") if isinstance(table, dict) else None
        name, rest = f"[[suite]] {called if called else rest[0] + 1}", rest[1:]
    elif head == "engines" and rest:
        name, rest = f"[engines.{rest[0]}]", rest[1:]
    elif not rest:
        name, rest = "the file", (head,)
    parts = [str(part + 1) if isinstance(part, int) else part for part in rest]
    return name, ".".join(parts) or "table"


def _unknown_engines(path: Path, file: _File) -> list[str]:
    known = frozenset(file.engines)
    expected = f"one of {', '.join(file.engines)}"
    return [
        f"{path}: [[suite]] {suite.name}, engines = {name!r}: {with_hint(expected, name, known)}"
        for suite in file.suite
        for name in suite.engines
        if name not in known
    ]


def _doubles(path: Path, file: _File) -> list[str]:
    names = [suite.name for suite in file.suite]
    return [
        f"{path}: [[suite]] {name}, name = {name!r}: a name that no other suite has"
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def _root_of(path: Path) -> Path:
    """Return the nearest folder above a file that is a project's, else the file's own."""
    folders = path.resolve().parents
    return next((f for f in folders if (f / "pyproject.toml").is_file()), folders[0])
