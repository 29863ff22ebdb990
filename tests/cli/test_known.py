"""From a publication to the week-end, and prices by what the bank knew, as users run it."""

from __future__ import annotations

import json
import re
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import MONDAYS, run, run_here, run_json, start

FIRST, SECOND = MONDAYS
FILE = f"out/{SECOND}/schedule.json"
BANK = ("--bank", "out/pysched.sqlite")
NOW = ("--now", f"{SECOND}T07:00")
LIMITS = ("--conflict-limit", 2000, "--threads", 1)
SEARCHING_SECONDS = 2.0
"""After so long a repair of Ferrara searches; it takes three more at least."""
NIGHT, GUARD, HOLIDAY = "night@2024-04-24", "guard@2024-04-24", "ward@2024-04-25"


@pytest.fixture(scope="module")
def banked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the toy weeks settled with the bank, the first as published and repaired."""
    folder = tmp_path_factory.mktemp("banked")
    run("solve", "toy", "--week", FIRST, *LIMITS, cwd=folder)
    run_here("publish", "toy", f"out/{FIRST}/schedule.json", "--by", "anna", cwd=folder)
    absent = ("--absent", "carla@2024-04-18..2024-04-21", "--now", "2024-04-16T18:00")
    run("repair", "toy", "published", *absent, "--by", "bruno", cwd=folder)
    out, _ = run("run", "toy", "--bank", *LIMITS, cwd=folder)
    assert re.search(rf"{FIRST} .* published\n{SECOND} .* ok\n", out)
    return folder


def here(*arguments: object, cwd: Path, code: int = 0) -> Any:
    """Run a command with JSON in this process."""
    return json.loads(run_here(*arguments, "--format", "json", cwd=cwd, code=code)[0])


def holder(folder: Path, duty: str) -> str:
    """Return who has a duty of the second week."""
    rows = json.loads((folder / FILE).read_text())["assignments"]
    found: str = next(r["physician"] for r in rows if f"{r['task']}@{r['day']}" == duty)
    return found


def test_a_repaired_week_is_paid_and_kept(banked: Path) -> None:
    """Dario came in on days off; check agrees, a correction by what was worked changes nothing."""
    lines = [row["sentence"] for row in here("history", "dario", cwd=banked)]
    assert sum("on a scheduled day off" in line for line in lines) == 2
    run_here("check", "toy", f"out/{FIRST}/schedule.json", *BANK, cwd=banked)
    said, _ = run_here("correct", "toy", FIRST, "published", cwd=banked)
    assert said == "0 awards reversed, 0 made anew\n"
    _, err = run_here("correct", "toy", FIRST, "nowhere.csv", cwd=banked, code=2)
    assert "there is no file nowhere.csv" in " ".join(err.replace("│", " ").split())


def test_what_changes_of_a_closed_week_is_said_to_need_a_correction(banked: Path) -> None:
    """Whether it is stored or only promised; of another database nothing is said."""
    closed = f"the bank has closed the week of {SECOND}: what changes of it, and any bonus, is paid"
    who = holder(banked, GUARD)
    fell = ("--absent", f"{who}@2024-04-24", *NOW, "--schedule", FILE)
    _, err = run_here("conflicts", "cover", "toy", GUARD, *fell, cwd=banked)
    assert closed in err
    _, err = run_here("publish", "toy", FILE, "--by", "anna", "--as", "draft", cwd=banked)
    assert closed in err
    elsewhere = ("--db", "other.sqlite")
    _, err = run_here("publish", "toy", FILE, "--by", "anna", *elsewhere, cwd=banked)
    assert "closed" not in err


def test_replacements_cost_what_the_check_with_the_bank_says(banked: Path) -> None:
    """By level: the whole week before and after, each checked from its file."""
    found = here("replace", "toy", FILE, NIGHT, *NOW, *BANK, cwd=banked)
    plain = here("replace", "toy", FILE, NIGHT, *NOW, cwd=banked)
    assert any(row["difference"]["cost"]["4"] for row in found["ranked"])
    assert not any(row["difference"]["cost"]["4"] for row in plain["ranked"])
    before = here("check", "toy", FILE, *BANK, cwd=banked)["weeks"][0]["cost"]
    state = ("--state", f"out/{SECOND}/state.json")
    for row in found["ranked"]:
        given = ("--with", row["physician"], "--out", "new.csv")
        run_here("replace", "toy", FILE, NIGHT, *given, *NOW, *BANK, cwd=banked)
        after = here("check", "toy", "new.csv", *BANK, *state, cwd=banked)["weeks"][0]["cost"]
        assert after["4"] - before["4"] == row["difference"]["cost"]["4"]


def rules_of(answer: Any) -> set[str]:
    """Return the rules that an answer prices, wherever they stand in it."""
    return {name for name in ("equalization",) if name in json.dumps(answer)}


def test_the_others_price_with_it_too(banked: Path) -> None:
    """Repair, whatif and why know the bank's rule with it, and only so."""
    who = holder(banked, HOLIDAY)
    absent = ("--absent", f"{who}@2024-04-25")
    for command in (
        ("repair", "toy", FILE, *absent, *NOW, "--time-limit", 2),
        ("whatif", "toy", FILE, *absent, "--time-limit", 1),
        ("why", "toy", FILE, who, HOLIDAY, "--time-limit", 2),
    ):
        assert rules_of(run_json(*command, *BANK, cwd=banked)) == {"equalization"}, command
    plain = run_json("repair", "toy", FILE, *absent, *NOW, "--time-limit", 2, cwd=banked)
    assert rules_of(plain) == set()


