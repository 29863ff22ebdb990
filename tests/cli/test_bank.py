"""The bank on the command line: a run with it, and what it prints of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pysched.cli.main import commands
from pysched.department import Accounts
from tests.cli.running import MONDAYS, run, run_here, toy_with
from tests.department.long_toy import close_all

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose bank has closed 20 weeks."""
    path = tmp_path_factory.mktemp("bank") / "bank.sqlite"
    assert len(list(close_all(f"sqlite:///{path}", 20))) == 20
    return path


def printed(*arguments: object, code: int = 0) -> str:
    """Run a command in this process and return what it prints."""
    result = RUNNER.invoke(commands, [str(one) for one in arguments], env={"COLUMNS": "120"})
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.output


def test_a_run_with_the_bank(tmp_path: Path) -> None:
    """Twice: the second time all is there; what is without the bank knows nothing of it."""
    command = ("run", "toy", "--bank", "--conflict-limit", 2000, "--threads", 1)
    run(*command, cwd=tmp_path)
    shown = run_here("balance", "--format", "json", cwd=tmp_path)[0]
    assert [row["physician"] for row in json.loads(shown)] == ["anna", "bruno", "carla", "dario"]
    assert any(row["balance"] != "0.00" for row in json.loads(shown))
    for monday in MONDAYS:
        file = f"out/{monday}/schedule.json"
        run_here("check", "toy", file, "--bank", "out/pysched.sqlite", cwd=tmp_path)
    _, told = run_here("check", "toy", file, cwd=tmp_path, code=1)
    assert "the file says level 4 costs" in told
    assert told.endswith("costs what that knew: the same with --bank out/pysched.sqlite\n")
    _, told = run_here(*command, cwd=tmp_path)
    assert "2 of 2 weeks are settled already" in told
    assert run_here("balance", "--format", "json", cwd=tmp_path)[0] == shown


def test_balances(bank: Path, tmp_path: Path) -> None:
    """A table with a line for each, and a picture."""
    out = printed("balance", "--db", bank, "--out", tmp_path / "pictures")
    assert "after the week of 2024-08-26" in out
    for name in ("anna", "bruno", "carla", "dario"):
        assert name in out
    told = "expired by today, taken by the next week-end and to be spent until then: anna "
    assert told in out
    with Accounts(f"sqlite:///{bank}") as accounts:
        assert accounts.expired(date(2025, 4, 13)) == {}
        last = {row.physician: row.balance_cents for row in accounts.balances()}
        assert accounts.expired(date(2026, 1, 1)) == last
    assert (tmp_path / "pictures" / "balances.svg").read_text().startswith("<svg")


def test_history_and_statement(bank: Path) -> None:
    """Every line with its sentence; what came from whom adds up."""
    assert "Anna earns" in printed("history", "anna", "--db", bank)
    lines = json.loads(printed("history", "anna", "--db", bank, "--format", "json"))
    found = json.loads(printed("statement", "anna", "--db", bank, "--format", "json"))
    assert found["lines"] == lines
    assert list(found["net"]) == ["pool"]
    assert found["net"]["pool"] == found["balance"] == lines[-1]["balance"]
    table = printed("statement", "anna", "--db", bank)
    assert "Credits held" in table
    assert found["balance"] in table


def test_fairness(bank: Path, tmp_path: Path) -> None:
    """Burdens, measures with their floor, trends and forecasts, alerts, three pictures."""
    out = printed("fairness", "--db", bank, "--out", tmp_path)
    for words in ("Burdens up to 2024-09-02", "Gini of burden per FTE", "Drift of deviations"):
        assert words in out
    data = json.loads(printed("fairness", "--db", bank, "--format", "json"))
    assert sum(float(row["deviation"]) for row in data["physicians"].values()) == pytest.approx(0)
    assert data["trends"]["anna"]["blocks"] == 4
    assert data["measures"]["floor_cv"] <= data["measures"]["cv"]
    assert {path.name for path in tmp_path.glob("*.svg")} == {
        "deviations.svg",
        "lorenz.svg",
        "trust.svg",
    }


@pytest.mark.parametrize("command", ["history", "statement"])
def test_an_unknown_physician_ends_with_2(bank: Path, command: str) -> None:
    """He is named, and those who are known."""
    text = printed(command, "zeno", "--db", bank, code=2)
    assert "'zeno' is no physician" in text
    assert "carla" in text


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    """And not made."""
    _, told = run_here("balance", "--db", "nowhere.sqlite", cwd=tmp_path, code=1)
    assert "nowhere.sqlite: there is no such file" in told
    assert list(tmp_path.iterdir()) == []


def test_the_network_says_the_numbers_of_the_bank(tmp_path: Path) -> None:
    """A profile by name or numbers; what is wrong with them is named."""
    for text, words in (
        ("bank: song", "bank"),
        ("bank: {profile: seed, ledger: {song: 1}}", "bank.ledger has no key 'song'"),
        ("bank: {ledger: {cap_cents: -1}}", "cap_cents -1 is below 0"),
        ("bank: {values: {topup: 1.5}}", "bank.values.topup '1.5' is none of gross, net"),
    ):
        folder = toy_with(tmp_path / f"toy{len(words)}")
        path = folder / "network.yaml"
        path.write_text(f"{path.read_text()}\n{text}\n")
        _, told = run_here("run", folder, "--bank", "--weeks", 1, cwd=tmp_path, code=65)
        assert words in told
