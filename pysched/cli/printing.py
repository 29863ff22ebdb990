"""How results are printed to stdout."""

from __future__ import annotations

import json
import sys
from copy import copy

import typer
from rich.console import Console
from rich.table import Table

from pysched.department import PlannedWeek
from pysched.instance.wording import rule_in_words

WIDTH = 100
"""Columns where there is no terminal to say how many it has."""


def print_text(text: str) -> None:
    """Print a text as it is, at once."""
    print(text, flush=True)


def print_json(data: object) -> None:
    """Print data as JSON."""
    print_text(json.dumps(data, indent=1, ensure_ascii=False))


def width() -> int:
    """Return how many columns stdout has."""
    console = Console()
    return console.width if console.is_terminal else WIDTH


def print_table(table: Table) -> None:
    """Print a table, no wider than the terminal if there is one; its title may be wider."""
    console, bare = Console(width=width()), copy(table)
    bare.title = None
    if table.title:
        console.print(table.title, style="table.title", highlight=False)
    console.print(bare)
    sys.stdout.flush()


def refuse_faults(planned: PlannedWeek) -> None:
    """Say on stderr what the checker has against a schedule, and exit with 1 if it has anything.

    Raises:
        Exit: it has.
    """
    for rule in planned.record.accepted:
        words = rule_in_words(rule.rule, rule.culprit)
        text = f"accepted, as it lies among pins and worked duties: {words}, {rule.culprit}"
        print(f"week of {planned.record.monday}: {text}", file=sys.stderr)
    for fault in planned.faults:
        print(fault, file=sys.stderr)
    if planned.faults:
        raise typer.Exit(1)
