"""Reading of JSON files, with what is wrong with their form said like that of other files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from pysched.instance.fields import Known, Section
from pysched.instance.findings import Findings, shown
from pysched.instance.scenario import InstanceError
from pysched.model import Network

FORMAT = 1
"""Version of the JSON files; it grows when an older reader would get them wrong."""
Content = TypeVar("Content", bound=Section)


class _UnreadableError(ValueError):
    """Valid JSON that cannot be trusted."""


def known_of(network: Network) -> Known:
    """Return the ids that files about a network may name."""
    return {
        "hospital": frozenset(network.hospitals),
        "category": frozenset(network.categories),
        "task": frozenset(network.tasks),
        "physician": frozenset(network.physicians),
    }


def parse_json(text: str, file: str, model: type[Content], known: Known) -> Content:
    """Return what a JSON text of a known kind and format says.

    Args:
        text: the text.
        file: what to call it in problems.
        model: what it should hold; its `kind` and `format` are looked at first.
        known: ids it may name; none to take every id.

    Raises:
        InstanceError: something is wrong; it lists all that is.
    """
    findings = Findings()
    data = _data(text, file, findings)
    if data is not None:
        _check_form(data, file, model, findings)
    if findings.problems or data is None:
        raise InstanceError(findings.problems)
    try:
        return model.model_validate(data, context=known)
    except ValidationError as error:
        findings.invalid(file, error, lambda _: 1, lambda _: frozenset(model.model_fields))
        # A JSON file is one value: the path says where, its lines are the writer's affair.
        problems = [replace(problem, row=None) for problem in findings.problems]
        raise InstanceError(problems) from error


def _data(text: str, file: str, findings: Findings) -> dict[str, Any] | None:
    """Return the mapping that a text holds; its numbers stay text, as in YAML."""
    try:
        data = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_entries
        )
    except json.JSONDecodeError as error:
        expected = f"valid JSON: {error.msg}; the file may be cut off"
        findings.problem(file, error.lineno, "JSON", "", expected)
    except (_UnreadableError, RecursionError) as error:
        findings.problem(file, None, "JSON", str(error)[:80], "each key once, and few levels")
    else:
        if isinstance(data, dict):
            return data
        findings.problem(file, 1, "JSON", shown(data), "a mapping")
    return None


def _entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _UnreadableError(next(key for key in keys if keys.count(key) > 1))
    return entries


def _check_form(
    data: Mapping[str, Any], file: str, model: type[Section], findings: Findings
) -> None:
    kind = model.model_fields["kind"].default
    if data.get("kind") != kind:
        findings.problem(file, None, "kind", shown(data.get("kind")), str(kind))
    elif data.get("format") != str(FORMAT):
        expected = f"{FORMAT}, the format that this version of pysched reads"
        findings.problem(file, None, "format", shown(data.get("format")), expected)
