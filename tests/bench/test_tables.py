"""Tables, read off rows made by hand."""

from pysched.bench import tables
from tests.bench.making import costs, made_row

ROWS = [
    made_row("a", costs(0, 100, 4, 0, 0, 9), {6: 0, 5: 100}, status="optimal"),
    made_row("b", costs(0, 100, 8, 0, 0, 3), {5: 50}, late="2", seconds="11.26"),
    made_row("a", costs(0, 100, 4, 0, 0, 7), {5: 100}, seed="2"),
    made_row("b", {}, seed="2", status="crashed", first_seconds=""),
]
BOTH = ["a", "b"]


def cells(lines: list[str], *starts: str) -> list[str]:
    """Return the cells of the line that starts with some."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    (found,) = [row for row in rows if row[: len(starts)] == list(starts)]
    return found[len(starts) :]


def test_how_runs_ended_is_counted() -> None:
    """Proven, without a schedule, failed, late."""
    lines = tables.runs(ROWS, BOTH)
    assert cells(lines, "a") == ["2", "1", "0", "-", "0", "10.0"]
    assert cells(lines, "b") == ["2", "0", "1", "1 crashed", "1", "11.3"]


def test_medians_are_by_size_and_engine() -> None:
    """Of the runs with a schedule; who won is counted over all."""
    lines = tables.costs(ROWS, BOTH)
    costs_of_a = ["2", "0 (0)", "100 (100)", "4 (0)", "0 (0)", "0 (0)", "8 (0)", "-"]
    assert cells(lines, "14", "a") == costs_of_a
    assert cells(lines, "14", "b")[-1] == "2 : 0 : 0"


def test_won_and_lost_are_by_the_level_that_decided() -> None:
    """With the median ratio where there is one."""
    lines = tables.duels(ROWS, BOTH)
    assert cells(lines, "level 4") == ["1 (0.50) : 0"]
    assert cells(lines, "level 6") == ["1 : 0"]
    assert cells(lines, "all") == ["2 : 0"]


def test_the_best_of_the_others_is_what_counts() -> None:
    """Won, tied and lost; the ratio where costs differ, none better than nothing."""
    rows = [
        made_row("a", costs(0, 100, 4, 0, 0, 9)),
        made_row("b", costs(0, 100, 8, 0, 0, 3)),
        made_row("c", costs(0, 100, 5, 0, 0, 0)),
        made_row("a", costs(0, 100, 4, 0, 0, 6), seed="2"),
        made_row("b", costs(0, 100, 4, 0, 0, 5), seed="2"),
        made_row("a", costs(0, 100, 4, 0, 0, 5), seed="3"),
        made_row("b", costs(0, 100, 4, 0, 0, 5), seed="3"),
        made_row("a", costs(0, 100, 4, 0, 0, 5), seed="4"),
        made_row("b", {}, seed="4"),
        made_row("a", {}, seed="5"),
        made_row("b", costs(0, 100, 4, 0, 0, 5), seed="5"),
    ]
    lines = tables.against_best(rows, ["a", "b", "c"])
    assert cells(lines, "14", "10 s") == ["2 : 1 : 2", "1.00", "2/5"]
    assert cells(lines, "14", "in the end") == cells(lines, "14", "10 s")


def test_cost_over_time_has_a_dash_where_most_have_nothing() -> None:
    """One of two is not most."""
    lines = tables.over_time(ROWS, BOTH)
    assert cells(lines, "a", "1 s") == ["0", "100", "4", "0", "0", "8"]
    assert set(cells(lines, "b", "10 s")) == {"-"}


def test_what_is_proven_is_a_share_of_all_runs() -> None:
    """An engine that does not say when has done it in the end."""
    lines = tables.proven(ROWS, BOTH)
    assert cells(lines, "a")[1] == "0% 100% 100%"
    assert cells(lines, "a")[2] == "0% 0% 0%"
    assert cells(lines, "b")[0] == "0% 0% 50%"


def test_gaps_count_a_run_without_schedule_as_worst() -> None:
    """So half of b has none."""
    lines = tables.gaps(ROWS, BOTH)
    assert cells(lines, "14", "a")[:2] == ["0%", "0%"]
    assert cells(lines, "14", "a")[-2:] == ["0.50", "100 (100)"]
    assert cells(lines, "14", "b")[-2] == "-"


def test_the_one_number_compares_where_all_above_is_equal() -> None:
    """As the cost of each to that of the first."""
    rows = [
        made_row("a", {6: 0, 5: 100, 1: 99}),
        made_row("b", {6: 0, 5: 100, 1: 199}),
        made_row("a", {6: 0, 5: 100, 1: 9}, seed="2"),
        made_row("b", {6: 0, 5: 200, 1: 1}, seed="2"),
    ]
    lines = tables.one_number(rows, BOTH)
    assert cells(lines, "b") == ["100 (0)", "1", "2.00", "2.00-2.00", "2 : 0 : 0"]
    assert cells(lines, "a")[1:] == ["2", "1.00", "1.00-1.00", "-"]


def test_settings_are_those_of_the_rows() -> None:
    """A bar in them does not break the table."""
    rows = [made_row("a", costs(0, 0, 0, 0, 0, 0), tuning="x | y", versions="v")]
    assert cells(tables.tunings(rows), "a") == ["x / y", "v", "1"]
