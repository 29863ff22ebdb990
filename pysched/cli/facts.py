"""The command facts: a week for plain clingo."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from pysched.cli.arguments import (
    RulesOption,
    StateOption,
    WithoutOption,
    names_of,
    parse_day,
    read_folder,
    starting_state,
    under_policy,
    weeks_from,
)
from pysched.cli.printing import print_text
from pysched.facts import facts_text
from pysched.solver.program import asp_folder


def facts(
    folder: Annotated[
        str | None, typer.Argument(metavar="FOLDER", help="Scenario folder or shipped scenario.")
    ] = None,
    week: Annotated[
        date | None,
        typer.Option("--week", metavar="YYYY-MM-DD", parser=parse_day, help="Any day of the week."),
    ] = None,
    state: StateOption = None,
    rules: RulesOption = None,
    without: WithoutOption = "",
    encodings: Annotated[
        bool, typer.Option("--encodings", help="Print the folder of the encodings instead.")
    ] = False,
) -> None:
    """Print the facts of a week, which plain clingo solves with the encodings.

    Example: pysched facts toy --week 2024-04-15 > facts.lp;
    python -m clingo "$(pysched facts --encodings)/week.lp" facts.lp
    """
    if encodings:
        print_text(str(asp_folder()))
        return
    if folder is None or week is None:
        missing = "FOLDER" if folder is None else "--week"
        raise typer.BadParameter("needed, unless with --encodings", param_hint=missing)
    scenario = under_policy(read_folder(folder), rules, names_of(without))
    (chosen,) = weeks_from(scenario, week, 1, "--week")
    before = starting_state(scenario, chosen, state)
    print_text(facts_text(scenario.network, chosen, before).rstrip())
