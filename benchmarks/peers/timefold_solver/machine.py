"""Starts the Java machine that Timefold runs in, once in a process."""

from __future__ import annotations

from importlib import import_module

from pysched.bench import UnavailableError

MEMORY_MB = 2048

OPTIONS = (
    # The serial collector needs no threads of its own.
    "-XX:+UseSerialGC",
    # The machine spends most of its start on optimising what is run at the start alone, and leaves
    # less of the time to the search; it optimises later than it would.
    "-XX:Tier4InvocationThreshold=20000",
    "-XX:Tier4MinInvocationThreshold=6000",
    "-XX:Tier4CompileThreshold=50000",
    "-XX:Tier4BackEdgeThreshold=200000",
)


def start(memory_mb: int = MEMORY_MB) -> None:
    """Start the Java machine unless it runs.

    Args:
        memory_mb: the most its heap may take.

    Raises:
        UnavailableError: the wheel is not installed, or no Java of version 17 or later is found.
    """
    try:
        jpype, interpreter = import_module("jpype"), import_module("_jpyinterpreter")
        solver = import_module("timefold.solver")
    except ImportError as error:
        raise UnavailableError(f"Timefold is not installed: {error}") from error
    if jpype.isJVMStarted():
        return
    try:
        solver.init(interpreter.get_default_jvm_path(), f"-Xmx{memory_mb}m", *OPTIONS)
    except Exception as error:  # of several packages, some of them known only once imported
        raise UnavailableError(f"no Java machine for Timefold: {error}") from error
