"""The facts of a part of a week: some physicians and some duties, as if there were nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from clorm import Predicate

from pysched.facts import network_words as n
from pysched.facts import week_words as v
from pysched.facts.hours import candidates
from pysched.facts.read import Target
from pysched.facts.week import day_index
from pysched.facts.write import constants_text, facts_of
from pysched.model import Network, State, Week

WHOLE = (v.Load, v.Published)
"""What a part needs of everybody: the quartiles of the group's loads, and who was published."""


def takers(network: Network, week: Week) -> dict[Target, frozenset[str]]:
    """Return for each duty that somebody may take who may; of a fixed one those who have it."""
    fixed: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
    for row in week.fixed:
        fixed[row.duty].add(row.physician)
    return {
        (duty.task, day_index(week, duty.day)): frozenset(fixed.get(duty.key, names))
        for duty, names in candidates(network, week).items()
        if names
    }


@dataclass(frozen=True, slots=True)
class _Line:
    """A fact as text, and whom, which duty and which task it is about, as far as it is."""

    text: str
    people: tuple[str, ...]
    target: Target | None
    task: str | None


def parts_of(
    network: Network, week: Week, state: State
) -> Callable[[Collection[str], Collection[Target]], str]:
    """Return what says the facts of a part, from its physicians and its duties.

    A part's program takes no note of anybody else: a rule that looks at several physicians (who
    meets whom, the largest overtime, a ward's week) is judged as if the part were all.
    """
    constants = constants_text(network)
    past: defaultdict[str, set[str]] = defaultdict(set)
    for row in state.tail:
        past[row.physician].add(row.task)

    # Read when a first part asks for it: the whole program may be grounded meanwhile.
    @cache
    def lines() -> tuple[_Line, ...]:
        facts = (_line(fact) for fact in facts_of(network, week, state))
        return tuple(sorted(facts, key=lambda line: line.text))

    def text(physicians: Collection[str], duties: Collection[Target]) -> str:
        people, targets = set(physicians), set(duties)
        tasks = {task for task, _ in targets}.union(*(past[name] for name in people))
        return constants + "".join(_kept(lines(), people, targets, tasks))

    return text


def _line(fact: Predicate) -> _Line:
    """Return a fact with what decides whether a part has it."""
    names = fact.meta.keys()
    fields: Mapping[str, object] = {name: getattr(fact, name) for name in names}
    people = [str(fields[name]) for name in ("physician", "mentor") if name in fields]
    if isinstance(fact, n.PairOf):
        people.append(fact.other)
    if isinstance(fact, WHOLE):
        people = []
    task = str(fields["task"]) if "task" in fields else None
    dated = task is not None and "day" in fields and not isinstance(fact, v.Past)
    target = (str(task), int(str(fields["day"]))) if dated else None
    return _Line(f"{fact}.\n", tuple(people), target, task)


def _kept(
    lines: Collection[_Line], people: set[str], targets: set[Target], tasks: set[str]
) -> Iterator[str]:
    """Yield the facts that are about nobody and nothing else."""
    for line in lines:
        if not all(name in people for name in line.people):
            continue
        if line.target is not None:
            if line.target in targets:
                yield line.text
        elif line.task is None or line.task in tasks:
            yield line.text
