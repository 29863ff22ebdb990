"""The peak of memory of a process and of those it started."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path


def peak_mb() -> float:
    """Return the most memory that this process, or one it has waited for, had at a time, in MB.

    Of several processes the largest counts, as their peaks need not come together.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _UNIT
    return max(peak_mb_of("self") or _own_mb(), children)


def peak_mb_of(process: int | str) -> float:
    """Return the most memory that a running process had so far, in MB; 0 where nothing says."""
    # Linux hands ru_maxrss on from a process to those it starts, but not this number.
    try:
        text = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s*(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


def _own_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


_UNIT = 1 / 1024**2 if sys.platform == "darwin" else 1 / 1024
"""Of ru_maxrss, in MB."""
