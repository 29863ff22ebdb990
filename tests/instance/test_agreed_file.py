"""Files of agreed changes: read as they are, refused with row, field and value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pysched.instance import InstanceError, find_scenario, read_scenario
from pysched.instance.agreed_file import read_agreed_file

NETWORK = read_scenario(find_scenario("toy")).network
HEAD = "request,kind,asker,asked_at,day,task,giver,taker"
GOOD = "r1,cover,carla,2024-04-19T18:30+02:00,2024-04-20,ward,carla,dario"


def written(folder: Path, *rows: str) -> Path:
    """Return a file of rows."""
    path = folder / "agreed.csv"
    path.write_text("\n".join((HEAD, *rows, "")))
    return path


def test_a_row_is_read_with_its_time_in_utc(tmp_path: Path) -> None:
    """A duty that was open has no giver."""
    one, other = read_agreed_file(
        written(tmp_path, GOOD, GOOD.replace("ward,carla", "ward,").replace("r1", "r2")), NETWORK
    )
    assert one.asked_at == datetime(2024, 4, 19, 16, 30, tzinfo=UTC)
    assert (one.day, one.task, one.giver, one.taker) == (
        date(2024, 4, 20),
        "ward",
        "carla",
        "dario",
    )
    assert other.giver == ""


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (GOOD.replace("cover", "gift"), "kind = 'gift'"),
        (GOOD.replace("+02:00", ""), "a time with its offset"),
        (GOOD.replace("dario", "zeno"), "taker = 'zeno': expected a known physician"),
        (GOOD.replace("ward", "song"), "task = 'song': expected a known task"),
        (GOOD.replace("cover", "swap"), "request = 'r1': expected the kind, asker and asked_at"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, row: str, words: str) -> None:
    """With its line in the file."""
    with pytest.raises(InstanceError) as told:
        read_agreed_file(written(tmp_path, GOOD, row), NETWORK)
    assert "agreed.csv:3: " in str(told.value)
    assert words in str(told.value)
