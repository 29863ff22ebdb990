"""From the symbols of a model back to the nouns."""

from datetime import timedelta

from check.builders import MONDAY, given, network, week_of
from clingo import parse_term
from clingo.symbol import Symbol

from pysched.facts import (
    assignment_features,
    assignment_groups,
    read_cost,
    read_forced,
    read_schedule,
    read_violations,
)
from pysched.model import Schedule

WEEK, NETWORK = week_of("ward 0, night 1"), network()


def symbols(*terms: str) -> list[Symbol]:
    """Return the symbols written as terms."""
    return [parse_term(term) for term in terms]


def test_a_schedule_is_its_assign_atoms() -> None:
    """Days count from the week's Monday; other atoms say nothing."""
    atoms = symbols('assign("ann",("ward",0))', 'assign("bob",("night",1))', "cost(a,b,c,1)")
    expected = Schedule(MONDAY, given("ann ward 0, bob night 1"))
    assert expected == read_schedule(WEEK, atoms)


def test_costs_are_weighed_and_named_in_words() -> None:
    """What costs nothing, or has no weight, is left out."""
    atoms = symbols(
        'cost(coverage,essential,("night",1),1)',
        'cost(suitability,tenth,("ann",("ward",0)),3)',
        'cost(suitability,tenth,("bob",("ward",0)),0)',
    )
    costs = read_cost(NETWORK, WEEK, atoms)
    assert [(c.rule, c.units, c.weight, c.level, c.total) for c in costs] == [
        ("coverage", 1, 1, 6, 1),
        ("suitability", 3, 1, 1, 3),
    ]
    assert costs[0].culprit == f"night@{MONDAY + timedelta(days=1)}"
    assert costs[1].culprit == f"ann, ward@{MONDAY}"
    assert read_cost(network(rules=NETWORK.rules.without("coverage")), WEEK, atoms) == costs[1:]


def test_forced_is_what_holds_in_every_schedule_less_what_may_be_credited() -> None:
    """A charge that only may hold adds nothing; a credit that may hold takes away."""
    certain = symbols("charge(minimum_hours,hour,deficit,7)", "charge(rotation,major,even,4)")
    possible = symbols("charge(minimum_hours,hour,a,5)", "charge(rotation,major,open,-3)")
    atoms = [*((s, True) for s in certain), *((s, False) for s in possible)]
    assert read_forced(NETWORK, atoms) == {3: 14, 1: 6}


def test_forced_is_never_below_zero() -> None:
    """No cost is negative, however much might be credited."""
    atoms = [(s, False) for s in symbols("charge(rotation,major,open,-3)")]
    assert sum(read_forced(NETWORK, atoms).values()) == 0


def test_violations_name_their_rule() -> None:
    """In words that a person can read."""
    found = read_violations(WEEK, symbols('violated(skill,("ann",("ward",0)))'))
    assert found == (("skill", f"ann, ward@{MONDAY}"),)


def test_features_of_an_assignment() -> None:
    """What neighbourhoods choose by."""
    features = assignment_features(parse_term('assign("ann",("ward",0))'))
    assert features == {"physician": "ann", "day": 0, "task": "ward"}


def test_groups_of_an_assignment() -> None:
    """Hospital and category of its task."""
    groups = assignment_groups(NETWORK, parse_term('assign("ann",("ward",0))'))
    ward = NETWORK.tasks["ward"]
    assert groups == {"hospital": ward.hospital, "category": ward.category}
