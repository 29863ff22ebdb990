"""The numbers of trust: defaults of both profiles, and what is refused."""

from dataclasses import replace

import pytest

from pysched.trust import TrustRules


def test_the_seed_names_no_numbers() -> None:
    """So both profiles have the same, but for what only the recommended one knows."""
    added = {"circle_percent": 34, "returned_stars": 4}
    assert replace(TrustRules.seed(), **added) == TrustRules.recommended()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("default_score", 10_001),
        ("most_fall", -1),
        ("pull_percent", 101),
        ("rating_weight", 0),
        ("unit_cents", 0),
        ("record_half_life_weeks", 0),
    ],
)
def test_numbers_out_of_range_are_refused(name: str, value: int) -> None:
    """By name and value."""
    with pytest.raises(ValueError, match=rf"{name}.* {value}"):
        TrustRules(**{name: value})
