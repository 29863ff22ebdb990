"""Ctrl-C while the command is still being imported: one line and exit code 130, no traceback."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

_INTERRUPTED = 130


def is_command(argv: list[str], original: list[str]) -> bool:
    """Return whether a process runs the command `pysched`, and not a program that imports it.

    Args:
        argv: of the process; Python has -m first while it looks for the module to run.
        original: the arguments of the interpreter itself.
    """
    if argv[:1] == ["-m"]:
        return "pysched" in original
    return bool(argv) and os.path.basename(argv[0]).partition(".")[0] == "pysched"


def _leave(_number: int, _frame: FrameType | None) -> None:
    os.write(2, b"\ninterrupted\n")
    os._exit(_INTERRUPTED)


# The package is imported before any code of the command runs, so the handler is set here; a
# program that uses the library keeps its own, and a search sets another.
if is_command(sys.argv, sys.orig_argv):
    signal.signal(signal.SIGINT, _leave)
