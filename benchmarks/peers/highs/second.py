"""Starts the second process and asks it for matrices."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

from pysched.model import Network, State, Week

from .matrix import Matrix

READY = "ready"


class Second:
    """A process that translates weeks, once its libraries are loaded.

    Raises:
        RuntimeError: the process has ended, having said why on the standard error.
    """

    def __init__(self) -> None:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.translating"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        if self._heard() != READY:
            raise RuntimeError("the second process does not say that it is ready")

    def matrix_of(self, network: Network, week: Week, state: State) -> Matrix:
        """Return the program of a week.

        Raises:
            RuntimeError: the process has ended, having said why on the standard error.
        """
        if self._process.stdin is None:
            raise RuntimeError("the second process has no input")
        try:
            pickle.dump((network, week, state), self._process.stdin)
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise RuntimeError(f"the second process ended: {self._process.wait()}") from error
        matrix = self._heard()
        if not isinstance(matrix, Matrix):
            raise RuntimeError(f"the second process returned no matrix: {matrix!r}")
        return matrix

    def _heard(self) -> object:
        if self._process.stdout is None:
            raise RuntimeError("the second process has no output")
        try:
            return pickle.load(self._process.stdout)  # noqa: S301  (from a process of our own)
        except EOFError as error:
            raise RuntimeError(f"the second process ended: {self._process.wait()}") from error
