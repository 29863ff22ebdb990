"""The ways compared: what each leaves out, and what else they change."""

from benchmarks.study.ways import OFF, Way, four_ways
from pysched import load

NETWORK = load("toy")[0]


def rules_of(way: Way) -> set[str]:
    """Return the soft rules that a way leaves in force."""
    return {rule for rule, _ in way.network(NETWORK).rules.weights}


def test_each_way_leaves_out_what_it_says() -> None:
    """None of the other rules goes."""
    everything = {rule for rule, _ in NETWORK.rules.weights}
    for name, left_out in OFF.items():
        assert rules_of(Way(name)) == everything - set(left_out)


def test_lambda_is_half_a_rotation_weight() -> None:
    """A ratio of 1.5 to a weight of 6 is lambda 9, charged as 18."""
    weights = Way("Q+J", ratio=1.5).network(NETWORK).rules.weights
    assert (weights["memory", "major"][0], weights["rotation", "major"][0]) == (6, 18)
    assert ("rotation", "major") not in Way("Q+J", ratio=0.0).network(NETWORK).rules.weights


def test_a_profile_lends_its_levels_alone() -> None:
    """Weights stay, levels 4 to 1 become one."""
    rules = Way("Q+J", profile="weighted").network(NETWORK).rules.weights
    assert {level for _, level in rules.values()} == {6, 5, 1}
    assert {w for w, _ in rules.values()} == {w for w, _ in NETWORK.rules.weights.values()}


def test_every_roll_has_a_name_of_its_own() -> None:
    """Names are file names."""
    ways = [*four_ways(3, 3), Way("Q+J", window=4), Way("Q+J", ratio=0.5), Way("Q+J", "none", 1)]
    ways += [Way("Q+J", measure="minutes"), Way("Q+J", profile="weighted")]
    assert len(set(ways)) == len({way.key for way in ways})
