"""The commands about scenario folders: validate, generate and schema."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pysched.cli.arguments import Folder, Format, FormatOption, StrictPinsOption, parse_day
from pysched.cli.printing import print_json, print_table, print_text
from pysched.department import pin_warnings, refuse_clashing_pins
from pysched.instance import (
    InstanceError,
    Scenario,
    find_scenario,
    read_scenario,
    scenario_schema,
    weeks_of,
)
from pysched.instance.generate import compare, write_scenario
from pysched.instance.generate import generate as draw
from pysched.planner import initial_state

_FERRARA = "ferrara"


def validate(
    folder: Folder,
    strict_pins: StrictPinsOption = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Read a scenario and list all that is wrong (exit code 65), else what is odd, and its size.

    Example: pysched validate ferrara
    """
    try:
        scenario = read_scenario(find_scenario(folder))
    except InstanceError as error:
        if format_ is Format.JSON:
            problems = [asdict(problem) for problem in error.problems]
            print_json({"ok": False, "problems": problems})
        raise
    weeks, state = weeks_of(scenario), initial_state(scenario)
    if strict_pins:
        refuse_clashing_pins(scenario, weeks, state)
    warnings = [*scenario.warnings, *pin_warnings(scenario, weeks, state)]
    sizes = _sizes(scenario)
    if format_ is Format.JSON:
        rows = [asdict(warning) for warning in warnings]
        print_json({"ok": True, "warnings": rows, "summary": sizes})
        return
    for warning in warnings:
        print_text(f"warning: {warning}")
    table = Table("what", "how many or which", title=scenario.network.name, title_justify="left")
    for name, value in sizes.items():
        table.add_row(name, str(value))
    print_table(table)


def generate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the scenario.")],
    physicians: Annotated[int, typer.Option(min=5, max=500, help="How many.")] = 14,
    weeks: Annotated[int, typer.Option(min=1, max=156, help="How many.")] = 4,
    seed: Annotated[int, typer.Option(min=0, help="What chance starts from.")] = 1,
    staffing: Annotated[
        float, typer.Option(min=0.5, max=1.5, help="Demand: 1 as in Ferrara; 0.5 loose, 1.5 tight.")
    ] = 1.0,
    first_day: Annotated[
        date | None,
        typer.Option(
            parser=parse_day, metavar="YYYY-MM-DD", help="A Monday; else Ferrara's first."
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Draw a scenario of any size from a seed, and compare it with Ferrara.

    Example: pysched generate --physicians 28 --weeks 4 --seed 7 big
    """
    first = {} if first_day is None else {"first_day": first_day}
    try:
        scenario = draw(physicians, weeks, seed, staffing=staffing, **first)
        write_scenario(scenario, folder, overwrite=overwrite)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    rows = compare(scenario, read_scenario(find_scenario(_FERRARA)))
    if format_ is Format.JSON:
        print_json([row._asdict() for row in rows])
        return
    table = Table("", scenario.network.name, _FERRARA, title=str(folder), title_justify="left")
    for row in rows:
        table.add_row(row.name, f"{row.value:g}", f"{row.reference:g}")
    print_table(table)
    print_text(f"next: pysched validate {folder}")


def schema() -> None:
    """Print the JSON Schema of network.yaml.

    Example: pysched schema > network.schema.json
    """
    print_json(scenario_schema())


def _sizes(scenario: Scenario) -> dict[str, int | str]:
    network, weeks = scenario.network, weeks_of(scenario)
    duties = [len(week.duties) for week in weeks]
    skilled = Counter(task for _, task in network.skills)
    sole = [task for task in network.tasks if skilled[task] == 1]
    return {
        "first day": str(scenario.first_day),
        "last day": str(scenario.last_day),
        "weeks": len(weeks),
        "hospitals": len(network.hospitals),
        "physicians": len(network.physicians),
        "tasks": len(network.tasks),
        "tasks with one skilled physician": f"{len(sole)}: {', '.join(sole)}" if sole else 0,
        "duties": sum(duties),
        "duties a week": f"{min(duties)} to {max(duties)}",
        "absences": len(scenario.absences),
        "closures": len(scenario.closures),
        "requests": len(scenario.requests),
        "pins": len(scenario.pins),
        "worked before": len(scenario.history),
        "rules": network.rules.profile,
    }
