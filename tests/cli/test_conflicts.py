"""Conflicts on the command line, from the first list to the schedule."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run, run_here, toy_with

PEOPLE = ("anna", "bruno", "carla", "dario")
HOLIDAY, SATURDAY, WEDNESDAY = "2024-04-25", "2024-04-27", "2024-04-24"
WEEK = ("--week", "2024-04-22")
NONCE = "a long secret of anna"


def requests() -> str:
    """Return wishes of which those for a holiday and for a Saturday contend."""
    rows = [(who, HOLIDAY) for who in PEOPLE]
    rows += [(who, SATURDAY) for who in ("anna", "carla", "dario")] + [("bruno", WEDNESDAY)]
    return "physician,day,kind,what,weight\n" + "".join(f"{w},{d},day_off,,5\n" for w, d in rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A toy with such wishes; commands are run beside it."""
    return toy_with(tmp_path / "toy", requests=requests())


def conflicts(folder: Path, *arguments: object, code: int = 0) -> tuple[str, str]:
    """Run a command of conflicts beside the folder; return what it prints and tells."""
    return run_here("conflicts", *arguments, cwd=folder.parent, code=code)


def as_json(folder: Path, *arguments: object) -> Any:
    """Run a command of conflicts and return the JSON that it prints."""
    return json.loads(conflicts(folder, *arguments, "--format", "json")[0])


def test_from_claims_to_the_schedule(folder: Path) -> None:
    """List, resolve, explain, replay; then the week is planned with what was decided."""
    here = folder.parent
    listed, _ = conflicts(folder, "list", "toy")
    assert f"{HOLIDAY}.1" in listed
    assert "not opened" in listed
    assert "week of 2024-04-22, no claim stands against: bruno 2024-04-24" in listed
    assert "pysched conflicts resolve toy --week 2024-04-22" in listed
    assert not (here / "out").exists()
    opened, _ = conflicts(folder, "resolve", "toy", *WEEK)
    assert "2024-04-24.1, day off: decided without contest" in opened
    assert f"{HOLIDAY}.1, holiday: open; bids and agreements until" in opened
    told = conflicts(folder, "list", "toy")[0]
    (published,) = re.findall("the next seed is fixed already; its SHA-256: ([0-9a-f]{64})", told)
    decided, _ = conflicts(folder, "resolve", "toy", *WEEK, "--early")
    assert f"{HOLIDAY}.1, holiday: decided by auction" in decided
    assert f"{SATURDAY}.1, day off: decided by wheel" in decided
    assert "the bids were" in conflicts(folder, "explain", f"{HOLIDAY}.1")[0]
    proof, _ = conflicts(folder, "replay")
    assert proof.count("ok, the same bytes") == 3
    assert proof.count("published before") == 3
    assert f"published before: {published}" in proof
    (week,) = as_json(folder, "list", "toy", *WEEK)
    granted = {
        (who, day)
        for one in week["conflicts"]
        for who, days in one["decision"]["granted"].items()
        for day in days
    }
    assert len(granted) == 5
    command = ("run", "toy", "--from", "2024-04-22", "--bank", "--conflict-limit", 1500)
    run(*command, "--threads", 1, cwd=here)
    schedule = json.loads((here / "out" / "2024-04-22" / "schedule.json").read_text())
    worked = {(row["physician"], row["day"]) for row in schedule["assignments"]}
    assert worked & granted == set()
    file = "out/2024-04-22/schedule.json"
    run_here("check", "toy", file, "--bank", "out/pysched.sqlite", cwd=here)
    assert "ok:" in run_here("db", "verify", "out/pysched.sqlite", cwd=here)[0]
    _, told = conflicts(folder, "resolve", "toy", *WEEK, code=1)
    assert "week 2024-W17 is closed" in told


def test_simulate_compares_all_mechanisms(folder: Path) -> None:
    """Winners and chances of each, as a table or for programs; nothing is stored."""
    command = ("simulate", "toy", f"{SATURDAY}.1", "--draws", 10)
    table, _ = conflicts(folder, *command, "--need", "carla=high")
    for word in ("hybrid", "lottery", "wheel", "auction", "nash", "seniority", "%", "off"):
        assert word in table
    data = as_json(folder, *command)
    for trial in data["trials"]:
        assert len(trial["decision"]["granted"]) == 2
        assert sum(trial["chances"].values()) == pytest.approx(2, abs=1e-4)
    assert not (folder.parent / "out").exists()


