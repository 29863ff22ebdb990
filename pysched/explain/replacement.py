"""Replacements for one duty: who could take it, alone or by a chain of two, ranked by effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pysched.bank.versions import Move
from pysched.check import Pricing
from pysched.explain.amendment import duty_of, known_physician
from pysched.explain.chain import Chains, applied
from pysched.explain.difference import Difference, of_reports
from pysched.explain.sentences import duty_word
from pysched.model import Assignment, Duty, DutyKey, Network, Schedule, State, Week

MOST_PRICED = 30
"""So many replacements are priced in full; of more, those that cost their own physicians least."""


class ReplacementError(ValueError):
    """A duty that cannot be given to somebody else, or not to the one who was asked for."""


@dataclass(frozen=True)
class Replacement:
    """One way to fill a duty otherwise.

    Args:
        moves: one, or two where who takes the duty gives away another one.
        schedule: with the moves made.
        difference: to the schedule before, by duty, rule, level and physician.
        past_class: memory class, 0 to 3, of who takes the duty in its category: how many quartiles
            of the group's past loads his own exceeds.
    """

    moves: tuple[Move, ...]
    schedule: Schedule
    difference: Difference
    past_class: int

    @property
    def physician(self) -> str:
        """Who takes the duty."""
        return self.moves[0].taker


@dataclass(frozen=True)
class Swap:
    """Two duties whose physicians swap them; every hard rule holds.

    Args:
        schedule: with the swap made.
        difference: to the schedule before.
    """

    schedule: Schedule
    difference: Difference


@dataclass(frozen=True)
class Replacements:
    """All ways to fill a duty otherwise.

    Args:
        duty: to be filled.
        holder: who has it, empty if it is open.
        ranked: the least costly first, level by level.
        open: the difference if the duty is left open.
        direct: how many could take it as their schedule stands.
        chains: how many chains of two there are; 0 where none was looked for.
        unpriced: how many of them all were left out of the ranking after a first look.
    """

    duty: DutyKey
    holder: str
    ranked: tuple[Replacement, ...]
    open: Difference
    direct: int
    chains: int
    unpriced: int = 0


def replacements(
    network: Network,
    week: Week,
    state: State,
    schedule: Schedule,
    key: DutyKey,
    *,
    chains: bool | None = None,
    only: str | None = None,
) -> Replacements:
    """Return who could fill a duty otherwise, ranked by what the week would cost then.

    Every hard rule holds in each. Costs are those of the independent checker.

    Args:
        network: hospitals, tasks, physicians and the rules in force.
        week: as it stands: amended, and under way if it is.
        state: what the weeks before handed over.
        schedule: in force.
        key: of the duty.
        chains: whether to look for chains of two; None: where nobody can take it directly.
        only: the physician asked for; None for all.

    Raises:
        AmendmentError: the week has no such duty, or there is no such physician.
        ReplacementError: the duty has begun or is pinned.
    """
    duty = duty_of(week, key)
    if only is not None:
        known_physician(network, only)
    holder = _holder(week, schedule, duty)
    finding = Chains(Pricing(network, week, state, schedule), duty, holder)
    direct = [m for m in finding.direct() if only in (None, m[0].taker)]
    longer: list[tuple[Move, ...]] = []
    if chains or (chains is None and not direct):
        longer = [m for m in finding.of_two() if only in (None, m[0].taker)]
    return _ranked(finding, direct, longer)


def _ranked(
    finding: Chains, direct: Sequence[tuple[Move, ...]], longer: Sequence[tuple[Move, ...]]
) -> Replacements:
    pricing, schedule = finding.pricing, finding.pricing.case.schedule
    found = [*direct, *longer]
    if len(found) > MOST_PRICED:
        found = sorted(found, key=finding.own_price)[:MOST_PRICED]
    rows = [_priced(finding, moves) for moves in found]
    return Replacements(
        duty=finding.duty.key,
        holder=finding.holder,
        ranked=tuple(sorted(rows, key=_rank)),
        open=of_reports(
            pricing.case.network,
            schedule,
            finding.left_open,
            pricing.report,
            pricing.price(finding.left_open),
        ),
        direct=len(direct),
        chains=len(longer),
        unpriced=len(direct) + len(longer) - len(found),
    )


def swap(
    network: Network, week: Week, state: State, schedule: Schedule, one: DutyKey, other: DutyKey
) -> Swap:
    """Return what it changes if the physicians of two duties swap them.

    Raises:
        AmendmentError: the week has no such duty.
        ReplacementError: one has begun, is pinned or open, both are one physician's, or the swap
            breaks a hard rule; it says which and whose.
    """
    duties = duty_of(week, one), duty_of(week, other)
    holders = [_holder(week, schedule, duty) for duty in duties]
    for duty, holder in zip(duties, holders, strict=True):
        if not holder:
            raise ReplacementError(
                f"duty {duty_word(duty.key)} is open: there is nobody to swap it with"
            )
    if holders[0] == holders[1]:
        raise ReplacementError(
            f"{holders[0]} has both {duty_word(duties[0].key)} and {duty_word(duties[1].key)}"
        )
    moves = (
        Move(*duties[0].key, holders[0], holders[1]),
        Move(*duties[1].key, holders[1], holders[0]),
    )
    swapped = applied(schedule, moves)
    pricing = Pricing(network, week, state, schedule)
    for breach in pricing.breaks(swapped):
        raise ReplacementError(f"the swap breaks the rule {breach.rule}: {breach.culprit}")
    found = of_reports(network, schedule, swapped, pricing.report, pricing.price(swapped))
    return Swap(swapped, found)


@dataclass(frozen=True)
class Takers:
    """A duty, and who could take it as the schedule stands, every hard rule kept.

    Args:
        duty: of the week.
        holder: who has it, empty if it is open.
        is_there: whether its holder is present on its day.
        names: who else could take it, by id.
    """

    duty: Duty
    holder: str
    is_there: bool
    names: tuple[str, ...]


def takers_of(
    network: Network, week: Week, state: State, schedule: Schedule, key: DutyKey
) -> Takers:
    """Return who could take a duty directly.

    Raises:
        AmendmentError: the week has no such duty.
        ReplacementError: the duty has begun or is pinned.
    """
    duty = duty_of(week, key)
    holder = _holder(week, schedule, duty)
    finding = Chains(Pricing(network, week, state, schedule), duty, holder)
    names = tuple(sorted(moves[0].taker for moves in finding.direct()))
    return Takers(duty, holder, bool(holder) and week.is_present(holder, duty.day), names)


def refusals(
    network: Network, week: Week, state: State, schedule: Schedule, key: DutyKey, physician: str
) -> tuple[str, ...]:
    """Return the hard rules that keep a physician from a duty as his schedule stands, in words.

    Raises:
        AmendmentError: the week has no such duty, or there is no such physician.
        ReplacementError: the duty has begun or is pinned.
    """
    duty, name = duty_of(week, key), known_physician(network, physician)
    holder = _holder(week, schedule, duty)
    taken = applied(schedule, (Move(*key, holder, name),))
    pricing = Pricing(network, week, state, schedule)
    return tuple(f"{breach.rule}: {breach.culprit}" for breach in pricing.breaks(taken))


def _holder(week: Week, schedule: Schedule, duty: Duty) -> str:
    """Return who has a duty that can be given to others, empty for nobody.

    Raises:
        ReplacementError: the duty has begun or is pinned.
    """
    names = sorted(row.physician for row in schedule.assignments if row.duty == duty.key)
    if week.published is not None and duty.start <= week.now:
        raise ReplacementError(f"duty {duty_word(duty.key)} has begun; what is worked stays")
    for name in names:
        if Assignment(duty.day, duty.task, name) in week.fixed:
            raise ReplacementError(f"duty {duty_word(duty.key)} is pinned to {name}")
    if len(names) > 1:
        raise ReplacementError(f"duty {duty_word(duty.key)} has two physicians: {', '.join(names)}")
    return names[0] if names else ""


def _priced(finding: Chains, moves: tuple[Move, ...]) -> Replacement:
    pricing = finding.pricing
    before = pricing.case.schedule
    after = applied(before, moves)
    found = of_reports(pricing.case.network, before, after, pricing.report, pricing.price(after))
    return Replacement(moves, after, found, finding.past_class(moves[0].taker))


def _rank(row: Replacement) -> tuple[tuple[int, ...], int, tuple[Move, ...]]:
    return row.difference.vector, len(row.moves), row.moves
