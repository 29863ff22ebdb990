"""What every encoding says of itself, against what clingo reads in it."""

from pathlib import Path

import pytest
from clingo import Control
from clorm import Predicate

from pysched.facts import network_words, question_words, week_words
from pysched.model import WEIGHTS

from .reading import ASP, Encoding, read_encoding

ENCODINGS = {path: read_encoding(path) for path in sorted(ASP.rglob("*.lp"))}
ENTRIES = {path: encoding for path, encoding in ENCODINGS.items() if encoding.includes}
PARTS = {path: encoding for path, encoding in ENCODINGS.items() if not encoding.includes}
INSTANCE = PARTS[ASP / "instance.lp"]
SOFT = [path for path in PARTS if path.parent.name in ("soft", "fairness")]
HARD = [path for path in PARTS if path.parent.name == "hard" and path.stem != "forbid"]
VOCABULARY = PARTS[ASP / "explain" / "vocabulary.lp"]
BESIDE = {
    ASP / "alternatives.lp",
    ASP / "repair.lp",
    *(path for path in PARTS if path.parent.name == "explain"),
}
"""Loaded with week.lp for another question than the best schedule."""
WORDS = (network_words, question_words, week_words)
OUTPUT = {("assign", 2), ("cost", 4), ("violated", 2)}


def name(path: Path) -> str:
    """Return the name of an encoding, for the report of a test."""
    return path.relative_to(ASP).as_posix()


def every_derived() -> set[tuple[str, int]]:
    """Return all that any encoding derives."""
    return set().union(*(encoding.derived for encoding in PARTS.values()))


def every_read() -> set[tuple[str, int]]:
    """Return all that any encoding reads."""
    return set().union(*(encoding.read for encoding in PARTS.values()))


every = pytest.mark.parametrize("path", ENCODINGS, ids=name)
every_part = pytest.mark.parametrize("path", PARTS, ids=name)
every_soft = pytest.mark.parametrize("path", SOFT, ids=name)
every_hard = pytest.mark.parametrize("path", HARD, ids=name)


@every
def test_a_file_is_short(path: Path) -> None:
    """At most 60 lines of 100 columns."""
    lines = path.read_text().splitlines()
    assert len(lines) <= 60
    assert [line for line in lines if len(line) > 100] == []


@every
def test_a_header_has_its_sections_in_order(path: Path) -> None:
    """Purpose always; input and output where anything is read or derived."""
    header = ENCODINGS[path].header
    assert list(header) == [part for part in ("Purpose", "Input", "Output") if part in header]
    assert header["Purpose"].rstrip().endswith((".", ".lp"))


@every_part
def test_a_header_lists_what_the_file_reads(path: Path) -> None:
    """Exactly the predicates and constants that come from elsewhere, once each."""
    encoding = PARTS[path]
    assert sorted(encoding.listed("Input")) == sorted(encoding.inputs(INSTANCE.constants))


@every_part
def test_a_header_lists_what_the_file_derives(path: Path) -> None:
    """Exactly the predicates that are not private, under the name of their rule."""
    encoding = PARTS[path]
    outputs = {signature for signature in encoding.derived if not signature[0].startswith("_")}
    assert set(encoding.listed("Output")) == outputs


@every_soft
def test_a_soft_rule_derives_costs_of_its_own_name(path: Path) -> None:
    """The file is named after the rule, and its header says the same."""
    assert ENCODINGS[path].first_arguments("cost") == {path.stem}
    assert f"cost({path.stem}, " in ENCODINGS[path].header["Output"]


@every_soft
def test_a_soft_rule_knows_the_grades_of_the_model(path: Path) -> None:
    """Weights are read for grades that exist; a variable stands for any grade."""
    graded = {(rule, grade) for rule, grade in ENCODINGS[path].weighed if grade[0].islower()}
    variables = {grade for _, grade in ENCODINGS[path].weighed if not grade[0].islower()}
    assert graded <= set(WEIGHTS)
    if not variables:
        assert graded == {key for key in WEIGHTS if key[0] == path.stem}
    assert {rule for rule, _ in ENCODINGS[path].weighed} == {path.stem}


@every_hard
def test_a_hard_rule_derives_breaches_of_its_own_name(path: Path) -> None:
    """The file is named after the rule."""
    for predicate in ("violated", "accepted"):
        assert ENCODINGS[path].first_arguments(predicate) == {path.stem}
        assert f"{predicate}({path.stem}, C)" in ENCODINGS[path].header["Output"]
    assert ENCODINGS[path].first_arguments("breach") <= {path.stem}


def test_every_soft_rule_of_the_model_has_its_file() -> None:
    """And every file its rule."""
    assert sorted(path.stem for path in SOFT) == sorted({rule for rule, _ in WEIGHTS})


