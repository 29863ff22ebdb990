"""Reconciliation: what evens deviations out in credits, from time to time and on request."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pysched.fairness.equalization_rules import EqualizationRules


def settlement_of(deviations: Mapping[str, int], rules: EqualizationRules) -> dict[str, int]:
    """Return what each physician is paid to settle the deviations; who bore too little pays.

    Everybody's part of his deviation is kept within the limit; the side that then has more is cut
    down in proportion, so that the amounts add up to 0 to the cent and no credit is made.

    Args:
        deviations: physician -> deviation in cents.
        rules: the part that is settled, and the limit.
    """
    limit = rules.settle_limit_cents
    part = Fraction(rules.settle_percent, 100)
    wanted = {
        name: max(-limit, min(limit, round(cents * part))) for name, cents in deviations.items()
    }
    return _balanced(wanted)


def affordable(amounts: Mapping[str, int], able: Mapping[str, int]) -> dict[str, int]:
    """Return a settlement cut down to what the payers have; it still adds up to 0.

    Args:
        amounts: physician -> cents that he is paid, negative if he pays.
        able: physician -> cents that he has, 0 where absent.
    """
    least = {name: -max(0, able.get(name, 0)) for name in amounts}
    return _balanced({name: max(least[name], cents) for name, cents in amounts.items()})


def is_due(weeks_settled: int, rules: EqualizationRules) -> bool:
    """Return whether a reconciliation falls on the week-end after so many settled weeks."""
    return weeks_settled > 0 and weeks_settled % rules.reconcile_weeks == 0


def _balanced(wanted: Mapping[str, int]) -> dict[str, int]:
    """Return amounts of which the side that has more is cut down to the other."""
    plus = {name: cents for name, cents in wanted.items() if cents > 0}
    minus = {name: -cents for name, cents in wanted.items() if cents < 0}
    total = min(sum(plus.values()), sum(minus.values()))
    paid = _cut(plus, total)
    taken = _cut(minus, total)
    return {name: paid.get(name, 0) - taken.get(name, 0) for name in sorted(wanted)}


def _cut(amounts: Mapping[str, int], total: int) -> dict[str, int]:
    """Return amounts cut down in proportion to a total, by largest remainder, ties by id."""
    whole = sum(amounts.values())
    if whole == total:
        return dict(amounts)
    exact = {name: Fraction(cents * total, whole) for name, cents in amounts.items()}
    parts = {name: part.numerator // part.denominator for name, part in exact.items()}
    order = sorted(exact, key=lambda name: (parts[name] - exact[name], name))
    for name in order[: total - sum(parts.values())]:
        parts[name] += 1
    return parts
