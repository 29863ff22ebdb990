"""Memory, rotation, variety and equalization, each by hand."""

from datetime import date

from pysched.model import Load, profile_rules

from .builders import checked, day, network, physician, units

COUNTS = {
    ("ann", "guard"): Load(count=4, minutes=10, count_share=4000, minutes_share=10000),
    ("bob", "guard"): Load(count=3, minutes=20, count_share=2000, minutes_share=20000),
    ("cat", "guard"): Load(count=2, minutes=30, count_share=2000, minutes_share=30000),
    ("dan", "guard"): Load(count=1, minutes=40, count_share=1000, minutes_share=39999),
}
EACH_A_GUARD = "ann guard 0, bob guard 1, cat guard 2, dan guard 3"


def test_memory_of_counts_without_shares() -> None:
    """Of 1 2 3 4 the quartiles are 1.75, 2.5 and 3.25: classes 0 to 3, ann's 4 being highest."""
    net = network(rules=profile_rules("paper"))
    report = checked(EACH_A_GUARD, net=net, state={"loads": COUNTS})
    assert units("memory", "major", report) == {
        "ann, guard@2023-06-05": 3,
        "bob, guard@2023-06-06": 2,
        "cat, guard@2023-06-07": 1,
    }


def test_memory_of_counts_less_the_fair_share() -> None:
    """Of 0 1000 0 0 thousandths the quartiles are 0, 0 and 250: bob is in class 3 each time."""
    report = checked(EACH_A_GUARD + ", bob night 3", state={"loads": COUNTS})
    expected = {"bob, guard@2023-06-06": 3, "bob, night@2023-06-08": 3}
    assert units("memory", "major", report) == expected


def test_memory_of_minutes() -> None:
    """Of 10 20 30 40 minutes dan has most; less the shares he is one thousandth above 0."""
    raw = network(rules=profile_rules("paper", measure="minutes"))
    assert units("memory", "major", checked(EACH_A_GUARD, net=raw, state={"loads": COUNTS})) == {
        "bob, guard@2023-06-06": 1,
        "cat, guard@2023-06-07": 2,
        "dan, guard@2023-06-08": 3,
    }
    fair = network(rules=profile_rules("recommended", measure="minutes"))
    report = checked(EACH_A_GUARD, net=fair, state={"loads": COUNTS})
    assert units("memory", "major", report) == {"dan, guard@2023-06-08": 3}


def test_memory_of_ties_is_free() -> None:
    """All have had one, or none at all: everyone is in class 0."""
    tied = {(person, "guard"): Load(count=1) for person in ("ann", "bob", "cat", "dan")}
    assert units("memory", "major", checked(EACH_A_GUARD, state={"loads": tied})) == {}
    assert units("memory", "major", checked(EACH_A_GUARD)) == {}


def test_memory_is_of_a_minor_category_too_and_on_a_quartile_is_not_above() -> None:
    """Of 0 1 2 3 4 the quartiles are 1, 2 and 3: bob's 1 is class 0, cat's 2 is 1, eve's 4 is 3."""
    people = [physician(name) for name in ("ann", "bob", "cat", "dan", "eve")]
    loads = {(p.id, "care"): Load(count=n) for n, p in enumerate(people)}
    report = checked(
        "bob ward 0, cat ward 1, eve clinic 2", net=network(people), state={"loads": loads}
    )
    assert units("memory", "minor", report) == {
        "cat, ward@2023-06-06": 1,
        "eve, clinic@2023-06-07": 3,
    }


def test_memory_compares_only_the_skilled() -> None:
    """Ann is skilled for no guard: among 1 2 3, quartiles 1.5 2 2.5, cat's 2 is class 1 and bob 3.

    A guard pinned to ann is in class 0, although she has had most.
    """
    lacking = "ann guard, ann night, ann call"
    net = network(without_skills=lacking, rules=profile_rules("paper"))
    report = checked(EACH_A_GUARD, fixed="ann guard 0", net=net, state={"loads": COUNTS})
    assert units("memory", "major", report) == {
        "bob, guard@2023-06-06": 3,
        "cat, guard@2023-06-07": 1,
    }


def test_memory_of_one_alone_is_free() -> None:
    """The quartiles of a single load are that load."""
    net = network([physician("ann")])
    state = {"loads": {("ann", "guard"): Load(count=7)}}
    assert units("memory", "major", checked("ann guard 0", net=net, state=state)) == {}


def test_rotation_counts_pairs_of_one_task() -> None:
    """3 guards are 3 x 2 / 2 = 3 units, 2 clinics 1; a guard and a night are two tasks; wards 0."""
    report = checked("ann guard 0 2 4, ann night 5, bob clinic 0 1, cat ward 0 1 2, dan guard 1")
    assert units("rotation", "major", report) == {"ann, guard": 3}
    assert units("rotation", "minor", report) == {"bob, clinic": 1}


def test_variety_counts_weeks_in_a_row_up_to_four() -> None:
    """6 weeks of guards count 4 for each of two; 1 week of clinics 1; wards and others' none."""
    streaks = {("ann", "guard"): 6, ("bob", "clinic"): 1, ("cat", "ward"): 5, ("dan", "visit"): 2}
    state = {"streaks": streaks, "last_week": date(2023, 5, 29)}
    report = checked("ann guard 0 2, bob clinic 0, cat ward 0, bob visit 1", state=state)
    assert units("variety", "week", report) == {
        "ann, guard@2023-06-05": 4,
        "ann, guard@2023-06-07": 4,
        "bob, clinic@2023-06-05": 1,
    }


def test_variety_ends_with_a_week_off() -> None:
    """What was settled two weeks ago is no row of last weeks any more."""
    state = {"streaks": {("ann", "guard"): 6}, "last_week": date(2023, 5, 22)}
    assert units("variety", "week", checked("ann guard 0", state=state)) == {}


def test_equalization_counts_what_the_week_says() -> None:
    """Monday's guard costs 7 with ann and 2 with bob, who does not have it; the others' nothing."""
    costs = {("ann", "guard", day(0)): 7, ("bob", "guard", day(0)): 2, ("bob", "guard", day(1)): 0}
    report = checked("ann guard 0, bob guard 1, cat guard 2", sacrifice_costs=costs)
    assert units("equalization", "sacrifice", report) == {"ann, guard@2023-06-05": 7}


def test_equalization_counts_a_weekend_once() -> None:
    """Ann's costs 7, of two duties; bob, who is to have one, has none: 4; cat has hers."""
    days = {day(5): day(5), day(6): day(5)}
    costs = {("ann", day(5)): 7, ("bob", day(5)): -4, ("cat", day(5)): -3}
    report = checked(
        "ann guard 5, ann ward 6, bob guard 4, cat guard 6", sacrifice_days=days, day_costs=costs
    )
    assert units("equalization", "day", report) == {"ann, 2023-06-10": 7, "bob, 2023-06-10": 4}
