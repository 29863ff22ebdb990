"""The cases: the same for everybody, kept, and named by what they are."""

from pathlib import Path

import pytest

from pysched.bench.cases import cases_of
from pysched.bench.suite import Source, SuiteError
from pysched.check import check
from tests.bench.making import TOY, toy_cases


def test_a_case_starts_where_the_week_before_ended() -> None:
    """Both weeks of toy, the second from a state that knows the first."""
    first, second = toy_cases()
    assert first.name == f"toy {first.week.monday}"
    assert second.state.last_week == first.week.monday
    assert first.digest != second.digest


def test_the_start_keeps_every_rule() -> None:
    """It is a whole schedule."""
    for case in toy_cases():
        assert check(case.network, case.week, case.state, case.start).ok


def test_what_is_kept_is_the_same_as_what_was_made(tmp_path: Path) -> None:
    """In another folder, and read again from it."""
    made, read = (tuple(cases_of(TOY, "recommended", tmp_path, tmp_path)) for _ in range(2))
    assert made == toy_cases() == read


def test_a_kept_state_is_not_made_again(tmp_path: Path) -> None:
    """The digest tells that it is another one; the week after keeps its own."""
    first, _ = cases_of(TOY, "recommended", tmp_path, tmp_path)
    (file,) = tmp_path.glob(f"states/*/{first.week.monday}.json")
    row = sorted(first.start.assignments)[0]
    text = f'["{row.day}", "{row.task}", "{row.physician}"], '
    assert text in file.read_text()
    file.write_text(file.read_text().replace(text, ""))
    again, after = cases_of(TOY, "recommended", tmp_path, tmp_path)
    assert first.start.assignments - again.start.assignments == {row}
    assert again.digest != first.digest
    assert after == toy_cases()[1]


def test_other_rules_are_other_cases(tmp_path: Path) -> None:
    """With states of their own."""
    case, _ = cases_of(TOY, "weighted", tmp_path, tmp_path)
    assert case.network.rules.profile == "weighted"
    assert case.digest != toy_cases()[0].digest


def test_weeks_that_are_not_taken_make_states_alone(tmp_path: Path) -> None:
    """Generated networks, too."""
    source = Source(physicians=5, weeks=2, seed=3, take=(2,))
    (case,) = cases_of(source, "recommended", tmp_path, tmp_path)
    assert case.state.last_week is not None
    assert (case.scenario, len(case.network.physicians)) == ("n005w2s3", 5)


def test_a_scenario_with_too_few_weeks_is_refused(tmp_path: Path) -> None:
    """It is named."""
    with pytest.raises(SuiteError, match="toy: week 3 of 2"):
        next(cases_of(Source(scenario="toy", weeks=3), "recommended", tmp_path, tmp_path))
