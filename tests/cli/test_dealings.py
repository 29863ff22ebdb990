"""Transfers, loans, ratings, corrections and reconciliations on the command line."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cli.test_bank import printed
from tests.department.long_toy import by_turns, close_all, weeks

WEEKS = 27
DAY = "2024-10-21"
Command = Callable[..., str]


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose bank has closed half a year and a week."""
    path = tmp_path_factory.mktemp("dealings") / "bank.sqlite"
    assert len(list(close_all(f"sqlite:///{path}", WEEKS))) == WEEKS
    return path


@pytest.fixture
def bank(closed: Path, tmp_path: Path) -> Command:
    """A command on a copy of it."""
    path = tmp_path / "bank.sqlite"
    shutil.copy(closed, path)

    def run(*arguments: object, code: int = 0) -> str:
        return printed(*arguments, "--db", path, code=code)

    return run


def has(bank: Command, name: str) -> str:
    """Return the balance of a physician."""
    rows = json.loads(bank("balance", "--format", "json"))
    return next(str(row["balance"]) for row in rows if row["physician"] == name)


def test_a_transfer_from_proposal_to_answer(bank: Command) -> None:
    """Each step says in a line where it stands; the same under its key is done once."""
    command = ("transfer", "propose", "dario", "bruno", "2.50", "--day", DAY, "--key", "k")
    before = float(has(bank, "dario"))
    out = bank(*command)
    assert out == (
        "transfer 1: 2.50 credits from dario to bruno, open; bruno answers until 2024-10-28\n"
    )
    assert bank(*command) == out
    assert float(has(bank, "dario")) == before - 2.5
    assert "waits for" in bank("transfer", "list", "bruno")
    assert "accepted" in bank("transfer", "accept", "bruno", 1, "--day", DAY)
    (row,) = json.loads(bank("transfer", "list", "bruno", "--all", "--format", "json"))
    assert (row["status"], row["credits"], row["closed"]) == ("accepted", "2.50", DAY)
    net = json.loads(bank("statement", "bruno", "--format", "json"))["net"]
    assert net["dario"] == "2.50"
    held = json.loads(bank("history", "dario", "--format", "json"))[-1]
    assert held["kind"] == "transfer_hold"
    assert held["sentence"] == "dario holds 2.50 credits for bruno: proposed as transfer 1."
    bank("transfer", "ask", "bruno", "anna", "1", "--day", DAY)
    assert "declined" in bank("transfer", "withdraw", "anna", 2, "--day", DAY)
    bank("transfer", "ask", "bruno", "anna", "1", "--day", DAY)
    assert "expired" in bank("transfer", "expire", "--day", "2024-10-29")


def test_a_loan_and_a_rating(bank: Command) -> None:
    """Made, repaid in part and wholly, listed; rated by oneself only."""
    command = ("loan", "make", "dario", "bruno", "5", "--day", DAY, "--key", "k")
    out = bank(*command)
    assert out == "loan L1: 5.00 credits from dario to bruno, 5.50 owed until 2024-11-21\n"
    assert bank(*command) == out
    assert "3.50 owed" in bank("loan", "repay", "bruno", "L1", "2", "--day", DAY)
    assert "loan L1" in bank("history", "bruno")
    assert "repaid on" in bank("loan", "repay", "bruno", "L1", "--day", DAY)
    assert json.loads(bank("loan", "list", "bruno", "--format", "json")) == []
    repaid = "credits: repayment of loan L1, 0.50"
    for who, words in (
        ("bruno", f"gives 3.50 {repaid} of it"),
        ("dario", f"gets 3.00 {repaid} more"),
    ):
        last = json.loads(bank("history", who, "--format", "json"))[-1]
        assert last["sentence"] == f"{who} {words} to the pool as interest."
    assert "L1" in bank("loan", "list", "dario", "--all")
    assert bank("rate", "anna", "bruno", 4, "--day", DAY) == (
        "anna rates bruno 4 in the week of 2024-10-21\n"
    )


@pytest.mark.parametrize(
    ("command", "code", "words"),
    [
        ("transfer propose dario bruno 2.5x", 2, "'2.5x' is no number of credits"),
        ("transfer propose dario bruno 1.005", 2, "no number of credits"),
        ("transfer propose dario zeno 1", 2, "'zeno' is no physician of the bank"),
        ("transfer propose dario bruno 900", 1, "credits, not 900.00"),
        ("transfer propose dario bruno 1 --day 2024-10-20", 2, "the bank has closed 2024-W42"),
        ("transfer propose dario dario 1", 1, "dario to himself is no transfer"),
        ("transfer accept bruno 7", 1, "there is no transfer 7"),
        ("loan make dario bruno 26", 1, "limit of 25.00, 0.00 of it in use"),
        ("loan repay bruno L7", 1, "there is no loan 'L7'"),
        ("rate anna bruno 4 --as carla", 1, "carla cannot decide what anna thinks of bruno"),
        ("rate anna bruno 6", 2, "is not a number from 1 to 5"),
        ("rate anna anna 4", 2, "no pair"),
        ("reconcile --sign Rossi --week 2024-10-14", 1, "no reconciliation fell due"),
        ("transfer list zeno", 2, "'zeno' is no physician of the bank"),
    ],
)
def test_what_is_refused_says_why_in_a_line(
    bank: Command, command: str, code: int, words: str
) -> None:
    """With the exit code of a mistake or of a refusal; nothing is posted."""
    before = bank("balance")
    out = " ".join(bank(*command.split(), code=code).replace("│", " ").split())
    assert words in out
    assert "Traceback" not in out
    assert bank("balance") == before


