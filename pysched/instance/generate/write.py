"""Writing of scenario folders that `read_scenario` gives back as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path

from pysched.instance.beside import named
from pysched.instance.generate.network_text import network_text
from pysched.instance.network_file import FILE
from pysched.instance.scenario import Scenario
from pysched.model import Agreement

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "absences.csv": ("physician", "first_day", "last_day", "kind"),
    "closures.csv": ("task", "first_day", "last_day", "reason"),
    "requests.csv": ("physician", "day", "kind", "what", "weight"),
    "pins.csv": ("day", "task", "physician"),
    "history.csv": ("day", "task", "physician"),
    "by_hand.csv": ("day", "task", "physician"),
    "agreements.csv": ("physician", "kind", "value"),
    "suitability.csv": ("physician", "task", "suitability"),
    "pairs.csv": ("physician", "other", "kind"),
    "geography.csv": ("task", "then_task", "reason"),
}
"""The columns of each CSV file, in order."""


def write_scenario(scenario: Scenario, folder: Path, *, overwrite: bool = False) -> None:
    """Write network.yaml and a CSV file for each kind of row that there is.

    Each file is written beside its place and then moved there, network.yaml last. Without it a
    folder is not a scenario, so one written by half is never read.

    Args:
        scenario: what to write; its warnings and lines belong to the folder it was read from.
        folder: where to; made if it is not there.
        overwrite: replace the scenario that is there; files that are not a scenario's stay.

    Raises:
        ValueError: the folder holds something else, or no file can say what the network says.
    """
    texts = scenario_texts(scenario)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is not a folder")
    folder.mkdir(parents=True, exist_ok=True)
    if not overwrite:
        _check_free(folder, texts)
    for name, text in texts.items():
        with named(_beside(folder, name), folder / name):
            _beside(folder, name).write_bytes(text.encode())
    (folder / FILE).unlink(missing_ok=True)
    for name in COLUMNS.keys() - texts.keys():
        (folder / name).unlink(missing_ok=True)
    for name in sorted(texts, key=lambda name: name == FILE):
        _beside(folder, name).replace(folder / name)


def scenario_texts(scenario: Scenario) -> dict[str, str]:
    """Return the text of each file of a scenario, by name."""
    tables = scenario_tables(scenario)
    return {FILE: network_text(scenario)} | {
        name: _csv_text(COLUMNS[name], rows) for name, rows in tables.items() if rows
    }


def _beside(folder: Path, name: str) -> Path:
    return folder / f".{name}.tmp"


def _check_free(folder: Path, texts: Mapping[str, str]) -> None:
    """Check that nothing in a folder would be lost or mixed with what is written.

    What the same write left behind when it was killed is no hindrance.

    Raises:
        ValueError: something would.
    """
    for path in sorted(set(folder.iterdir()) - {_beside(folder, name) for name in texts}):
        text = texts.get(path.name)
        if text is None or not path.is_file() or path.read_bytes() != text.encode():
            raise ValueError(f"folder {folder} holds something else: {path.name}")


def scenario_tables(scenario: Scenario) -> dict[str, list[Sequence[object]]]:
    """Return the rows of each CSV file, in the order of its columns."""
    network = scenario.network
    rows: dict[str, Iterable[object]] = {
        "absences.csv": scenario.absences,
        "closures.csv": scenario.closures,
        "requests.csv": scenario.requests,
        "pins.csv": scenario.pins,
        "history.csv": scenario.history,
        "by_hand.csv": scenario.by_hand,
        "pairs.csv": network.pairs,
        "geography.csv": network.geography,
    }
    tables = {name: _cells(name, values) for name, values in rows.items()}
    tables["agreements.csv"] = [
        (row.physician, row.kind, _value(row)) for row in network.agreements
    ]
    tables["suitability.csv"] = [(*skill, value) for skill, value in network.suitability.items()]
    return tables


def _cells(name: str, values: Iterable[object]) -> list[Sequence[object]]:
    cells = attrgetter(*COLUMNS[name])
    return [cells(value) for value in values]


def _value(agreement: Agreement) -> str:
    if agreement.kind == "max_per_week":
        return f"{agreement.value}:{agreement.limit}"
    return agreement.value


def _csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return buffer.getvalue()
