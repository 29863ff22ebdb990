"""The same result wherever and whenever it is asked for."""

from pathlib import Path

from tests.cli.running import MONDAYS, TOY, run, run_json

REPEATABLE = ("--threads", 1, "--conflict-limit", 2000)


def test_the_time_zone_of_the_machine_plays_no_part(tmp_path: Path) -> None:
    """Facts and schedules are the same on the other side of the world."""
    found = []
    for zone in ("America/New_York", "Asia/Tokyo"):
        facts, _ = run("facts", "ferrara", "--week", "2023-06-19", cwd=tmp_path, TZ=zone)
        out = tmp_path / zone.replace("/", "-")
        run("run", "toy", *REPEATABLE, "-o", out, cwd=tmp_path, TZ=zone)
        csv = [(out / day / "schedule.csv").read_text() for day in MONDAYS]
        found.append((facts, csv, (out / MONDAYS[1] / "next_state.json").read_text()))
    assert found[0] == found[1]


def test_one_thread_and_a_conflict_limit_repeat_themselves(tmp_path: Path) -> None:
    """On a week that is not proven optimal, too."""
    week = ("solve", "ferrara", "--week", "2023-05-29", "--threads", 1, "--conflict-limit", 3000)
    first, second = (run_json(*week, "-o", name, cwd=tmp_path) for name in ("a", "b"))
    assert first["search"]["time_limit_seconds"] is None
    assert first["assignments"] == second["assignments"]
    assert first["levels"][0]["cost"] == 0


def test_scenarios_are_found_by_path_from_anywhere(tmp_path: Path) -> None:
    """Relative, absolute, or by the name of a shipped one."""
    (tmp_path / "mine").symlink_to(TOY)
    found = [run("facts", name, "--week", MONDAYS[0], cwd=tmp_path)[0] for name in ("mine", TOY)]
    assert found == [run("facts", "toy", "--week", MONDAYS[0], cwd=tmp_path)[0]] * 2
