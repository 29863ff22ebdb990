"""Files that are written beside their place and then moved there: wholly or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Yield a file to write beside a place and to move there; what is left of it is removed.

    Raises:
        OSError: it cannot be written; the place is named, of which people know.
    """
    hidden = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with named(hidden, path):
            yield hidden
    finally:
        with suppress(OSError):
            hidden.unlink(missing_ok=True)


@contextmanager
def named(hidden: Path, path: Path) -> Iterator[None]:
    """Say errors of a hidden file of the place that it is for.

    Raises:
        OSError: as it was, of the other name.
    """
    try:
        yield
    except OSError as error:
        if error.filename != str(hidden):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error