def test_a_file_of_a_part_of_a_week_takes_back_the_rest(tmp_path: Path) -> None:
    """How much that is stands in the last line; alerts are of the numbers that they stand below."""
    database = tmp_path / "bank.sqlite"
    assert len(list(close_all(f"sqlite:///{database}", 1))) == 1
    worked = tmp_path / "worked.csv"
    (row,) = (a for a in by_turns(weeks(1)[0], 0) if a.duty == ("ward", date(2024, 4, 20)))
    worked.write_text(f"day,task,physician\n{row.day},{row.task},{row.physician}\n")
    lines = printed("correct", "toy", "2024-04-17", worked, "--db", database).splitlines()
    assert re.fullmatch(r"\d of \d+ awards of the week reversed, 0 made anew", lines[-1])
    found = json.loads(printed("fairness", "--db", database, "--format", "json"))
    told = [alert["sentence"] for alert in found["alerts"] if alert["kind"] == "uneven"]
    values = [
        f"{name} of burdens is {found['measures'][name.lower()]:.2f}" for name in ("Gini", "CV")
    ]
    assert [sentence.partition(",")[0] for sentence in told] == values
    assert "alert: Gini" in printed("fairness", "--db", database)
    worked.write_text("day,task,physician\n2024-04-15,ward,anna\n")
    last = printed("correct", "toy", "2024-04-17", worked, "--db", database).splitlines()[-1]
    assert re.fullmatch(r"all \d awards? of the week reversed, \d made anew", last)


def test_a_past_week_is_corrected_from_a_file(bank: Command, tmp_path: Path) -> None:
    """Who was put down for Saturday did not work it; told in sentences, and once."""
    first = weeks(1)[0]
    rows = [f"{a.day},{a.task},{a.physician}" for a in by_turns(first, 0)]
    had = next(row for row in rows if row.startswith("2024-04-20,ward"))
    other = "2024-04-20,ward," + ("carla" if had.endswith("anna") else "anna")
    worked = tmp_path / "worked.csv"
    worked.write_text("\n".join(["day,task,physician", *rows, ""]).replace(had, other))
    command = ("correct", "toy", "2024-04-17", worked, "--day", "2024-11-01")
    out = bank(*command)
    assert f"credits of {had.split(',')[2]} for 2024-04-20 are reversed" in out
    assert "Ward on a weekend." in out
    assert bank(*command) == "0 awards reversed, 0 made anew\n"
    agreed = tmp_path / "agreed.csv"
    head = "request,kind,asker,asked_at,day,task,giver,taker"
    giver, taker = had.split(",")[2], other.split(",")[2]
    row = f"r1,cover,{giver},2024-04-19T18:30+02:00,2024-04-20,ward,{giver},{taker}"
    agreed.write_text(f"{head}\n{row}\n")
    out = bank(*command, "--agreed", agreed)
    assert f"paid by {giver.capitalize()}, who asked" in out
    worked.write_text("day,task,physician\n2024-04-22,ward,anna\n")
    out = " ".join(bank(*command, code=2).replace("│", " ").split())
    assert "is of 2024-04-22, not of the week of 2024-04-15" in out


def test_a_reconciliation_is_signed_once(bank: Command) -> None:
    """After 26 weeks; who bore too little pays, nobody more than he has, nothing is made."""
    assert "not signed" in bank("reconcile")
    (due,) = json.loads(bank("reconcile", "--format", "json"))
    assert due["week"] == "2024-10-07"
    amounts = {name: float(credits) for name, credits in due["amounts"].items()}
    assert sum(amounts.values()) == pytest.approx(0)
    payer = min(amounts, key=lambda name: amounts[name])
    before = float(has(bank, payer))
    command = ("reconcile", "--day", "2024-10-21", "--format", "json", "--sign")
    (signed,) = json.loads(bank(*command, "Rossi"))
    assert signed["amounts"] == {n: c for n, c in due["amounts"].items() if float(c)}
    assert float(has(bank, payer)) == pytest.approx(before + amounts[payer])
    (again,) = json.loads(bank(*command, "Bianchi"))
    assert again == signed
    assert "signed by Rossi" in " ".join(bank("reconcile").split())
    assert json.loads(bank("statement", payer, "--format", "json"))["net"].keys() == {"pool"}
