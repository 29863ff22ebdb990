"""The tables of steps and of parts, on small networks."""

from benchmarks.parts import costs, steps
from pysched.solver import Options


def test_a_row_for_each_size() -> None:
    """What a step takes, and how many assignments there are to choose from."""
    head, _, row = steps([7])
    physicians, assignments, step, _ = (cell.strip() for cell in row.strip("|").split("|"))
    assert head.count("|") == row.count("|")
    assert physicians == "7"
    assert int(assignments) > 200
    assert 0 <= int(step) < 1000


def test_a_row_with_parts_and_one_without() -> None:
    """A week so small is not cut: both are the same search."""
    head, _, *rows = costs([7], [1], Options(None, 2000, 1, 1))
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert [row[:2] for row in cells] == [["n007w1s1", "yes"], ["n007w1s1", "no"]]
    assert cells[0][2:4] == cells[1][2:4]
    assert len(cells[0][2].split()) == 6
    assert all(row.count("|") == head.count("|") for row in rows)