def test_private_predicates_stay_in_their_file() -> None:
    """No two files use one private name."""
    homes: dict[str, set[str]] = {}
    for path, encoding in ENCODINGS.items():
        for predicate, _ in encoding.derived | encoding.read:
            if predicate.startswith("_"):
                homes.setdefault(predicate, set()).add(name(path))
    assert {predicate: files for predicate, files in homes.items() if len(files) > 1} == {}


@pytest.mark.parametrize(
    ("statement", "homes"),
    [
        ("#minimize", ["objective.lp"]),
        ("#show", ["show.lp"]),
        ("#defined", ["explain/vocabulary.lp", "instance.lp"]),
        ("#const", ["instance.lp"]),
        ("#maximize", []),
        ("#script", []),
        (":~", []),
    ],
)
def test_a_statement_has_its_home(statement: str, homes: list[str]) -> None:
    """The objective and the output each have one; so have the words of weeks and of questions."""
    users = [name(path) for path, encoding in ENCODINGS.items() if statement in encoding.code]
    assert users == homes


def test_there_is_one_objective() -> None:
    """One #minimize statement."""
    assert ENCODINGS[ASP / "objective.lp"].code.count("#minimize") == 1


def test_the_vocabulary_has_no_rules() -> None:
    """Only what is defined and the constants."""
    assert (INSTANCE.derived, INSTANCE.read) == (set(), set())
    assert INSTANCE.constants != set()


def test_everything_read_comes_from_somewhere() -> None:
    """From the vocabulary or a file that derives it."""
    assert every_read() - every_derived() - INSTANCE.defined - VOCABULARY.defined == set()


def test_everything_in_the_vocabulary_is_read() -> None:
    """No input without a use."""
    names = set().union(*(part.names for part in PARTS.values() if part is not INSTANCE))
    assert (INSTANCE.defined | VOCABULARY.defined) - every_read() == set()
    assert INSTANCE.constants - names == set()


def test_the_vocabulary_is_that_of_the_facts() -> None:
    """The classes of the facts and what is defined agree in name and arity, both ways."""
    # clorm makes nameless predicates of tuples of fields.
    classes = {
        (predicate.meta.name, predicate.meta.arity)
        for predicate in Predicate.__subclasses__()
        if predicate.__module__ in {words.__name__ for words in WORDS} and predicate.meta.name
    }
    assert classes == INSTANCE.defined | VOCABULARY.defined
    assert every_derived() >= OUTPUT


def test_an_entry_point_only_includes() -> None:
    """It derives and reads nothing, and what it includes exists, once."""
    for path, entry in ENTRIES.items():
        assert (entry.derived, entry.read) == (set(), set())
        assert len(set(entry.includes)) == len(entry.includes)
        assert [part for part in entry.includes if path.parent / part not in PARTS] == []


def test_the_week_is_made_of_all_files() -> None:
    """Nothing is left out but what stands beside it."""
    included = {ASP / part for part in ENTRIES[ASP / "week.lp"].includes}
    assert sorted(map(name, included)) == sorted(map(name, PARTS.keys() - BESIDE))


def test_clingo_has_nothing_to_say() -> None:
    """A week without facts is grounded without a message."""
    said: list[str] = []
    control = Control(logger=lambda _, message: said.append(message))
    control.load(str(ASP / "week.lp"))
    control.ground()
    assert said == []


def test_an_encoding_is_read_as_it_is() -> None:
    """Heads are derived, bodies and conditions read, constants are no predicates."""
    encoding = Encoding.of(
        "% Purpose: to try.\n%\n% Input:\n%   a(X, Y), b, c\n% Output:\n%   d(X), e((X, Y))\n\n"
        "{ d(X) : a(X, _) } 1 :- b, not _p(c).\n"
        "e((X, X)) :- X = #count { Y : f(Y) }, g(Z) : h(Z); cost(r, G, _, 1).\n"
        "_p(1). #minimize { W : weight(s, grade, W, 1) }.\n"
    )
    assert encoding.listed("Input") == [("a", 2), ("b", 0), ("c", 0)]
    assert encoding.listed("Output") == [("d", 1), ("e", 1)]
    assert encoding.derived == {("d", 1), ("e", 1), ("_p", 1)}
    reads = {("a", 2), ("b", 0), ("_p", 1), ("cost", 4), ("weight", 4)}
    reads |= {(predicate, 1) for predicate in "fgh"}
    assert encoding.read == reads
    assert encoding.inputs({"c"}) == (reads - {("_p", 1)}) | {("c", 0)}
    assert encoding.weighed == {("s", "grade")}
