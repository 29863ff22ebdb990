"""The rules section of network.yaml: what a policy says beyond its profile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal

from pysched.model import GROUPS, WEIGHTS, Limits, Rules, profile_rules


def rules_lines(rules: Rules) -> Iterator[str]:
    """Yield the lines of a policy, none if it is the default one.

    Raises:
        ValueError: no profile with own weights, levels and limits gives it.
    """
    weights, levels = _own_weights(rules), _own_levels(rules)
    settings = {"measure": rules.measure, "normalise": rules.normalise}
    said = profile_rules(rules.profile, weights, levels, limits=rules.limits, **settings)
    if said != rules:
        raise ValueError(f"rules of profile {rules.profile} that no network file can say")
    usual = profile_rules(rules.profile)
    if rules == usual and rules.profile == "recommended":
        return
    yield "# What differs from the defaults."
    yield "rules:"
    yield f"  profile: {rules.profile}"
    yield from (f"  {key}: {value}" for key, value in settings.items())
    limits = _own_limits(rules.limits)
    if limits:
        yield f"  limits: {{{_cells(limits)}}}"
    if weights:
        yield "  weights:"
        yield from (f"    {rule}: {{{_cells(row)}}}" for rule, row in _by_rule(weights).items())
    if levels:
        yield f"  levels: {{{_cells(levels)}}}"


def _own_weights(rules: Rules) -> dict[tuple[str, str], int]:
    """Return weights that differ from the profile's; 0 where a grade is switched off."""
    usual = profile_rules(rules.profile).weights
    return {
        key: rules.weights.get(key, (0, 0))[0]
        for key in WEIGHTS
        if rules.weights.get(key, (0, 0))[0] != usual.get(key, (0, 0))[0]
    }


def _own_levels(rules: Rules) -> dict[str, int]:
    usual = profile_rules(rules.profile).weights
    return {
        group: rules.weights[key][1]
        for key, (_, group) in WEIGHTS.items()
        if key in rules.weights and rules.weights[key][1] != usual.get(key, (0, GROUPS[group]))[1]
    }


def _own_limits(limits: Limits) -> dict[str, int | Decimal]:
    usual = asdict(Limits())
    return {key: value for key, value in asdict(limits).items() if value != usual[key]}


def _by_rule(weights: dict[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    rows: dict[str, dict[str, int]] = defaultdict(dict)
    for (rule, grade), weight in weights.items():
        rows[rule][grade] = weight
    return rows


def _cells(row: dict[str, int] | dict[str, int | Decimal]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in row.items())