def test_a_version_is_reported_at_the_price_of_the_bank(banked: Path) -> None:
    """With --bank, and only so; a file says itself what it cost."""
    ranked = here("replace", "toy", FILE, NIGHT, *NOW, *BANK, cwd=banked)["ranked"]
    dearer = next(row["physician"] for row in ranked if row["difference"]["cost"]["4"] > 0)
    given = ("--with", dearer, "--out", "dearer.csv")
    run_here("replace", "toy", FILE, NIGHT, *given, *NOW, cwd=banked)
    run_here("publish", "toy", "dearer.csv", "--by", "anna", "--as", "draft", cwd=banked)
    version = ("report", "toy", "draft", "--week", SECOND, "--db", BANK[1], "--out")
    run_here(*version, "plain", cwd=banked)
    run_here(*version, "known", *BANK, cwd=banked)
    pages = [(banked / at / SECOND / "schedule.html").read_text() for at in ("plain", "known")]
    assert ["fair target" in page for page in pages] == [False, True]
    _, err = run_here("report", "toy", FILE, *BANK, cwd=banked, code=2)
    assert "is priced as it says itself" in err


@pytest.mark.parametrize(
    "command",
    [
        ("report", "toy", "out"),
        ("replace", "toy", FILE, NIGHT, *NOW),
        ("swap", "toy", FILE, NIGHT, GUARD, *NOW),
        ("repair", "toy", FILE, *NOW),
        ("whatif", "toy", FILE, "--close", NIGHT),
        ("alternatives", "toy", FILE),
        ("explain", "toy", FILE),
        ("why", "toy", FILE, "anna", HOLIDAY),
    ],
)
def test_a_bank_that_is_not_there_is_named(banked: Path, command: tuple[str, ...]) -> None:
    """Whoever asks for it."""
    _, err = run_here(*command, "--bank", "none.sqlite", cwd=banked, code=1)
    assert "none.sqlite: there is no such file" in err


def test_a_stopped_repair_keeps_the_best(tmp_path: Path) -> None:
    """On Ctrl-C it says that it was stopped, and writes what it found."""
    path = tmp_path / "one.csv"
    path.write_text("day,task,physician\n2023-05-29,T1,P1\n")
    options = ("--now", "2023-05-28", "--time-limit", 60, "--out", "new.csv")
    with (tmp_path / "said.txt").open("w") as file:
        process = start("repair", "ferrara", path, *options, cwd=tmp_path, stdout=file)
        assert process.stderr is not None
        assert "warnings" in process.stderr.readline()
        time.sleep(SEARCHING_SECONDS)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "stopped early; this is the best found" in err
    assert "duties change" in (tmp_path / "said.txt").read_text()
    assert len((tmp_path / "new.csv").read_text().splitlines()) > 2