def test_needs_bids_and_agreements(folder: Path) -> None:
    """What parties do before a conflict is decided."""
    conflicts(folder, "resolve", "toy", *WEEK)
    said, _ = conflicts(folder, "need", "toy", f"{SATURDAY}.1", "anna", "high")
    assert "anna states high need" in said
    assert "taken only if a lottery decides" in said
    listed, _ = conflicts(folder, "list", "toy", *WEEK)
    assert "anna 27 Apr, high need (1 " in listed
    assert " token left, 1 set aside)" in listed
    assert "carla 27 Apr (2 tokens)" in listed
    sealed, _ = conflicts(folder, "bid", "toy", f"{HOLIDAY}.1", "anna", "0.00")
    assert re.search(r"sealed: [0-9a-f]{64}; 0.00 credits held", sealed)
    assert re.search(r"--reveal --nonce [0-9a-f]{32}", sealed)
    _, told = conflicts(
        folder, "bid", "toy", f"{HOLIDAY}.1", "anna", "0", "--reveal", "--nonce", "x", code=1
    )
    assert "bids are revealed from" in told
    _, told = conflicts(folder, "bid", "toy", f"{HOLIDAY}.1", "anna", "5.00", code=1)
    assert told == "anna has 0.00 credits and may go down to 0.00: 5.00 cannot be held\n"
    name = f"{SATURDAY}.1"
    first, _ = conflicts(folder, "agree", "toy", name, "anna", "--off", "anna,dario")
    assert "anna agrees; still to agree: carla, dario" in first
    listed, _ = conflicts(folder, "list", "toy", *WEEK)
    terms = [f"{who} is off on {SATURDAY}." for who in ("anna", "dario")]
    terms.insert(1, "carla gives way.")
    assert all(f"\n  {term}\n" in first for term in terms)
    assert f"{name}, anna proposes: {' '.join(terms)}" in listed
    conflicts(folder, "agree", "toy", name, "carla")
    last, _ = conflicts(folder, "agree", "toy", name, "dario")
    assert "decided by agreement" in last
    assert "carla gives way" in last
    assert "agreement of the parties" in conflicts(folder, "explain", name)[0]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("explain", "2024-04-25.1"), 1, "there is no such file"),
        (("simulate", "toy", "song"), 2, "'song' is no id of a conflict"),
        (("simulate", "toy", "2024-04-25.7"), 1, "there is no conflict '2024-04-25.7'"),
        (("simulate", "toy", "2030-01-01.1"), 2, "is not in the horizon"),
        (("simulate", "toy", "2024-04-25.1", "--bid", "anna"), 2, "is not WHO=CREDITS"),
        (("simulate", "toy", "2024-04-25.1", "--bid", "anna=1.234"), 2, "is no number of credits"),
        (("simulate", "toy", "2024-04-25.1", "--bid", "zeno=1"), 1, "'zeno' claims nothing"),
        (("simulate", "toy", "2024-04-25.1", "--bid", "anna=5"), 1, "anna bids 500 cents"),
        (("simulate", "toy", "2024-04-25.1", "--need", "anna=dire"), 2, "is not WHO=none|some"),
        (("resolve", "toy", *WEEK, "--mechanism", "dice", "--early"), 1, "'dice' is none of"),
        (("resolve", "toy", *WEEK, "--conflict", "x"), 1, "there is no conflict 'x'"),
        (("need", "toy", "x", "anna", "high"), 1, "there is no conflict 'x'"),
        (("bid", "toy", "x", "anna", "5"), 1, "there is no conflict 'x'"),
        (("bid", "toy", "x", "anna", "NaN"), 2, "is no number of credits"),
        (("bid", "toy", "x", "anna", "5", "--reveal"), 2, "opened with its nonce"),
        (("agree", "toy", "2024-04-25.1", "anna", "--pay", "a:b"), 1, "no conflict"),
    ],
)
def test_careless_input_gets_one_clear_line(
    folder: Path, arguments: tuple[object, ...], code: int, words: str
) -> None:
    """With its exit code; no traceback."""
    out, told = conflicts(folder, *arguments, code=code)
    assert words in re.sub(r"[\s│]+", " ", told)
    assert "Traceback" not in out + told


def test_careless_agreements(folder: Path) -> None:
    """Each is named with what is wrong."""
    conflicts(folder, "resolve", "toy", *WEEK)
    name = f"{SATURDAY}.1"
    for arguments, code, words in (
        (("anna",), 1, "nothing is proposed yet"),
        (("bruno", "--off", "anna"), 1, "'bruno' claims nothing in conflict"),
        (("anna", "--off", "anna,carla,dario"), 1, "would leave a duty to nobody"),
        (("anna", "--off", "zeno"), 1, "'zeno', who claims nothing"),
        (("anna", "--off", "anna@2024-04-24"), 1, "which he does not claim"),
        (("anna", "--pay", "anna:carla:x"), 2, "is not FROM:TO:CREDITS"),
        (("anna", "--pay", "anna:carla:5"), 1, "give 5.00 credits of 0.00"),
    ):
        _, told = conflicts(folder, "agree", "toy", name, *arguments, code=code)
        assert words in re.sub(r"[\s│]+", " ", told)


def test_a_changed_decision_ends_with_1(folder: Path) -> None:
    """And says so."""
    conflicts(folder, "resolve", "toy", *WEEK, "--early")
    with sqlite3.connect(folder.parent / "out" / "pysched.sqlite") as connection:
        connection.execute("DROP TRIGGER decision_no_update")
        connection.execute("UPDATE decision SET result = replace(result, 'anna', 'dario')")
    out, _ = conflicts(folder, "replay", code=1)
    assert "WRONG: inputs and result are not those of the digest" in out
