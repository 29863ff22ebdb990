"""Rows of the study: simulated once, kept as JSON, written as CSV."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import pysched

from . import agents
from .measures import YEAR, by_kind, curves_of, mean_price, measures_of
from .record import Record
from .setting import Setting
from .years import simulate

Kept = dict[str, Any]
Job = tuple[Setting, int]
"""A setting and a seed."""


def simulate_all(jobs: Iterable[Job], folder: Path, processes: int) -> list[Kept]:
    """Return what is kept of each setting and seed; what is in the folder is not done again."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(partial(_one, folder=folder), jobs))


def _one(job: Job, folder: Path) -> Kept:
    setting, seed = job
    text = json.dumps([asdict(setting), seed, _sources()], sort_keys=True)
    file = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
    if file.exists():
        kept: Kept = json.loads(file.read_text())
        return kept
    begun = time.process_time()
    kept = kept_of(setting, seed, simulate(setting, seed))
    print(f"{setting.name}, seed {seed}: {time.process_time() - begun:.0f} s", file=sys.stderr)
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(kept))
    part.rename(file)
    return kept


def kept_of(setting: Setting, seed: int, record: Record) -> Kept:
    """Return measures, curves and what became of each kind of physician."""
    years = {}
    for year in range(1, record.weeks // YEAR + 1):
        part = slice((year - 1) * YEAR, year * YEAR)
        income = record.earned[part].sum() + record.compensation[part].sum()
        years[f"price_{year}"] = mean_price(record, part)
        years[f"balance_{year}"] = float(record.balance[part].mean())
        years[f"utilisation_{year}"] = float(record.spent[part].sum() / income)
    return {
        "setting": setting.name,
        "seed": seed,
        "measures": measures_of(record) | years,
        "curves": curves_of(record),
        "kinds": by_kind(record),
        "counts": record.counts,
    }


def write_csv(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows with the columns of the first; floats with six significant digits."""
    found = list(rows)
    with file.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _text(value) for key, value in row.items()} for row in found)


def read_csv(file: Path) -> list[dict[str, str]]:
    """Return the rows of a file."""
    with file.open(newline="") as stream:
        return list(csv.DictReader(stream))


def _text(value: object) -> object:
    return f"{value:.6g}" if isinstance(value, float) else value


def _sources() -> str:
    """Return a hash of the code that the outcome follows from."""
    found = hashlib.sha256()
    package = Path(pysched.__file__).parent
    parts = [package / name for name in ("bank", "conflicts", "fairness", "facts", "model")]
    for path in sorted(
        p for part in [*parts, Path(agents.__file__).parent] for p in part.rglob("*.py")
    ):
        if path.stem not in {"figures", "tables", "sweep", "write"}:
            found.update(path.read_bytes())
    return found.hexdigest()
