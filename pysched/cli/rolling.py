"""Week after week on the terminal: planned, written and printed as they come."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typer

from pysched.cli.arguments import Format
from pysched.cli.interrupt import stop_on_signals
from pysched.cli.printing import print_json, print_table, print_text, refuse_faults, width
from pysched.cli.progress import ProgressLine
from pysched.cli.standing import tell_versions
from pysched.department import Order, PlannedWeek, Run, level_names
from pysched.instance.schedule_file import UNSEARCHED
from pysched.model import Week
from pysched.report import (
    by_rule,
    by_rule_table,
    figure_svg,
    levels_table,
    week_heading,
    week_line,
    write_text,
    write_week,
)
from pysched.report.horizon_files import (
    OtherScenarioError,
    comparison_of,
    picture_of,
    refuse_other_runs,
    write_horizon_reports,
)
from pysched.report.reported import reported
from pysched.report.week_files import write_week_reports


def roll_weeks(order: Order, folder: str, out: Path, url: str, format_: Format) -> None:
    """Plan the weeks of an order, write their files and print them.

    Args:
        order: what is to be planned.
        folder: the scenario, as it was named.
        out: folder for the files.
        url: of the database.
        format_: of what is printed.

    Raises:
        Exit: a schedule fails its check.
        BadParameter: the folder holds a run of another scenario.
    """
    try:
        refuse_other_runs(out, order.network.name)
    except OtherScenarioError as error:
        raise typer.BadParameter(str(error), param_hint="--out") from error
    out.mkdir(parents=True, exist_ok=True)
    done: list[PlannedWeek] = []
    with Run(order, url) as run:
        _tell_stored(run)
        _tell_left(run, out)
        tell_versions(run)
        _roll(run, out, format_, done)
    picture = _write_picture(order, out, done)
    _write_horizon(order, out, done)
    if format_ is Format.JSON:
        print_json(_as_json(order, out, done))
    elif done:
        _print_summary(done, out, picture)
        print_text(f"next: pysched check {folder} {_first(done, out)}{_judged_by(run, done)}")
    for planned in done:
        refuse_faults(planned)
    if len(done) < len(order.weeks) or not done[-1].is_settled:
        print(f"stopped early; {_left_off(done)}", file=sys.stderr)


def _left_off(done: list[PlannedWeek]) -> str:
    """Say where the same command goes on."""
    again = "the same command again goes on from there"
    if not done or done[-1].is_settled:
        return again
    monday = done[-1].record.monday
    return f"the week of {monday} is written, but not settled; {again} and plans that week anew"


def _roll(run: Run, out: Path, format_: Format, done: list[PlannedWeek]) -> None:
    """Go through the weeks; `done` takes each as it is there."""
    order = run.order
    names = level_names(order.network.rules)
    line = ProgressLine(len(order.weeks), names)
    if format_ is Format.TABLE:
        print_text(week_heading(names, width()))
    with stop_on_signals() as stop:
        weeks = run.weeks(line.improved, stop)
        for number, week in enumerate(order.weeks, 1):
            with line.week(number, week.monday):
                planned = next(weeks, None)
            if planned is None:
                break
            place = write_week(out, planned.record, planned.before, planned.after)
            write_reports(place, order, week, planned)
            done.append(planned)
            if format_ is Format.TABLE:
                print_text(week_line(planned.record, names, _note(planned), width()))


def _note(planned: PlannedWeek) -> str:
    if planned.faults:
        return "FAILED"
    if not planned.is_settled:
        return "stopped"
    if planned.is_stored:
        return "stored"
    status = planned.record.search.status
    return status if status in UNSEARCHED else "ok"


def _tell_stored(run: Run) -> None:
    asked = len(run.order.weeks)
    if run.stored:
        print(f"{run.stored} of {asked} weeks are settled already in {run.url}", file=sys.stderr)
    elif run.others:
        name = run.order.network.name
        runs = "1 other run" if run.others == 1 else f"{run.others} other runs"
        text = f"{run.url} has {runs} of {name}, of other input, options or version"
        print(f"{text}; this one starts afresh", file=sys.stderr)


def _tell_left(run: Run, out: Path) -> None:
    """Say which weeks in the folder are not of this run, so that nobody takes them for its own."""
    left = []
    asked = {str(week.monday) for week in run.order.weeks}
    for path in sorted(out.glob("????-??-??/schedule.json")):
        monday, text = path.parent.name, path.read_text(errors="replace")
        if run.has_stored(monday, text):
            continue
        if monday in asked and _is_stopped(text):
            said = f"{out} has the week of {monday} from a search that was stopped"
            print(f"{said}; it was not settled, so it is planned anew", file=sys.stderr)
        else:
            left.append(monday)
    if left:
        weeks = "the week of" if len(left) == 1 else "the weeks of"
        text = f"{out} has {weeks} {', '.join(left)} from another run"
        print(f"{text}; such files stay until this one writes the same week", file=sys.stderr)


def _is_stopped(text: str) -> bool:
    """Return whether the text of a schedule.json is of a search that was ended early."""
    try:
        search = json.loads(text)["search"]
        return bool(search["interrupted"]) and search["status"] != "optimal"
    except (ValueError, LookupError, TypeError):
        return False


def _write_picture(order: Order, out: Path, done: list[PlannedWeek]) -> Path:
    path = picture_of(out, order.network.name)
    weeks = {week.monday: week for week in order.weeks}
    rows = [(p.week or weeks[p.record.monday], p.record.schedule) for p in done]
    if rows:
        write_text(path, figure_svg(order.network, rows))
    return path


def write_reports(place: Path, order: Order, week: Week, planned: PlannedWeek) -> None:
    """Write workbook, page and calendars of a week into its folder.

    Raises:
        InstanceError: a calendar that is there is none.
    """
    shown = reported(planned.week or week, planned.record, planned.before)
    levels = level_names(order.network.rules)
    write_week_reports(place, order.network, shown, levels, datetime.now(UTC))


def _write_horizon(order: Order, out: Path, done: list[PlannedWeek]) -> None:
    weeks = {week.monday: week for week in order.weeks}
    shown = [reported(p.week or weeks[p.record.monday], p.record, p.before) for p in done]
    if shown:
        levels, compared = level_names(order.network.rules), comparison_of(order.scenario, shown)
        stamp = datetime.now(UTC)
        write_horizon_reports(out, order.network, shown, compared, levels, stamp)


def _print_summary(done: list[PlannedWeek], out: Path, picture: Path) -> None:
    records = [planned.record for planned in done]
    print_text("")
    print_table(levels_table(records))
    print_table(by_rule_table(record.costs for record in records))
    print_text(f"files: {out}; picture: {picture}")


def _judged_by(run: Run, done: list[PlannedWeek]) -> str:
    """Return the option that names where the first week's costs come from, if it needs one."""
    if run.order.bank is not None:
        return f" --bank {run.url}"
    return f" --db {run.url}" if done[0].record.search.status in UNSEARCHED else ""


def _first(done: list[PlannedWeek], out: Path) -> Path:
    return out / str(done[0].record.monday) / "schedule.json"


def _as_json(order: Order, out: Path, done: list[PlannedWeek]) -> dict[str, object]:
    totals = by_rule(planned.record.costs for planned in done)
    return {
        "scenario": order.network.name,
        "rules": order.network.rules.profile,
        "without": list(order.without),
        "out": str(out),
        "weeks": [_week_json(planned) for planned in done],
        "by_rule": [row._asdict() | {"cost": row.cost} for row in totals],
    }


def _week_json(planned: PlannedWeek) -> dict[str, object]:
    record = planned.record
    return {
        "monday": str(record.monday),
        "status": record.search.status,
        "levels": [row.model_dump() for row in record.levels],
        "uncovered": record.uncovered.model_dump(),
        "seconds": record.search.seconds,
        "settled": planned.is_settled,
        "from_database": planned.is_stored,
        "check": list(planned.faults) or "ok",
    }
