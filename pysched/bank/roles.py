"""Sacrifices by what a duty is: those of categories that nobody wants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from pysched.bank.amount import credits_of
from pysched.bank.case import Case
from pysched.bank.sacrifice import Sacrifice, borne
from pysched.bank.value_rules import ValueRules, percent_of
from pysched.model import Duty, Network

Share = Mapping[tuple[str, str], Fraction]


def roles_of(case: Case) -> Iterator[Sacrifice]:
    """Yield the undesirable duties that were worked, with the part of each that is paid.

    With the basis `excess` those come first for nothing that make up a physician's share of the
    category in the week: its duties split over who could take them, by contract. What another
    asked of him is paid in full and no part of that share.
    """
    values = undesirable(case.network, case.rules)
    shares = _shares(case, values) if case.rules.basis == "excess" else {}
    for physician, duties in case.people():
        had: dict[str, int] = {}
        for duty in duties:
            category = case.network.tasks[duty.task].category
            standing = case.standing(physician, duty)
            if category not in values or standing == 3:
                continue
            part, above = Fraction(1), ""
            if case.rules.basis == "excess" and standing == 0:
                had[category] = had.get(category, 0) + 1
                share = shares.get((physician, category), Fraction(0))
                part = min(max(had[category] - share, Fraction(0)), Fraction(1))
                above = f", number {had[category]} of the week with a share of {float(share):.2f}"
            yield _role(case, physician, duty, values[category], part, above)


def undesirable(network: Network, rules: ValueRules) -> dict[str, int]:
    """Return category -> cents of the undesirable categories.

    Raises:
        ValueError: the rules name a category that the network has not.
    """
    chosen = rules.roles
    if isinstance(chosen, str):
        unwanted = [c for c in network.categories.values() if not c.wanted]
        chosen = tuple(c.id for c in unwanted if c.grade == "major" or chosen == "unwanted")
    for name in (*chosen, *rules.role_percents):
        if name not in network.categories:
            raise ValueError(f"network {network.name}: unknown category {name!r} in the roles")
    return {c: percent_of(rules.role_cents, rules.role_percents.get(c, 100)) for c in chosen}


def roles_version(network: Network, rules: ValueRules) -> str:
    """Return a short hash of the list of undesirable categories and their values."""
    text = "|".join(
        f"{name}={cents}" for name, cents in sorted(undesirable(network, rules).items())
    )
    return sha256(text.encode()).hexdigest()[:12]


def _role(
    case: Case, physician: str, duty: Duty, cents: int, part: Fraction, above: str
) -> Sacrifice:
    category = case.network.tasks[duty.task].category
    reason = f"of the undesirable category {category}, worth {credits_of(cents)}{above}"
    row = borne(case, physician, duty, "role", category, cents, reason)
    return row if part == 1 else _partly(row, part)


def _partly(row: Sacrifice, part: Fraction) -> Sacrifice:
    return replace(row, payable_cents=round(row.payable_cents * part))


def _shares(case: Case, values: Mapping[str, int]) -> Share:
    """Return what part of the undesirable duties worked falls to each, by physician, category."""
    people = case.network.physicians
    shares: dict[tuple[str, str], Fraction] = {}
    for _, duties in case.people():
        for duty in duties:
            category = case.network.tasks[duty.task].category
            able = case.able[duty.key] if category in values else ()
            hours = {name: Fraction(people[name].weekly_hours) for name in able}
            total = sum(hours.values(), Fraction(0))
            for name, part in hours.items():
                key = name, category
                shares[key] = shares.get(key, Fraction(0)) + part / total
    return shares
