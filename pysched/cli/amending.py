"""Options that say what came up in a week, or what if it did."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

import typer

from pysched.cli.arguments import parse_day
from pysched.explain.amendment import Amendment
from pysched.model import WEIGHTS, Absence, DutyKey

SICK = "sick"
_WEIGHT = re.compile(r"([a-z_]+)(?:/([a-z_]+))?=([0-9]{1,6})")

AbsentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--absent",
        metavar="PHYSICIAN@DAY[..DAY]",
        help="Who is absent meanwhile, for a day or some; again for others.",
    ),
]
PresentOption = Annotated[
    list[str] | None,
    typer.Option(
        "--present", metavar="PHYSICIAN@DAY[..DAY]", help="Whose absence falls on these days."
    ),
]
CloseOption = Annotated[
    list[str] | None,
    typer.Option("--close", metavar="TASK@DAY", help="A duty that does not take place."),
]
NewOption = Annotated[
    list[str] | None, typer.Option("--new", metavar="TASK@DAY", help="A new duty of a task.")
]
WeightOption = Annotated[
    list[str] | None,
    typer.Option(
        "--weight", metavar="RULE[/GRADE]=N", help="Another weight of a soft rule; 0 for none."
    ),
]
NowOption = Annotated[
    datetime | None,
    typer.Option(
        "--now",
        metavar="YYYY-MM-DDTHH:MM",
        formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d"],
        help="Local time; what has begun by then stays. Else that of the clock.",
        show_default=False,
    ),
]
ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Store it as a version made by NAME."),
]
NoteOption = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, for the record.")]


def amendment_of(
    absent: list[str] | None = None,
    present: list[str] | None = None,
    close: list[str] | None = None,
    new: list[str] | None = None,
    weight: list[str] | None = None,
) -> Amendment:
    """Return what the options say.

    Raises:
        BadParameter: one is not written as it should be.
    """
    days = [parse_days(text, "--absent") for text in absent or ()]
    weights = [row for text in weight or () for row in _weights(text)]
    return Amendment(
        absences=tuple(Absence(name, first, last, SICK) for name, first, last in days),
        present=tuple(parse_days(text, "--present") for text in present or ()),
        closed=tuple(parse_duty(text, "--close") for text in close or ()),
        opened=tuple(parse_duty(text, "--new") for text in new or ()),
        weights=dict(weights),
    )


def parse_duty(text: str, option: str = "DUTY") -> DutyKey:
    """Return the duty of a text such as T10@2023-05-31.

    Raises:
        BadParameter: it is none.
    """
    task, at, day = text.rpartition("@")
    if not at or not task:
        example = "write it as TASK@YYYY-MM-DD, such as T10@2023-05-31"
        raise typer.BadParameter(f"{text!r} is no duty; {example}", param_hint=option)
    return task, parse_day(day)


def parse_days(text: str, option: str) -> tuple[str, date, date]:
    """Return physician, first and last day of a text such as P1@2023-05-31..2023-06-02.

    Raises:
        BadParameter: it is written otherwise.
    """
    name, at, days = text.rpartition("@")
    if not at or not name:
        example = "write it as PHYSICIAN@DAY or PHYSICIAN@DAY..DAY, such as P1@2023-05-31"
        raise typer.BadParameter(f"{text!r} names no days; {example}", param_hint=option)
    first, _, last = days.partition("..")
    return name, parse_day(first), parse_day(last or first)


def _weights(text: str) -> list[tuple[tuple[str, str], int]]:
    found = _WEIGHT.fullmatch(text)
    if found is None:
        example = "write it as RULE=N or RULE/GRADE=N, such as wishes/day_off=3"
        raise typer.BadParameter(f"{text!r} is no weight; {example}", param_hint="--weight")
    rule, grade, number = found.groups()
    grades = [grade] if grade else [g for r, g in WEIGHTS if r == rule] or ["?"]
    return [((rule, one), int(number)) for one in grades]
