"""Replace, swap, repair, versions, alternatives and what-if as their users run them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.cli.running import run, run_here, run_json, toy_with

MONDAY = "2024-04-15"
FILE = f"out/{MONDAY}/schedule.json"
NOW = ("--now", f"{MONDAY}T07:00")


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the first week of the toy scenario solved, and published by anna."""
    folder = tmp_path_factory.mktemp("repair")
    run("solve", "toy", "--week", MONDAY, "--conflict-limit", 2000, "--threads", 1, cwd=folder)
    out, _ = run_here("publish", "toy", FILE, "--by", "anna", "--note", "first", cwd=folder)
    assert out == f"published as version 1 of the week of {MONDAY}, by anna\n"
    return folder


def here(*arguments: object, cwd: Path, code: int = 0) -> Any:
    """Run a command that does not search, with JSON."""
    return json.loads(run_here(*arguments, "--format", "json", cwd=cwd, code=code)[0])


def holders(folder: Path) -> dict[str, str]:
    """Return duty -> physician of the solved week."""
    rows = json.loads((folder / FILE).read_text())["assignments"]
    return {f"{row['task']}@{row['day']}": row["physician"] for row in rows}


def test_replacements_are_ranked_with_their_effects(solved: Path) -> None:
    """Whoever is named can take the duty; costs, past loads and credits stand beside him."""
    duty = "guard@2024-04-19"
    holder = holders(solved)[duty]
    found = here("replace", "toy", FILE, duty, "--absent", f"{holder}@2024-04-19", *NOW, cwd=solved)
    assert holder == found["holder"]
    assert found["direct"] + found["chains"] == len(found["ranked"]) > 0
    vectors = [list(row["difference"]["cost"].values()) for row in found["ranked"]]
    assert sorted(vectors) == vectors
    first = found["ranked"][0]
    assert first["moves"][0] == {"duty": duty, "giver": holder, "taker": first["physician"]}
    assert {"past_class", "credits"} <= first.keys()
    table, _ = run_here("replace", "toy", FILE, duty, *NOW, cwd=solved)
    assert f"{duty}, held by {holder}: who could fill it" in table
    assert "instead of" in table


def test_a_replacement_is_made_and_written(solved: Path, tmp_path: Path) -> None:
    """As a file that the checker takes, with the one that was asked for on the duty."""
    duty, out = "guard@2024-04-19", tmp_path / "new.csv"
    found = here("replace", "toy", FILE, duty, *NOW, cwd=solved)
    taker = found["ranked"][-1]["physician"]
    here("replace", "toy", FILE, duty, "--with", taker, *NOW, "--out", out, cwd=solved)
    with out.open(newline="") as file:
        rows = {f"{row['task']}@{row['day']}": row["physician"] for row in csv.DictReader(file)}
    assert taker == rows[duty]
    run_here("check", "toy", out, cwd=solved)
    changed = here("diff", "toy", FILE, out, cwd=solved)["duties"]
    assert duty in [change["duty"] for change in changed]


GUARDS = ("guard@2024-04-19", "guard@2024-04-18")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("repair",), "state"),
        (("swap", *GUARDS), "linked.csv"),
        (("replace", GUARDS[0], "--with", "anna"), "linked.csv"),
    ],
)
def test_a_schedule_is_not_written_over_what_it_is_read_from(
    command: tuple[str, ...], name: str, solved: Path, tmp_path: Path
) -> None:
    """By whatever name."""
    place = tmp_path / MONDAY
    shutil.copytree(solved / "out" / MONDAY, place)
    (place / "linked.csv").symlink_to(place / "schedule.json")
    (place / "state").symlink_to(place / "state.json")
    before = (place / name).read_bytes()
    first, *rest = command
    made = ("toy", place / "schedule.json", *rest, *NOW, "--out", place / name)
    _, err = run_here(first, *made, cwd=tmp_path, code=2)
    assert "is read here, and writing over it would lose it" in " ".join(err.split())
    assert (place / name).read_bytes() == before


def test_a_schedule_that_is_csv_may_be_replaced_by_the_changed_one(
    solved: Path, tmp_path: Path
) -> None:
    """It stays a schedule."""
    path = shutil.copy(solved / f"out/{MONDAY}/schedule.csv", tmp_path)
    asked = ("replace", "toy", path, GUARDS[0], *NOW)
    taker = here(*asked, cwd=tmp_path)["ranked"][0]["physician"]
    here(*asked, "--with", taker, "--out", path, cwd=tmp_path)
    assert here(*asked, cwd=tmp_path)["holder"] == taker


