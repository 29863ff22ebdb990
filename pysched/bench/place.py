"""Where rows are made: commit, versions of what took part, machine and its load."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """What every row says of where it was made; the commit ends in + where files differ from it."""

    commit: str
    versions: str
    machine: str


def place_of(root: Path, packages: Iterable[str]) -> Place:
    """Return the place of the rows of an engine that needs some packages."""
    names = dict.fromkeys(("pysched", "clingo", *packages))
    said = [f"{name} {_version(name)}" for name in names if _version(name)]
    return Place(
        _commit(root), ", ".join([f"python {platform.python_version()}", *said]), _machine()
    )


def load() -> float:
    """Return how many processes wanted to run in the last minute."""
    return os.getloadavg()[0]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _commit(root: Path) -> str:
    commit = _git(root, "rev-parse", "--short", "HEAD")
    # What is written about the benchmarks does not change them.
    changed = _git(root, "status", "--porcelain", "--", ":!*.md", ":!*.csv", ":!*.png")
    return f"{commit}+" if commit and changed else commit


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "--no-optional-locks", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _machine() -> str:
    cores = f"{os.cpu_count()} cores"
    try:
        text = Path("/proc/cpuinfo").read_text()
    except OSError:
        text = ""
    found = re.search(r"model name\s*: (.+)", text)
    name = found[1].strip() if found else platform.processor() or platform.machine()
    return f"{name}, {cores}"
