"""The text of network.yaml: short lines, comments by section, only what differs from defaults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from itertools import combinations
from typing import Any

from pysched.instance.generate.rules_text import rules_lines
from pysched.instance.scenario import Scenario
from pysched.model import Network, Physician, Task
from pysched.model.network import WEEKDAYS

_WIDTH = 100
_PLAIN = re.compile("[A-Za-z][A-Za-z0-9 ()/'_.-]*")
_NOT_TEXT = frozenset({"y", "n", "yes", "no", "true", "false", "on", "off", "null"})


def network_text(scenario: Scenario) -> str:
    """Return the text of network.yaml; reading it gives the network back, CSV rows aside.

    Raises:
        ValueError: the network says something that the file cannot.
    """
    network = scenario.network
    sections = (
        _head(scenario),
        _calendar(network),
        _hospitals(network),
        _travel(network),
        _categories(network),
        _tasks(network),
        _physicians(network),
        _skills(network),
        rules_lines(network.rules),
        _bank(scenario.bank),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines) + "\n"


def scalar(text: str) -> str:
    """Return a text as YAML, in double quotes unless it can stand plain."""
    is_plain = _PLAIN.fullmatch(text) and not text.endswith(" ")
    if is_plain and text.lower() not in _NOT_TEXT:
        return text
    kept = (c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{"".join(kept)}"'


def _head(scenario: Scenario) -> Iterator[str]:
    yield f"name: {scalar(scenario.network.name)}"
    yield f"horizon: {{first_day: {scenario.first_day}, last_day: {scenario.last_day}}}"


def _calendar(network: Network) -> Iterator[str]:
    calendar = network.calendar
    yield "calendar:"
    yield f"  timezone: {scalar(calendar.timezone)}"
    yield f"  country: {scalar(calendar.country)}"
    if calendar.subdivision is not None:
        yield f"  subdivision: {scalar(calendar.subdivision)}"
    if calendar.major:
        yield "  # By local name, or as MM-DD."
        yield from _listed("  major", sorted(calendar.major))


def _hospitals(network: Network) -> Iterator[str]:
    yield "hospitals:"
    for id_, hospital in network.hospitals.items():
        yield f"  {scalar(id_)}: {{name: {scalar(hospital.name)}, main: {_yes(hospital.main)}}}"


def _travel(network: Network) -> Iterator[str]:
    pairs = list(combinations(network.hospitals, 2))
    if pairs:
        yield "# Minutes, the same in both directions."
        yield "travel:"
    for a, b in pairs:
        there, back = network.travel.get((a, b)), network.travel.get((b, a))
        if there is None or there != back:
            raise ValueError(f"travel {a} {b}: {there} minutes there, {back} back")
        yield f"  - {{from: {scalar(a)}, to: {scalar(b)}, minutes: {there}}}"


def _categories(network: Network) -> Iterator[str]:
    yield "categories:"
    for id_, category in network.categories.items():
        wanted = _yes(category.wanted)
        yield f"  {scalar(id_)}: {{grade: {category.grade}, wanted: {wanted}}}"


def _tasks(network: Network) -> Iterator[str]:
    yield "# Times are local; a duty that ends before it starts ends on the next day."
    yield "tasks:"
    for task in network.tasks.values():
        yield from _task(task)


def _task(task: Task) -> Iterator[str]:
    category, hospital = scalar(task.category), scalar(task.hospital)
    days = ", ".join(WEEKDAYS[day] for day in sorted(task.weekdays))
    yield f"  {scalar(task.id)}: {{name: {scalar(task.name)}, kind: {task.kind},"
    yield f"    category: {category}, hospital: {hospital}, days: [{days}],"
    yield (
        f'    start: "{task.start:%H:%M}", end: "{task.end:%H:%M}",'
        f" credited_minutes: {task.credited_minutes}, essential: {_yes(task.essential)},"
        f" public_holidays: {task.public_holidays}}}"
    )


def _physicians(network: Network) -> Iterator[str]:
    yield "physicians:"
    for physician in network.physicians.values():
        cells = ", ".join(f"{key}: {value}" for key, value in _physician(physician))
        yield f"  {scalar(physician.id)}: {{{cells}}}"


def _physician(physician: Physician) -> Iterator[tuple[str, str | Decimal]]:
    """Yield keys and values; a name that is the id and what is None go without saying."""
    values = asdict(physician)
    if physician.name != physician.id:
        yield "name", scalar(physician.name)
    for key in ("status", "weekly_hours", "seniority_years", "style", "mentor"):
        value = values[key]
        if value is not None:
            yield key, scalar(value) if isinstance(value, str) else value


def _skills(network: Network) -> Iterator[str]:
    yield "# Who may do which task."
    yield "skills:"
    position = {task: n for n, task in enumerate(network.tasks)}
    by_physician: dict[str, list[str]] = {physician: [] for physician in network.physicians}
    for physician, task in network.skills:
        by_physician[physician].append(task)
    for physician, tasks in by_physician.items():
        yield from _listed(f"  {scalar(physician)}", sorted(tasks, key=position.__getitem__))


def _bank(bank: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is asked of the bank, a line a part."""
    if bank:
        yield "bank:"
    for part, value in bank.items():
        yield f"  {scalar(part)}: {flow(value)}"


def flow(value: object) -> str:
    """Return text, lists and mappings of them as YAML on one line; None as nothing.

    Raises:
        ValueError: it is something else.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        entries = (f"{scalar(str(key))}: {flow(item)}".rstrip() for key, item in value.items())
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, list):
        return f"[{', '.join(flow(item) for item in value)}]"
    raise ValueError(f"{value!r} is no value of network.yaml")


def _listed(key: str, items: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a key with a list, broken between items where it would be too long."""
    line = f"{key}: ["
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    cells = [scalar(item) for item in items]
    for n, cell in enumerate(cells, 1):
        text = cell + ("," if n < len(cells) else "]")
        if len(line) + 1 + len(text) > _WIDTH:
            yield line
            line = indent
        line += text if line.endswith(("[", "  ")) else f" {text}"
    yield line if cells else f"{line}]"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"