@pytest.mark.parametrize(
    "command",
    [("repair",), ("replace", GUARDS[0], "--with")],
    ids=lambda command: str(command[0]),
)
def test_a_version_is_stored_before_it_is_printed(
    command: tuple[str, ...], solved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads what is printed may go away, as `head` does."""
    first, *rest = command
    made = ("toy", solved / FILE, *NOW)
    if rest[1:] == ["--with"]:
        rest.append(here("replace", *made, rest[0], cwd=tmp_path)["ranked"][0]["physician"])

    def gone(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Console, "print", gone)
    run_here(first, *made, *rest, "--by", "anna", "--db", "v.sqlite", cwd=tmp_path, code=1)
    monkeypatch.undo()
    rows = here("versions", "toy", "--db", "v.sqlite", cwd=tmp_path)
    assert [row["by"] for row in rows] == ["anna"]


def test_diff_counts_the_warnings_of_a_scenario_once(solved: Path, tmp_path: Path) -> None:
    """It reads two schedules of one scenario."""
    odd = toy_with(tmp_path / "odd", pins="day,task,physician\n2024-04-15,ward,bruno\n")
    _, err = run_here("diff", odd, FILE, FILE, cwd=solved)
    assert err == f"1 warning; to read it: pysched validate {odd}\n"


def test_versions_say_who_changed_what_when(solved: Path) -> None:
    """A repair of the published version is the next one; diff finds its changes."""
    sick = holders(solved)["ward@2024-04-17"]
    absent = ("--absent", f"{sick}@2024-04-17..2024-04-18")
    repaired = run_json(
        *("repair", "toy", "published", *absent, "--now", "2024-04-16T18:00"),
        *("--by", "bruno", "--note", "sick", "--db", "out/pysched.sqlite"),
        cwd=solved,
    )
    assert repaired["proven"]
    assert repaired["changes"] == repaired["fewest"] == len(repaired["difference"]["duties"])
    rows = here("versions", "toy", cwd=solved)
    assert [(row["kind"], row["by"], row["note"]) for row in rows] == [
        ("published", "anna", "first"),
        ("published", "bruno", "sick"),
    ]
    assert repaired["changes"] == rows[1]["changed_duties"]
    assert [[sick, "2024-04-17", "2024-04-18", "sick"]] == rows[1]["amendment"]["absences"]
    difference = here("diff", "toy", "1", "2", cwd=solved)
    assert repaired["difference"]["duties"] == difference["duties"]
    assert "Versions of the week" in run_here("versions", "toy", cwd=solved)[0]
    printed, _ = run_here("diff", "toy", FILE, "published", cwd=solved)
    assert "Duties" in printed
    assert "without what telling a change costs" in printed
    over = ("--now", "2024-04-21T23:00")
    printed, _ = run_here("repair", "toy", "published", *over, cwd=solved)
    assert "by the week as it stands, with what came up" in printed


def test_a_locked_week_is_not_repaired(solved: Path) -> None:
    """One line says who locked it; a file of its schedule makes no difference."""
    database = ("--db", "lock.sqlite")
    run_here("publish", "toy", FILE, "--by", "anna", *database, cwd=solved)
    run_here("lock", "toy", "--week", MONDAY, "--by", "carla", *database, cwd=solved)
    swap = ("swap", "toy", FILE, "guard@2024-04-15", "guard@2024-04-16", *NOW)
    for command in (
        ("repair", "toy", "published", *NOW),
        ("repair", "toy", FILE, *NOW),
        ("replace", "toy", FILE, "guard@2024-04-19", "--with", "anna", *NOW),
        swap,
        ("publish", "toy", FILE, "--by", "anna"),
        ("lock", "toy", "--week", MONDAY, "--by", "anna"),
    ):
        _, said = run_here(*command, *database, cwd=solved, code=1)
        (line,) = said.splitlines()
        assert line.startswith(f"week of {MONDAY} was locked by carla on ")
    listed, _ = run_here("versions", "toy", *database, cwd=solved)
    assert f"week of {MONDAY} was locked by carla on " in listed
    assert [row["locked"] for row in here("versions", "toy", *database, cwd=solved)] == [True]
    opened, _ = run_here(
        "lock", "toy", "--week", MONDAY, "--by", "carla", "--open", *database, cwd=solved
    )
    assert opened == f"week of {MONDAY} is open, by carla\n"
    run_here("publish", "toy", FILE, "--by", "anna", *database, cwd=solved)
    listed, _ = run_here("versions", "toy", *database, cwd=solved)
    assert "locked" not in listed


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (("replace", "toy", FILE, "guard@2024-04-19", "--with", "zoe"), 2, "physician 'zoe'"),
        (("replace", "toy", FILE, "sleep@2024-04-19"), 2, "no duty sleep@2024-04-19"),
        (("replace", "toy", FILE, "guard"), 2, "'guard' is no duty"),
        (("replace", "toy", FILE, "guard@monday"), 2, "'monday' is no day"),
        (("replace", "toy", FILE, "ward@2024-04-19", "--with", "bruno"), 1, "cannot take"),
        (("replace", "toy", "nowhere.csv", "ward@2024-04-19"), 2, "there is no file nowhere.csv"),
        (("repair", "toy", FILE, "--absent", "zoe@2024-04-19"), 2, "physician 'zoe'"),
        (("repair", "toy", FILE, "--absent", "anna"), 2, "'anna' names no days"),
        (("repair", "toy", FILE, "--absent", "anna@2024-05-09"), 2, "is not in the week"),
        (("repair", "toy", "7"), 1, "has no version '7'"),
        (("whatif", "toy", FILE), 2, "say what changes"),
        (("whatif", "toy", FILE, "--weight", "tea"), 2, "'tea' is no weight"),
        (("whatif", "toy", FILE, "--weight", "tea=3"), 2, "unknown rule and grade"),
        (("lock", "toy", "--week", "2023-05-01", "--by", "anna"), 2, "is not in the horizon"),
        (("versions", "toy", "--db", "none.sqlite"), 2, "no database none.sqlite"),
        (("alternatives", "toy", FILE, "--slack", "-1"), 2, "greater than or equal to 0"),
    ],
)
def test_careless_use_gets_a_clear_line(
    solved: Path, command: tuple[str, ...], code: int, said: str
) -> None:
    """It names what is wrong, and nothing is changed."""
    now = NOW if command[0] in ("replace", "repair", "swap") else ()
    _, err = run_here(*command, *now, cwd=solved, code=code)
    assert said in " ".join(err.replace("│", " ").split())


def test_a_week_that_is_over_asks_for_a_time(solved: Path) -> None:
    """The clock is long past it."""
    _, err = run_here("repair", "toy", FILE, cwd=solved, code=2)
    assert "the week of 2024-04-15 is over; to look back: --now" in " ".join(err.split())


def test_a_swap_against_a_hard_rule_names_it(solved: Path) -> None:
    """Bruno is away on Tuesday and cannot swap a duty of his for its clinic."""
    who = holders(solved)
    clinic = "clinic@2024-04-16"
    other = next(duty for duty, name in who.items() if name == "bruno")
    _, err = run_here("swap", "toy", FILE, clinic, other, *NOW, cwd=solved, code=1)
    assert err.splitlines()[-1].startswith("the swap breaks the rule ")


def test_alternatives_stand_side_by_side(solved: Path) -> None:
    """Each is another schedule within the slack, and passes the check as a file."""
    rows = run_json(
        *("alternatives", "toy", FILE, "--count", 2, "--slack", 40, "--time-limit", 3),
        *("--out", "others"),
        cwd=solved,
    )
    given = {row["level"]: row["cost"] for row in json.loads((solved / FILE).read_text())["levels"]}
    assert rows
    for number, row in enumerate(rows, 1):
        assert row["nearest"] > 0
        for level, cost in row["cost"].items():
            assert cost <= 1.4 * given[int(level)]
        run_here("check", "toy", f"others/alternative_{number}.csv", cwd=solved)
    table, _ = run(
        "alternatives", "toy", FILE, "--slack", 40, "-k", 1, "--time-limit", 2, cwd=solved
    )
    assert "other 1" in table
    assert "Unwanted duties" in table


def test_what_if_leaves_everything_as_it_is(solved: Path) -> None:
    """Anna away on a clinic's day leaves it open, since Bruno is away too; no file is touched."""
    before = {path: path.read_bytes() for path in solved.rglob("*") if path.is_file()}
    found = run_json(
        *("whatif", "toy", FILE, "--absent", "anna@2024-04-16", "--time-limit", 3), cwd=solved
    )
    opened = [row["duty"] for row in found["difference"]["duties"] if row["after"] == []]
    assert "clinic@2024-04-16" in opened
    assert found["difference"]["cost"]["5"] > 0
    assert before == {path: path.read_bytes() for path in solved.rglob("*") if path.is_file()}


def test_changes_of_a_draft_cost_no_stability(solved: Path) -> None:
    """Nobody was told of it, so that only the rules speak; its repair is another draft."""
    database = ("--db", "draft.sqlite")
    run_here("publish", "toy", FILE, "--by", "anna", "--as", "draft", *database, cwd=solved)
    absent = ("--absent", f"{holders(solved)['guard@2024-04-19']}@2024-04-19", *NOW)
    found = here("replace", "toy", "draft", "guard@2024-04-19", *absent, *database, cwd=solved)
    rules = {
        key.partition("/")[0] for row in found["ranked"] for key in row["difference"]["by_rule"]
    }
    assert rules
    assert "stability" not in rules
    taker = found["ranked"][0]["physician"]
    stored = ("--with", taker, "--by", "bruno")
    run_here("replace", "toy", "draft", "guard@2024-04-19", *absent, *stored, *database, cwd=solved)
    rows = here("versions", "toy", *database, cwd=solved)
    assert [(row["kind"], row["by"]) for row in rows] == [("draft", "anna"), ("draft", "bruno")]
    _, said = run_here(
        "publish", "toy", FILE, "--by", "anna", "--as", "worked", *database, cwd=solved, code=1
    )
    assert "was not published: nothing was worked by it" in said
