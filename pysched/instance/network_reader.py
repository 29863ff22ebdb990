"""Reading of network.yaml into a network, its horizon and the ids other files may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from pysched.instance.fields import Known
from pysched.instance.findings import Findings, Path, shown
from pysched.instance.network_checks import check_sections
from pysched.instance.network_file import (
    FILE,
    SECTIONS,
    NetworkFile,
    PhysicianEntry,
    RulesEntry,
    TaskEntry,
)
from pysched.instance.yaml_lines import YamlText, read_yaml
from pysched.model import (
    Calendar,
    Category,
    Hospital,
    Limits,
    Network,
    Physician,
    Rules,
    Task,
    profile_rules,
)
from pysched.model.network import WEEKDAYS

_NOUNS = {
    "hospital": "hospitals",
    "category": "categories",
    "task": "tasks",
    "physician": "physicians",
}


@dataclass(frozen=True)
class NetworkText:
    """What network.yaml says: `content` is None where it is wrong; `known` the ids it defines."""

    content: NetworkFile | None
    known: Known
    yaml: YamlText


def read_network(text: str, findings: Findings) -> NetworkText:
    """Read the text of network.yaml and say all that is wrong with it."""
    yaml = read_yaml(text, FILE, findings)
    if yaml is None:
        return NetworkText(None, dict.fromkeys(_NOUNS), YamlText())
    return checked_network(yaml, findings)


def checked_network(yaml: YamlText, findings: Findings) -> NetworkText:
    """Return what the values of a network.yaml say, wherever they come from.

    Args:
        yaml: plain text, lists and mappings, with the row of each value.
        findings: takes all that is wrong with them.
    """
    data = yaml.data
    if not isinstance(data, dict):
        findings.problem(FILE, yaml.row_of(()), "YAML", shown(data), "a mapping of sections")
        return NetworkText(None, dict.fromkeys(_NOUNS), yaml)
    known = {
        noun: frozenset(data[name]) if isinstance(data.get(name), dict) else None
        for noun, name in _NOUNS.items()
    }
    try:
        content = NetworkFile.model_validate(data, context=known)
    except ValidationError as error:
        findings.invalid(FILE, error, yaml.row_of, _keys_at)
        check_sections(_sound_sections(data, known, error), yaml, findings)
        return NetworkText(None, known, yaml)
    check_sections(dict(content), yaml, findings)
    return NetworkText(content, known, yaml)


def _sound_sections(data: dict[str, Any], known: Known, error: ValidationError) -> dict[str, Any]:
    """Return the sections without an error, so that they can be checked against each other."""
    unsound = {details["loc"][0] for details in error.errors(include_url=False)}
    types = {name: field.annotation for name, field in NetworkFile.model_fields.items()}
    return {
        name: TypeAdapter[Any](types[name] or Any).validate_python(value, context=known)
        for name, value in data.items()
        if name in types and name not in unsound
    }


def _keys_at(path: Path) -> frozenset[str]:
    """Return the keys that a section of network.yaml may have at a path."""
    name = "limits" if path[:2] == ("rules", "limits") else path[0] if len(path) > 1 else ""
    fields = SECTIONS[str(name)].model_fields
    return frozenset(field.alias or key for key, field in fields.items())


def network_of(content: NetworkFile) -> Network:
    """Return the network that a valid network.yaml describes; it knows nothing of the CSV files."""
    place = content.calendar
    return Network(
        name=content.name,
        calendar=Calendar(place.timezone, place.country, place.subdivision, frozenset(place.major)),
        hospitals={
            id_: Hospital(id_, entry.name, entry.main) for id_, entry in content.hospitals.items()
        },
        travel={
            way: entry.minutes
            for entry in content.travel
            for way in ((entry.start, entry.to), (entry.to, entry.start))
        },
        categories={
            id_: Category(id_, entry.grade, entry.wanted)
            for id_, entry in content.categories.items()
        },
        tasks={id_: _task(id_, entry) for id_, entry in content.tasks.items()},
        physicians={id_: _physician(id_, entry) for id_, entry in content.physicians.items()},
        skills=frozenset(
            (physician, task) for physician, tasks in content.skills.items() for task in tasks
        ),
        rules=_rules(content.rules),
    )


def _task(id_: str, entry: TaskEntry) -> Task:
    weekdays = frozenset(WEEKDAYS.index(day) for day in entry.days)
    return Task(id_, weekdays=weekdays, **entry.model_dump(exclude={"days"}))


def _physician(id_: str, entry: PhysicianEntry) -> Physician:
    return Physician(id_, **(entry.model_dump() | {"name": entry.name or id_}))


def _rules(entry: RulesEntry) -> Rules:
    weights = {
        (rule, grade): weight
        for rule, grades in entry.weights.items()
        for grade, weight in grades.items()
    }
    settings = entry.model_dump(include={"measure", "normalise"}, exclude_unset=True)
    limits = Limits(**entry.limits.model_dump(exclude_unset=True))
    return profile_rules(entry.profile, weights, entry.levels, limits=limits, **settings)
