"""The suite file: what is read, and what is said of a wrong one."""

from pathlib import Path

import pytest

from pysched.bench.suite import Source, SuiteError, read_suites
from tests.bench.making import ROOT, write_suite


def test_the_shipped_suites_are_read() -> None:
    """Each peer has its place, and every module named is there."""
    file = read_suites(ROOT / "benchmarks" / "suite.toml")
    assert file.root == ROOT
    names = [suite.name for suite in file.suites]
    assert names == [
        "small",
        "ten-seconds",
        "libraries",
        "fourteen",
        "twenty-eight",
        "scale",
        "largest",
        "weighted",
    ]
    for table in file.engines.values():
        module = ROOT / Path(*table.run.partition(":")[0].split("."))
        assert module.with_suffix(".py").is_file() or (module / "__init__.py").is_file()


def test_long_suites_have_instances_and_seeds_enough() -> None:
    """At least five instances and three seeds; on each size of the large ones three of both."""
    suites = {s.name: s for s in read_suites(ROOT / "benchmarks" / "suite.toml").suites}
    for name in ("fourteen", "twenty-eight", "weighted", "scale"):
        suite = suites[name]
        assert sum(len(source.numbers) for source in suite.instances) >= 5
        assert (len(suite.seeds), suite.time_limits) == (3, (60,))
    sizes = [
        source.physicians for name in ("scale", "largest") for source in suites[name].instances
    ]
    assert {size: sizes.count(size) for size in sizes} == {56: 3, 112: 3, 224: 3}
    assert suites["largest"].seeds == suites["scale"].seeds


def test_rows_of_a_suite_are_counted(tmp_path: Path) -> None:
    """Weeks, engines, seeds and limits multiply."""
    file = write_suite(tmp_path, "seeds = [1]", "seeds = [1, 2, 5]")
    (suite,) = read_suites(file).suites
    assert suite.size == 2 * 2 * 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"parrot"]', '"parrott"]', "[[suite]] toy, engines = 'parrott': one of"),
        ('"parrot"]', '"parrott"]', "did you mean 'parrot'?"),
        ("seeds = [1]", "seed = [1]", "[[suite]] toy, seed: unknown field"),
        ("seeds = [1]", "", "[[suite]] toy, seeds: this field is required"),
        ("seeds = [1]", "seeds = [1, -2]", "[[suite]] toy, seeds.2 = -2: "),
        ("[2]", '["two"]', "[[suite]] toy, time_limits.1 = 'two': a valid number"),
        ('"toy"\ninst', '"no name"\ninst', "[[suite]] no name, name = 'no name': "),
        ("weeks = 2 }", "weeks = 2, take = [3] }", "toy, instances.1: take has week 3"),
        ('scenario = "toy", ', "", "instances.1: expected either scenario or physicians"),
        ('"tests.bench.engines:lacking"', '"here"', "[engines.lacking], run = 'here': "),
        ("needs =", "need =", "[engines.absent], need: unknown field"),
        ("[[suite]]", "[[suites]]", "the file, suite: this field is required"),
        ("[engines.parrot]", "[engines.parrot", "not TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    """File, table, field and value."""
    file = write_suite(tmp_path, old, new)
    with pytest.raises(SuiteError) as error:
        read_suites(file)
    assert said in str(error.value)
    assert all(line.startswith(f"{file}: ") for line in str(error.value).splitlines())


def test_two_suites_of_one_name_are_refused(tmp_path: Path) -> None:
    """Their rows would be kept in one file."""
    file = write_suite(tmp_path)
    text = file.read_text()
    file.write_text(text + text[text.index("[[suite]]") :])
    with pytest.raises(SuiteError, match="name = 'toy': a name that no other suite has"):
        read_suites(file)


def test_sources_have_names() -> None:
    """As the scenario, or by size, weeks and seed."""
    assert Source(scenario="some/where", weeks=1).name == "where"
    assert Source(physicians=14, weeks=4, seed=2, take=(4, 1)).name == "n014w4s2"
    assert Source(physicians=14, weeks=4, take=(4, 1, 4)).numbers == (1, 4)
