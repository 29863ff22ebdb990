"""The commands explain and why as their users run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from .running import run, run_here, run_json, toy_with

AWAY = "physician,first_day,last_day,kind\n"
KIND = "quarantine"


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy week with so many away that it cannot be served whole."""
    folder = tmp_path_factory.mktemp("short")
    network = (Path(__file__).parents[2] / "instances/toy/network.yaml").read_text()
    names = names_in(network)
    rows = "".join(f"{name},2024-04-15,2024-04-21,{KIND}\n" for name in names[:-1])
    toy_with(folder / "toy", absences=AWAY + rows)
    return folder


def names_in(network: str) -> list[str]:
    """Return the physicians that a network's text has, in order."""

    return list(yaml.safe_load(network)["physicians"])


def test_a_week_without_a_schedule_is_explained(short: Path) -> None:
    """Each open duty has causes and the cheapest change; nobody learns why somebody is away."""
    out, _ = run_here("explain", "toy", "--week", "2024-04-15", cwd=short)
    assert "not possible" in out
    assert "absent from Monday 15 April to Sunday 21 April" in out
    assert "cheapest change that is enough, proven (cost 40)" in out
    assert KIND not in out


def test_the_same_as_data(short: Path) -> None:
    """With typed causes beside the sentences, and still without the kind of an absence."""
    found = run_json("explain", "toy", "--week", "2024-04-15", cwd=short)
    assert found["monday"] == "2024-04-15"
    first = found["answers"][0]["whole"]
    assert first["correction"]["changes"][0]["grade"] == "absence"
    assert {"absence"} <= {cause["kind"] for cause in first["causes"][0]["causes"]}
    assert KIND not in str(found)


def planned(folder: Path) -> dict[str, Any]:
    """Plan a toy week, and return what was written of it."""
    run("solve", "toy", "--week", "2024-04-15", "--time-limit", "3", cwd=folder)

    return json.loads((folder / "out/2024-04-15/schedule.json").read_text())


def test_an_assignment_is_questioned_both_ways(tmp_path: Path) -> None:
    """Why he has it, why another has it not, and clear words for what makes no sense."""
    rows = planned(tmp_path)["assignments"]
    duty = f"{rows[0]['task']}@{rows[0]['day']}"
    file = "out/2024-04-15/schedule.json"
    own = rows[0]["physician"]
    other = next(row["physician"] for row in rows if row["physician"] != own)
    found = run_json("why", "toy", file, own, duty, "--time-limit", "4", cwd=tmp_path)
    assert (found["physician"], found["duty"], found["held"]) == (own, duty, True)
    assert found["verdict"] in {"costs", "no_cost", "better", "impossible"}
    out, _ = run("why", "toy", file, other, duty, "--not", "--time-limit", "4", cwd=tmp_path)
    assert "the memory:" in out
    for arguments, words in (
        ((own, duty, "--not"), "ask without --not"),
        ((other, duty), "ask with --not"),
        (("nobody", duty), "nobody is no physician"),
        ((own, "T1"), "is not written TASK@DAY"),
        ((own, f"nothing@{rows[0]['day']}"), "is no duty of the week"),
    ):
        _, err = run_here("why", "toy", file, *arguments, cwd=tmp_path, code=2)
        assert words in " ".join(err.replace("│", " ").split())


def test_a_whole_week_has_nothing_to_explain(tmp_path: Path) -> None:
    """What is served needs no reason."""
    record = planned(tmp_path)
    out, _ = run_here("explain", "toy", "out/2024-04-15/schedule.json", cwd=tmp_path)
    assert (out.startswith("nothing to explain")) == (record["open_duties"] == [])


def test_a_week_has_to_be_named(tmp_path: Path) -> None:
    """By a day or by a schedule."""
    _, err = run_here("explain", "toy", cwd=tmp_path, code=2)
    assert "say which week" in err
