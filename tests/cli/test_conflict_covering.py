"""Coverage of a duty that fell open, and objections, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run_here, toy_with

PEOPLE = ("anna", "bruno", "carla", "dario")
DAYS = ("2024-04-24", "2024-04-25", "2024-04-26")
DUTY = "ward@2024-04-17"
FELL_OPEN = ("--absent", "carla@2024-04-17", "--now", "2024-04-16T18:00")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the first week of the toy is published."""
    here = tmp_path_factory.mktemp("covering")
    solve = ("solve", "toy", "--week", "2024-04-15", "--conflict-limit", 2000, "--threads", 1)
    run_here(*solve, cwd=here)
    run_here("publish", "toy", "out/2024-04-15/schedule.json", "--by", "anna", cwd=here)
    return here


@pytest.fixture
def contested(tmp_path: Path) -> Path:
    """A folder beside a toy in which all want three days in a row off, a holiday among them."""
    rows = "".join(f"{who},{day},day_off,,5\n" for who in PEOPLE for day in DAYS)
    toy_with(tmp_path / "toy", requests="physician,day,kind,what,weight\n" + rows)
    return tmp_path


def test_a_volunteer_covers_and_the_schedule_has_it(published: Path) -> None:
    """Once, however often it is asked; the decision replays, the version says who made it."""
    command = ("conflicts", "cover", "toy", DUTY, *FELL_OPEN, "--volunteer", "dario")
    said, _ = run_here(*command, "--by", "anna", cwd=published)
    assert "2024-04-17.c1" in said
    assert "dario" in said
    again, _ = run_here(*command, cwd=published)
    assert "2024-04-17.c2" not in again
    assert "ok, the same bytes" in run_here("conflicts", "replay", cwd=published)[0]
    versions, _ = run_here("versions", "toy", "--format", "json", cwd=published)
    assert [row["by"] for row in json.loads(versions)] == ["anna", "anna"]
    told = run_here("diff", "toy", "1", "published", "--week", "2024-04-15", cwd=published)[0]
    assert "17 Apr" in told or "2024-04-17" in told
    assert "dario" in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("cover", "toy", "song@2024-04-17", *FELL_OPEN), 2, "song"),
        (("cover", "toy", "ward"), 2, "ward"),
        (("cover", "toy", "ward@2024-04-18", "--now", "2024-04-16T18:00"), 1, "carla"),
        (("cover", "toy", DUTY, *FELL_OPEN, "--volunteer", "zeno"), 2, "zeno"),
        (("object", "toy", "2024-04-25.1", "anna"), 1, "there is no conflict '2024-04-25.1'"),
    ],
)
def test_careless_use_is_told_in_one_line(
    published: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """Never a traceback; what was wrong is named."""
    out, err = run_here("conflicts", *arguments, cwd=published, code=code)
    assert words in out + err


def test_who_lost_an_auction_objects_and_a_bargain_follows(contested: Path) -> None:
    """The first decision stays to be read; both replay."""
    week = ("toy", "--week", "2024-04-22")
    run_here("conflicts", "resolve", *week, cwd=contested)
    listed, _ = run_here("conflicts", "list", *week, "--format", "json", cwd=contested)
    (name,) = [
        c["conflict"] for w in json.loads(listed) for c in w["conflicts"] if c["kind"] == "holiday"
    ]
    decided, _ = run_here(
        "conflicts", "resolve", *week, "--early", "--mechanism", "auction", cwd=contested
    )
    assert f"{name}, holiday: decided by auction" in decided
    after, _ = run_here("conflicts", "list", *week, "--format", "json", cwd=contested)
    (one,) = [c for w in json.loads(after) for c in w["conflicts"] if c["conflict"] == name]
    granted = one["decision"]["granted"]
    loser = next(who for who in PEOPLE if len(granted.get(who, ())) < len(DAYS))
    said, _ = run_here("conflicts", "object", "toy", name, loser, cwd=contested)
    assert f"{loser} objects to the decision of conflict {name}" in said
    assert (
        "objected before" in run_here("conflicts", "object", "toy", name, loser, cwd=contested)[0]
    )
    new, _ = run_here("conflicts", "resolve", *week, cwd=contested)
    assert f"{name}.again, holiday: decided by" in new
    proof, _ = run_here("conflicts", "replay", cwd=contested)
    assert "ok, the same bytes" in proof
    assert f"{name}.again" in proof
