"""What a bench makes again, and what it leaves as it is."""

from pathlib import Path

from pysched.bench.cases import Case
from pysched.bench.harness import Bench, Pace, runs_of
from pysched.bench.rows import read
from pysched.bench.suite import read_suites
from tests.bench.making import toy_cases, write_suite


def test_engines_take_turns_through_seeds_and_limits() -> None:
    """Each engine is first as often as another, and no run comes twice."""
    suite = read_suites(Path(__file__).parents[2] / "benchmarks" / "suite.toml").suites[1]
    suite = suite.model_copy(update={"time_limits": (3.0, 10.0), "seeds": (1, 2, 3)})
    cases: tuple[Case, ...] = toy_cases()
    engines = ("a", "b", "c")
    runs = list(runs_of(suite, cases, engines))
    assert len({run.key for run in runs}) == len(runs) == 2 * 3 * 2 * 3
    firsts = [run.engine for run in runs[::3]]
    assert {name: firsts.count(name) for name in engines} == {"a": 4, "b": 4, "c": 4}
    for n in range(0, len(runs), 3):
        assert {run.engine for run in runs[n : n + 3]} == set(engines)
        assert len({(run.case.name, run.seed, run.limit) for run in runs[n : n + 3]}) == 1


def test_rows_of_other_input_are_made_again(tmp_path: Path) -> None:
    """The others are not."""
    file = read_suites(write_suite(tmp_path, '["pysched", "parrot"]', '["parrot"]'))
    said: list[str] = []
    assert Bench(file, tmp_path, said.append).make(file.suites) == 2
    rows = tmp_path / "toy.csv"
    first, second = read(rows)
    rows.write_text(rows.read_text().replace(first["digest"], "another", 1))
    assert Bench(file, tmp_path, said.append).make(file.suites) == 1
    assert "toy: 1 rows are of other input and do not count" in said
    assert [row["digest"] for row in read(rows)] == ["another", second["digest"], first["digest"]]


def test_rows_of_other_commits_are_told(tmp_path: Path) -> None:
    """They stay as they are."""
    file = read_suites(write_suite(tmp_path, '["pysched", "parrot"]', '["parrot"]'))
    said: list[str] = []
    Bench(file, tmp_path, said.append, most=1).make(file.suites)
    rows = tmp_path / "toy.csv"
    text = rows.read_text()
    rows.write_text(text.replace(",none | at all,,", ",none | at all,abc1234,"))
    assert read(rows)[0]["commit"] == "abc1234"
    Bench(file, tmp_path, said.append, most=1).make(file.suites)
    assert "toy: has rows of other commits, which stay: abc1234" in said
    assert len(read(rows)) == 2


def test_the_time_left_is_learned_from_rows() -> None:
    """Engines that end early make it shorter."""
    pace = Pace()
    assert pace.left([60.0, 60.0]) == 126.0
    pace.took(60.0, 31.5)
    assert pace.left([60.0, 60.0]) == 63.0
