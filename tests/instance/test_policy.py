"""Policies laid over networks, and digests that tell inputs apart."""

from dataclasses import replace
from datetime import date

import pytest

from pysched.instance import find_scenario, read_scenario
from pysched.instance.digest import scenario_digest
from pysched.instance.policy import with_policy
from pysched.model import Assignment, Request, profile_rules

TOY = read_scenario(find_scenario("toy"))
OWN = profile_rules("recommended", {("wishes", "day_off"): 7, ("team", "like"): 0}, {"hours": 2})
NETWORK = replace(TOY.network, rules=OWN)


def test_no_policy_changes_nothing() -> None:
    """The network's own rules stay."""
    assert with_policy(NETWORK, None, ()) == NETWORK
    assert with_policy(NETWORK, "recommended", ()) == NETWORK


@pytest.mark.parametrize("profile", ["paper", "weighted"])
def test_a_network_keeps_its_own_numbers_under_another_profile(profile: str) -> None:
    """Its weights and levels are laid over those of the profile."""
    rules = with_policy(NETWORK, profile, ()).rules  # type: ignore[arg-type]
    own = {("wishes", "day_off"): 7, ("team", "like"): 0}
    assert rules == profile_rules(profile, own, {"hours": 2})  # type: ignore[arg-type]


def test_rules_are_switched_off() -> None:
    """By name; unknown names are refused."""
    rules = with_policy(NETWORK, "weighted", ["memory", "rotation"]).rules
    assert {"memory", "rotation"} & {rule for rule, _ in rules.weights} == set()
    with pytest.raises(ValueError, match="unknown rule 'memry'"):
        with_policy(NETWORK, None, ["memry"])


def test_equal_input_has_an_equal_digest() -> None:
    """Whatever order things stand in, and whatever is no input."""
    network = replace(TOY.network, tasks=dict(reversed(list(TOY.network.tasks.items()))))
    turned = replace(TOY, network=network, by_hand=(), lines={})
    assert scenario_digest(turned) == scenario_digest(TOY)


@pytest.mark.parametrize(
    "changed",
    [
        replace(TOY, network=NETWORK),
        replace(TOY, requests=(Request("anna", date(2024, 4, 22), "day_off", "", 1),)),
        replace(TOY, pins=(Assignment(date(2024, 4, 22), "ward", "dario"),)),
        replace(TOY, history=(Assignment(date(2024, 4, 12), "ward", "dario"),)),
        replace(TOY, absences=()),
        replace(TOY, network=replace(TOY.network, skills=frozenset())),
    ],
    ids=["rules", "requests", "pins", "history", "absences", "skills"],
)
def test_other_input_has_another_digest(changed: object) -> None:
    """Each kind of it."""
    assert scenario_digest(changed) != scenario_digest(TOY)  # type: ignore[arg-type]
