"""Numbers on the command line of the study."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("option", "value"), [("--years", "0"), ("--conflicts", "many"), ("--weeks", "-1")]
)
def test_a_wrong_number_is_refused_before_anything_is_solved(
    option: str, value: str, tmp_path: Path
) -> None:
    """The option and the value are named, and nothing is written."""
    command = [sys.executable, str(ROOT / "benchmarks" / "fairness.py"), f"{option}={value}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.returncode == 2
    assert option in done.stderr
    assert repr(value) in done.stderr
    assert list(tmp_path.iterdir()) == []
