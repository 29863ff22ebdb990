"""Another policy for a network: its own numbers laid over another profile, rules switched off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pysched.model import WEIGHTS, Network, Rules, profile_rules
from pysched.model.rules import Profile


def with_policy(network: Network, profile: Profile | None, without: Sequence[str]) -> Network:
    """Return the network under another profile and without some soft rules.

    Weights, levels and limits that the network changed against its own profile are kept.

    Args:
        network: with its own rules.
        profile: None to keep the network's.
        without: names of rules to switch off.

    Raises:
        ValueError: a name is no soft rule.
    """
    rules = network.rules
    if profile is not None and profile != rules.profile:
        rules = _under(rules, profile)
    return replace(network, rules=rules.without(*without))


def _under(rules: Rules, profile: Profile) -> Rules:
    plain = profile_rules(rules.profile)
    weights: dict[tuple[str, str], int] = {}
    levels: dict[str, int] = {}
    for key, (_, group) in WEIGHTS.items():
        weight, level = plain.weights.get(key, (0, 0))
        own_weight, own_level = rules.weights.get(key, (0, level))
        if own_weight != weight:
            weights[key] = own_weight
        if own_level != level and own_weight and weight:
            levels[group] = own_level
    settings: dict[str, object] = {"limits": rules.limits, "measure": rules.measure}
    if rules.normalise != plain.normalise:
        settings["normalise"] = rules.normalise
    return profile_rules(profile, weights, levels, **settings)
