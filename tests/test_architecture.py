"""The shape of the code: who imports whom, how long things are, and one word per thing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "pysched"

LAYERS = (
    {"startup", "model"},
    {"facts"},
    {"solver", "trust", "fairness"},
    {"bank"},
    {"settle", "conflicts", "instance", "check"},
    {"store", "planner", "explain"},
    {"department", "report", "bench"},
    {"__init__"},
    {"cli", "api", "web", "batch"},
    {"__main__"},
)
"""Lower layers first; a part imports from layers below its own and from itself."""

LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}

MODEL_ALONE = {"check", "instance"}
"""What is to be judged without the code that solved it, and what only brings data in."""

OWNERS = {
    "clingo": {"solver", "facts"},
    "clorm": {"facts", "solver"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "pysched.store": {"department", "store"},
}
"""Who alone imports what."""

LONGER: dict[str, str] = {}
"""Modules that may be longer than the rest, and why."""

BANNED = {
    "allocation",
    "clash",
    "doctor",
    "favor",
    "favour",
    "penalty",
    "reputation",
    "roster",
    "rota",
    "staff",
}
"""Words that the house has another word for."""

MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = sorted(
    path for folder in ("pysched", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
ENCODINGS = sorted((ROOT / "asp").rglob("*.lp"))


def name(path: Path) -> str:
    """Return the path of a file below the repository."""
    return path.relative_to(ROOT).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=name)
every_source = pytest.mark.parametrize("path", SOURCES, ids=name)


def part_of(path: Path) -> str:
    """Return the part of the system that a module belongs to."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(tree: ast.AST, package: tuple[str, ...]) -> Iterator[str]:
    """Yield the dotted name of all that a module of a package imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            yield from (f"{module}.{alias.name}" for alias in node.names)


def imported_by(path: Path) -> list[str]:
    """Return the dotted names that a module of the package imports."""
    return list(imports(ast.parse(path.read_text()), path.relative_to(ROOT).parent.parts))


def parts_imported_by(path: Path) -> set[str]:
    """Return the other parts of the system that a module imports."""
    below = [dotted.split(".")[1:] for dotted in imported_by(path) if is_ours(dotted)]
    return {row[0] if row and row[0] in LEVEL else "__init__" for row in below} - {part_of(path)}


def is_ours(dotted: str) -> bool:
    """Return whether an imported name is of this package."""
    return dotted.split(".")[0] == PACKAGE.name


@every_module
def test_a_module_belongs_to_a_layer(path: Path) -> None:
    """A new part is given its layer first."""
    assert part_of(path) in LEVEL


@every_module
def test_imports_go_downwards(path: Path) -> None:
    """From layers below only; what judges and what reads knows the model alone."""
    part = part_of(path)
    below = {other for other, level in LEVEL.items() if level < LEVEL[part]}
    allowed = {"model"} if part in MODEL_ALONE else below
    assert parts_imported_by(path) - allowed == set()


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_its_owner(library: str) -> None:
    """Solving, predicates, SQL and the stored rows each have one."""
    users = {
        part_of(path)
        for path in MODULES
        for dotted in imported_by(path)
        if f"{dotted}.".startswith(f"{library}.")
    }
    assert users - OWNERS[library] == set()


def test_the_facts_do_not_solve() -> None:
    """They know clingo's symbols only."""
    used = {
        dotted
        for path in MODULES
        if part_of(path) == "facts"
        for dotted in imported_by(path)
        if dotted.split(".")[0] == "clingo"
    }
    assert {dotted for dotted in used if not dotted.startswith("clingo.symbol.")} == set()


@every_source
def test_a_module_is_short(path: Path) -> None:
    """At most 300 lines; not one of those that have a reason to be longer."""
    inside = name(path).removeprefix("pysched/")
    assert (len(path.read_text().splitlines()) > 300) == (inside in LONGER)


@every_source
def test_a_function_is_short(path: Path) -> None:
    """At most 40 lines, docstring included."""
    long = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 40
    ]
    assert long == []


@every_source
def test_no_module_is_a_bag_of_utilities(path: Path) -> None:
    """A module is a noun that owns something."""
    parts = {part.lower() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & {"utils", "util", "helpers", "misc", "common"} == set()


@pytest.mark.parametrize("path", [*MODULES, *ENCODINGS], ids=name)
def test_one_word_per_thing(path: Path) -> None:
    """Names in code and encodings keep to the words of the house."""
    text = path.read_text()
    if path.suffix == ".lp":
        names = set(re.findall(r"\w+", re.sub(r"%.*", "", text)))
    else:
        names = set(identifiers(ast.parse(text))) | {path.stem}
    assert {word for each in names for word in words(each)} & BANNED == set()


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a module uses or gives."""
    for node in ast.walk(tree):
        for field in ("name", "id", "attr", "arg"):
            if isinstance(value := getattr(node, field, None), str):
                yield value


def words(identifier: str) -> Iterator[str]:
    """Yield the words of an identifier, in lower case and the singular."""
    for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", identifier):
        word = word.lower()
        yield word
        yield re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s")


def test_imports_and_words_are_read_as_they_are() -> None:
    """Relative imports are resolved, identifiers split."""
    tree = ast.parse("import a.b, c\nfrom d import e\nfrom . import f\nfrom ..g import h as i")
    found = list(imports(tree, ("pysched", "check")))
    assert found == ["a.b", "c", "d.e", "pysched.check.f", "pysched.g.h"]
    assert set(words("_RotaOf_doctors")) == {"rota", "of", "doctor", "doctors"}
    assert set(words("penalties")) == {"penalties", "penalty"}
