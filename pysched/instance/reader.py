"""Reading of a scenario folder: every file, and all that is wrong with any of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pysched.instance.fields import with_hint
from pysched.instance.findings import Findings
from pysched.instance.network_file import FILE, NetworkFile
from pysched.instance.network_reader import NetworkText, network_of, read_network
from pysched.instance.oddities import oddities
from pysched.instance.row_reader import MODELS, Table, read_rows
from pysched.instance.rows import AgreementRow
from pysched.instance.scenario import Closure, InstanceError, Scenario
from pysched.instance.tables import read_text
from pysched.model import (
    Absence,
    Agreement,
    Assignment,
    GeographyRule,
    Network,
    Pair,
    Request,
)

Tables = Mapping[str, Table[Any]]


def read_scenario(folder: Path) -> Scenario:
    """Return the scenario that a folder holds, with its warnings.

    Raises:
        InstanceError: something is wrong; it lists all that is.
    """
    findings = Findings()
    texts = _texts(folder, findings)
    network = read_network(texts.pop(FILE), findings) if FILE in texts else None
    known = network.known if network else {}
    tables = {
        file: read_rows(text, file, MODELS[file], known, findings) for file, text in texts.items()
    }
    if findings.problems or network is None or network.content is None:
        raise InstanceError(findings.problems)
    scenario = scenario_of(network.content, tables, _lines(network, tables))
    return replace(scenario, warnings=(*findings.warnings, *oddities(scenario)))


def _texts(folder: Path, findings: Findings) -> dict[str, str]:
    """Return the text of each file that can be read, by name."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        expected = f"a scenario folder that can be read: {error.strerror}"
        findings.problem(str(folder), None, "folder", str(folder), expected)
        return {}
    if not any(path.name == FILE for path in paths):
        findings.problem(FILE, None, "file", "", f"this file in the folder {folder}")
    texts = {}
    for path in paths:
        if path.name == FILE or path.name in MODELS:
            text = read_text(path, findings)
            if text is not None:
                texts[path.name] = text
        elif path.suffix.lower() == ".csv":
            expected = with_hint("a file of a scenario; it is not read", path.name, _NAMES)
            findings.warning(path.name, None, "file", path.name, expected)
    return texts


_NAMES = frozenset(MODELS)


def _lines(network: NetworkText, tables: Tables) -> dict[tuple[str, int | str], int]:
    lines: dict[tuple[str, int | str], int] = {
        (FILE, ".".join(map(str, path))): line
        for path, line in network.yaml.lines.items()
        if len(path) == 2
    }
    for file, table in tables.items():
        lines |= {(file, position): line for position, line in enumerate(table.lines)}
    return lines


def scenario_of(
    content: NetworkFile, tables: Tables, lines: Mapping[tuple[str, int | str], int]
) -> Scenario:
    """Return the scenario of a network file and its tables, without warnings."""

    def made(file: str, kind: Any) -> tuple[Any, ...]:
        rows = tables.get(file, Table[Any]()).rows
        return tuple(kind(**row.model_dump()) for row in rows)

    return Scenario(
        network=_network(content, tables),
        first_day=content.horizon.first_day,
        last_day=content.horizon.last_day,
        absences=made("absences.csv", Absence),
        closures=made("closures.csv", Closure),
        requests=made("requests.csv", Request),
        pins=made("pins.csv", Assignment),
        history=made("history.csv", Assignment),
        by_hand=made("by_hand.csv", Assignment),
        lines=lines,
        bank={"profile": content.bank} if isinstance(content.bank, str) else content.bank,
    )


def _network(content: NetworkFile, tables: Tables) -> Network:
    """Return the network with what the CSV files add to it."""

    def rows(file: str) -> list[Any]:
        return tables.get(file, Table[Any]()).rows

    return replace(
        network_of(content),
        suitability={(row.physician, row.task): row.suitability for row in rows("suitability.csv")},
        agreements=tuple(_agreement(row) for row in rows("agreements.csv")),
        pairs=tuple(Pair(**row.model_dump()) for row in rows("pairs.csv")),
        geography=tuple(GeographyRule(**row.model_dump()) for row in rows("geography.csv")),
    )


def _agreement(row: AgreementRow) -> Agreement:
    value, _, limit = row.value.partition(":")
    return Agreement(row.physician, row.kind, value, int(limit or 0))
