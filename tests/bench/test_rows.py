"""Rows: whole ones only, and read as they were written."""

from pathlib import Path

import pytest

from pysched.bench.child import Outcome
from pysched.bench.engine import Answer
from pysched.bench.journal import Ended
from pysched.bench.place import Place, place_of
from pysched.bench.pricing import Worth
from pysched.bench.rows import FIELDS, RowsError, Run, append, read, row_of, thinned
from tests.bench.making import ROOT, costs, toy_cases

PLACE = Place("abc1234+", "python 3, clingo 5", "a machine, 2 cores")
TRACE = ((0.5, costs(1, 2, 3, 4, 5, 6)), (2.0, costs(0, 2, 3, 4, 5, 6)))


def made(late: int = 0) -> dict[str, str]:
    """Return a row of ten seconds."""
    run = Run("s", toy_cases()[0], "parrot", 1, 10.0, 2)
    answer = Answer({6: 0, 5: 1}, "feasible", "a, b\nc", {6: 2.5}, {5: 1})
    outcome = Outcome((), Ended(9.876, 120.4, answer), 9.876, 120.4)
    return row_of(run, outcome, Worth(TRACE, 0.5, late), PLACE, 0.25)


def test_a_row_is_read_as_it_was_written(tmp_path: Path) -> None:
    """With costs at checkpoints, up to the limit."""
    append(tmp_path / "rows.csv", made())
    (row,) = read(tmp_path / "rows.csv")
    assert row.cost == TRACE[1][1]
    assert (row.bound, row.forced, row.proven) == ({6: 0, 5: 1}, {5: 1}, {6: 2.5})
    assert row.trace == TRACE
    assert (row["cost_6_at_1"], row["cost_6_at_3"], row["cost_6_at_10"]) == ("1", "0", "0")
    assert row["cost_6_at_30"] == ""
    assert [row.cost_at(t).get(6) for t in (0.1, 0.5, 1.9, 2.0, 10.0)] == [None, 1, 1, 0, 0]
    assert (row["tuning"], row["seconds"], row["memory_mb"]) == ("a, b c", "9.88", "120")
    assert row.number("first_seconds") == 0.5


def test_bounds_of_a_late_schedule_are_left_out(tmp_path: Path) -> None:
    """They hold for costs that do not count."""
    append(tmp_path / "rows.csv", made(late=1))
    (row,) = read(tmp_path / "rows.csv")
    assert (row.bound, row.proven, row["late"]) == ({}, {}, "1")


@pytest.mark.parametrize("cut", [1, 50, 200])
def test_a_row_that_was_cut_short_is_not_one(cut: int, tmp_path: Path) -> None:
    """The next one takes its place."""
    file = tmp_path / "rows.csv"
    append(file, made())
    whole = file.read_bytes()
    append(file, made())
    both = file.read_bytes()
    file.write_bytes(whole + both[len(whole) :][:cut])
    assert len(read(file)) == 1
    append(file, made())
    assert file.read_bytes() == both


def test_a_header_that_was_cut_short_is_written_again(tmp_path: Path) -> None:
    """Nothing is lost, as there was nothing."""
    file = tmp_path / "rows.csv"
    file.write_text("suite,inst")
    assert read(file) == []
    append(file, made())
    assert len(read(file)) == 1


def test_a_file_of_other_columns_is_refused(tmp_path: Path) -> None:
    """It is named."""
    file = tmp_path / "rows.csv"
    file.write_text("a,b\n1,2\n")
    with pytest.raises(RowsError, match=r"rows\.csv: row 1: "):
        read(file)


def test_a_row_without_numbers_is_refused(tmp_path: Path) -> None:
    """With file, row and value."""
    file = tmp_path / "rows.csv"
    append(file, made())
    append(file, made() | {"cost_3": "many"})
    with pytest.raises(RowsError, match=r"rows\.csv: row 3: .*'many'"):
        read(file)


def test_a_trace_is_thinned_to_the_last_of_points_together() -> None:
    """Never the last of all, and never to a time before it was found."""
    trace = tuple((0.001 * n, costs(0, 0, 0, 0, 0, 5000 - n)) for n in range(1, 4000))
    thin = thinned(trace)
    assert all(point in trace for point in thin)
    assert thin[-1] == trace[-1]
    assert 20 < len(thin) < 60


def test_every_column_has_a_name_of_its_own() -> None:
    """So that none hides another."""
    assert len(FIELDS) == len(set(FIELDS))


def test_a_place_says_what_took_part() -> None:
    """Packages that are not there are left out; a folder without git has no commit."""
    place = place_of(ROOT, ["clorm", "no-such-package"])
    assert "clorm" in place.versions
    assert "no-such-package" not in place.versions
    assert place_of(Path("/"), []).commit == ""
