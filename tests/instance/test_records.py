"""States as JSON: equal when read back, refused with file and field when wrong."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pysched.instance import InstanceError, find_scenario, read_scenario
from pysched.instance.records import read_state, state_from_json, state_to_json
from pysched.model import Assignment, Load, State

NETWORK = read_scenario(find_scenario("toy")).network
MONDAY = date(2024, 4, 15)
STATE = State(
    last_week=MONDAY,
    loads={("anna", "clinic"): Load(2, 360, 1500, 270_000)},
    balance_minutes={"anna": -120, "bruno": 0},
    month=date(2024, 4, 1),
    month_minutes={"anna": -120},
    tail=frozenset({Assignment(date(2024, 4, 19), "night", "anna")}),
    streaks={("anna", "clinic"): 2},
)

physicians = st.sampled_from(sorted(NETWORK.physicians))
tasks = st.sampled_from(sorted(NETWORK.tasks))
counts = st.integers(0, 2_000_000_000)
minutes = st.integers(-2_000_000_000, 2_000_000_000)
pairs = st.tuples(physicians, st.sampled_from(sorted(NETWORK.categories)))
days = st.integers(0, 6).map(lambda n: MONDAY + timedelta(days=n))
states = st.builds(
    State,
    last_week=st.just(MONDAY),
    loads=st.dictionaries(pairs, st.builds(Load, counts, counts, counts, counts)),
    balance_minutes=st.dictionaries(physicians, minutes),
    month=st.sampled_from([None, date(2024, 4, 1)]),
    month_minutes=st.dictionaries(physicians, minutes),
    tail=st.frozensets(st.builds(Assignment, days, tasks, physicians)),
    streaks=st.dictionaries(st.tuples(physicians, tasks), st.integers(1, 300)),
)


@given(states)
def test_a_state_comes_back_as_it_was(state: State) -> None:
    """And equal states are the same text, in whatever order they were made."""
    text = state_to_json(state)
    assert state_from_json(text, "s.json", NETWORK) == state
    turned = State(**{**vars(state), "loads": dict(reversed(list(state.loads.items())))})
    assert state_to_json(turned) == text


def test_the_first_state_is_empty() -> None:
    """Nothing was worked before."""
    assert state_from_json(state_to_json(State()), "s.json", NETWORK) == State()


def problems_of(text: str) -> list[str]:
    """Return what is wrong with the text of a state."""
    with pytest.raises(InstanceError) as error:
        state_from_json(text, "s.json", NETWORK)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("loads", 0, "physician"), "zoe", "loads.0.physician = 'zoe': expected a known physician"),
        (("loads", 0, "category"), "clinics", "did you mean 'clinic'?"),
        (("loads", 0, "count"), -1, "loads.0.count = '-1'"),
        (("loads", 0, "count"), 1.5, "loads.0.count = '1.5'"),
        (("loads", 0, "count"), 10**12, "loads.0.count = '1000000000000'"),
        (("loads", 0, "minutes"), float("nan"), "loads.0.minutes = 'NaN'"),
        (("loads", 0, "minutes"), "Infinity", "loads.0.minutes = 'Infinity'"),
        (("balance_minutes", "zoe"), 3, "balance_minutes.zoe = 'zoe': expected a known physician"),
        (("balance_minutes",), [], "balance_minutes = 'a list'"),
        (("month_minutes", "anna"), None, "month_minutes.anna: expected"),
        (("last_week",), "2024-04-16", "last_week = '2024-04-16': expected a Monday"),
        (("last_week",), "2024-04-31", "last_week = '2024-04-31'"),
        (("last_week",), None, "tail = '2024-04-19': expected a day of the week of last_week"),
        (("month",), "2024-04-02", "month = '2024-04-02': expected the first day of a month"),
        (("tail", 0, "day"), "2024-04-22", "tail = '2024-04-22'"),
        (("tail", 0, "task"), "nigth", "did you mean 'night'?"),
        (("streaks", 0, "weeks"), 0, "streaks.0.weeks = '0'"),
        (("colour",), "red", "colour = 'colour': expected a known key"),
        (("kind",), "schedule", "kind = 'schedule': expected state"),
        (("format",), 2, "format = '2': expected 1, the format that this version of pysched reads"),
    ],
)
def test_what_is_wrong_is_named(path: tuple[str | int, ...], value: object, said: str) -> None:
    """With its field, value and what was expected."""
    data = json.loads(state_to_json(STATE))
    place = data
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    (problem,) = problems_of(json.dumps(data))
    assert problem.startswith("s.json: ")
    assert said in problem


def test_all_that_is_wrong_is_listed() -> None:
    """In unknown names, and in what does not fit together."""
    text = state_to_json(STATE)
    assert len(problems_of(text.replace("anna", "zoe"))) == 5
    data = json.loads(text) | {"month": "2024-04-30", "last_week": "2024-04-14"}
    assert [line.split()[1] for line in problems_of(json.dumps(data))] == ["last_week", "month"]


@pytest.mark.parametrize("part", ["loads", "streaks"])
def test_nothing_is_said_twice(part: str) -> None:
    """A pair of a physician and a category or task has one row."""
    data = json.loads(state_to_json(STATE))
    data[part] *= 2
    (problem,) = problems_of(json.dumps(data))
    assert "each pair once" in problem


def test_a_key_is_there_once() -> None:
    """JSON itself would let the last one win."""
    text = state_to_json(STATE).replace('"anna": -120', '"anna": 5, "anna": -120', 1)
    assert problems_of(text) == ["s.json: JSON = 'anna': expected each key once, and few levels"]


def test_every_cut_is_noticed() -> None:
    """No part of a file passes for the whole of it."""
    text = state_to_json(STATE).rstrip()
    for end in range(len(text)):
        assert "valid JSON" in problems_of(text[:end])[0]


def test_a_state_is_of_an_earlier_week(tmp_path: Path) -> None:
    """It is refused for the week that it comes after."""
    path = tmp_path / "s.json"
    path.write_text(state_to_json(STATE))
    assert read_state(path, NETWORK, date(2024, 4, 22)) == STATE
    with pytest.raises(InstanceError, match="a week before 2024-04-15"):
        read_state(path, NETWORK, MONDAY)
