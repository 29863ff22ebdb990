"""Where the scenarios shipped with the package are."""

from __future__ import annotations

from pathlib import Path

from pysched.instance.fields import with_hint
from pysched.instance.scenario import InstanceError, Problem

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE / "instances", _PACKAGE.parent / "instances")
"""In the wheel, and beside the package in a checkout."""


def find_scenario(name_or_path: str | Path) -> Path:
    """Return the folder of a scenario: an existing path, or one shipped under that name.

    Raises:
        InstanceError: it is neither.
    """
    name = str(name_or_path)
    try:
        exists = Path(name).exists()
    except OSError as error:
        expected = f"a path that can be read: {error.strerror}"
        raise InstanceError([Problem(name, None, "scenario", name, expected)]) from error
    if exists:
        return Path(name)
    shipped = {
        folder.name: folder
        for place in _PLACES
        if place.is_dir()
        for folder in sorted(place.iterdir())
        if (folder / "network.yaml").is_file()
    }
    if name in shipped:
        return shipped[name]
    expected = f"a folder, or one of {', '.join(shipped)}"
    hint = with_hint(expected, name, frozenset(shipped))
    raise InstanceError([Problem(name, None, "scenario", name, hint)])
