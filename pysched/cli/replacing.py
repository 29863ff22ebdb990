"""The commands that give a duty to somebody else: replace and swap."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from pysched.cli.amending import (
    AbsentOption,
    ByOption,
    NewOption,
    NoteOption,
    NowOption,
    amendment_of,
    parse_duty,
)
from pysched.cli.arguments import Folder, Format, FormatOption, StateOption
from pysched.cli.differing import (
    FileOption,
    difference_json,
    earned_json,
    keep,
    print_difference,
)
from pysched.cli.known import KnownBankOption
from pysched.cli.printing import print_json, print_table, print_text
from pysched.cli.refusing import one_line, refuse_unkept
from pysched.cli.source import (
    DATABASE,
    ScheduleArgument,
    Source,
    VersionsOption,
    WeekOfOption,
    moment,
    read_source,
)
from pysched.department import level_names
from pysched.explain.replacement import Replacements, refusals, replacements
from pysched.explain.replacement import swap as swap_duties
from pysched.explain.sentences import difference_sentences, duty_word
from pysched.model import DutyKey, Network, Week
from pysched.report.repairs import MOST_ROWS, replacements_table

DutyArgument = Annotated[
    str, typer.Argument(metavar="DUTY", help="A duty as TASK@DAY, such as T10@2023-05-31.")
]

OtherArgument = Annotated[str, typer.Argument(metavar="OTHER", help="The duty it is swapped with.")]
WithOption = Annotated[
    str | None,
    typer.Option("--with", metavar="PHYSICIAN", help="Give him the duty, at its least cost."),
]
ChainsOption = Annotated[
    bool, typer.Option("--chains", help="Chains of two as well; else only where nobody is free.")
]


def replace(
    folder: Folder,
    schedule: ScheduleArgument,
    duty: DutyArgument,
    with_: WithOption = None,
    chains: ChainsOption = False,
    absent: AbsentOption = None,
    new: NewOption = None,
    now: NowOption = None,
    by: ByOption = None,
    note: NoteOption = "",
    out: FileOption = None,
    state: StateOption = None,
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Rank who could fill a duty, with what it costs by level, past loads and credits.

    All hard rules hold in each. --with makes the change; --by stores it, --out writes it.
    Example: pysched replace ferrara published T10@2023-06-01 --absent P4@2023-06-01
    """
    source = read_source(folder, schedule, week, database, state=state, bank=bank)
    if with_ is not None:
        refuse_unkept(source, out)
    source = source.with_amendment(amendment_of(absent, new=new))
    network, standing = source.under_way(moment(now, source.week))
    key, place = parse_duty(duty), (network, standing, source.state, source.schedule)
    with one_line():
        found = replacements(*place, key, chains=chains or None, only=with_)
        why = [] if with_ is None or found.ranked else refusals(*place, key, with_)
    if with_ is not None and found.ranked:
        keep(source, network, standing, found.ranked[0].schedule, by, note, out)
    if with_ is not None and not found.ranked:
        _say_refused(with_, key, why)
    else:
        _print(source, network, standing, found, format_)
    if not found.ranked:
        raise typer.Exit(1)


def swap(
    folder: Folder,
    schedule: ScheduleArgument,
    duty: DutyArgument,
    other: OtherArgument,
    absent: AbsentOption = None,
    now: NowOption = None,
    by: ByOption = None,
    note: NoteOption = "",
    out: FileOption = None,
    state: StateOption = None,
    week: WeekOfOption = None,
    database: VersionsOption = DATABASE,
    bank: KnownBankOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say what it changes if the physicians of two duties swap them, if every hard rule holds.

    Example: pysched swap ferrara published T10@2023-05-31 T10@2023-06-02 --by anna
    """
    source = read_source(folder, schedule, week, database, state=state, bank=bank)
    refuse_unkept(source, out)
    source = source.with_amendment(amendment_of(absent))
    network, standing = source.under_way(moment(now, source.week))
    one, two = parse_duty(duty), parse_duty(other, "OTHER")
    with one_line():
        found = swap_duties(network, standing, source.state, source.schedule, one, two)
    keep(source, network, standing, found.schedule, by, note, out)
    if format_ is Format.JSON:
        print_json(difference_json(found.difference))
    else:
        print_difference(network, found.difference)


def _say_refused(physician: str, duty: DutyKey, why: Sequence[str]) -> None:
    text = "; ".join(why) or "he has it"
    print(f"{physician} cannot take {duty_word(duty)}: {text}", file=sys.stderr)


def _print(
    source: Source, network: Network, week: Week, found: Replacements, format_: Format
) -> None:
    earnings = source.earnings(network, week)
    shown = found.ranked if format_ is Format.JSON else found.ranked[:MOST_ROWS]
    earned = [earnings.of(row.schedule) for row in shown]
    if format_ is Format.JSON:
        print_json(_replacements_json(found, earned))
        return
    holder = f"held by {found.holder}" if found.holder else "open"
    print_table(replacements_table(found, level_names(network.rules), earned, holder))
    if not found.ranked:
        print_text("nobody can take it, alone or by giving away a duty: pysched repair")
        return
    for text in difference_sentences(found.ranked[0].difference):
        print_text(f"  {text}")
    left = len(found.ranked) - len(shown) + found.unpriced
    if left:
        print_text(f"and {left} more")


def _replacements_json(found: Replacements, earned: list[Mapping[str, int]]) -> dict[str, Any]:
    return {
        "duty": duty_word(found.duty),
        "holder": found.holder,
        "direct": found.direct,
        "chains": found.chains,
        "unpriced": found.unpriced,
        "open": difference_json(found.open),
        "ranked": [
            {
                "physician": row.physician,
                "moves": [
                    {"duty": duty_word(m.duty), "giver": m.giver, "taker": m.taker}
                    for m in row.moves
                ],
                "past_class": row.past_class,
                "credits": earned_json(cents),
                "difference": difference_json(row.difference),
            }
            for row, cents in zip(found.ranked, earned, strict=True)
        ],
    }
