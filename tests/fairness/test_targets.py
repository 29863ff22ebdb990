"""Fair targets: by hand, as properties, and against a quadratic program of HiGHS."""

from __future__ import annotations

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pysched.fairness.metrics import cv, gini
from pysched.fairness.targets import targets

NAMES = ("ann", "bob", "cat", "dan", "eve")
CLASSES = st.dictionaries(
    st.frozensets(st.sampled_from(NAMES), min_size=1), st.integers(1, 200_000), max_size=8
)
ACTIVE = st.fixed_dictionaries({name: st.sampled_from([0.25, 0.5, 0.8, 1.0]) for name in NAMES})


def classes(**volumes: int) -> dict[frozenset[str], int]:
    """Return volumes of classes written as their members' initials."""
    of = {name[0]: name for name in NAMES}
    return {frozenset(of[c] for c in key): cents for key, cents in volumes.items()}


def test_mean() -> None:
    """The seed: the same for all, skills or not."""
    fair = targets(classes(a=900, ab=300), {"ann": 1, "bob": 0.5, "cat": 1}, "mean")
    assert fair == {"ann": 400, "bob": 400, "cat": 400}


def test_proportional() -> None:
    """Ann 900 alone, and two thirds of 300; Bob, at half time, one third."""
    fair = targets(classes(a=900, ab=300), {"ann": 1, "bob": 0.5}, "proportional")
    assert fair == {"ann": 1100, "bob": 100}


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        (classes(a=900, ab=300), (900, 300, 0)),
        (classes(a=100, ab=300), (200, 200, 0)),
        (classes(a=300, ab=300, bc=600), (400, 400, 400)),
        (classes(a=1000, ab=100, bc=100), (1000, 100, 100)),
        (classes(abc=100), (34, 33, 33)),
        ({}, (0, 0, 0)),
    ],
)
def test_egalitarian(volumes: dict[frozenset[str], int], expected: tuple[int, ...]) -> None:
    """Who must bear more alone is given nothing of what others can do."""
    fair = targets(volumes, {"ann": 1, "bob": 1, "cat": 1}, "egalitarian")
    assert tuple(fair.values()) == expected


def test_egalitarian_by_full_time_equivalent() -> None:
    """Bob, at half time, bears half as much."""
    fair = targets(classes(ab=300), {"ann": 1, "bob": 0.5}, "egalitarian")
    assert fair == {"ann": 200, "bob": 100}


def test_hardly_more_than_somebody_can_bear() -> None:
    """Ann can bear 100 of 900; the surface s over the others: 100 + (s - 100) / 20 + 2 s = 900."""
    surface = 805 / 2.05
    fair = targets(classes(abc=900), dict.fromkeys(NAMES[:3], 1.0), "egalitarian", {"ann": 100})
    assert list(fair.values()) == pytest.approx([900 - 2 * surface, surface, surface], abs=1)
    loose = targets(classes(abc=900), dict.fromkeys(NAMES[:3], 1.0), "egalitarian", {"ann": 300})
    assert list(loose.values()) == [300, 300, 300]


@given(CLASSES, ACTIVE, st.dictionaries(st.sampled_from(NAMES), st.integers(0, 100_000)))
@settings(deadline=None)
def test_caps_lose_nothing(volumes, active, most) -> None:
    """All of the volume is shared out, whatever can be borne."""
    fair = targets(volumes, active, "egalitarian", most)
    assert sum(fair.values()) == sum(volumes.values())
    assert min(fair.values()) >= 0


def test_who_was_not_there_bears_nothing() -> None:
    """As long as another of his class was."""
    active = {"ann": 1.0, "bob": 0.0, "cat": 0.0}
    assert targets(classes(ab=300), active, "egalitarian")["ann"] == 300
    assert targets(classes(ab=300, bc=50), active, "proportional") == {
        "ann": 300,
        "bob": 25,
        "cat": 25,
    }


def test_a_class_of_strangers_is_refused() -> None:
    """By name."""
    with pytest.raises(ValueError, match=r"skill class \['eve'\] has no known physician"):
        targets(classes(e=5), {"ann": 1.0}, "egalitarian")


@given(CLASSES, ACTIVE, st.sampled_from(["mean", "proportional", "egalitarian"]))
def test_targets_are_all_of_the_volume(volumes, active, target) -> None:
    """To the cent, so that deviations add up to 0."""
    assert sum(targets(volumes, active, target).values()) == sum(volumes.values())


@settings(deadline=None)
@given(CLASSES, ACTIVE)
def test_egalitarian_is_never_less_even_than_proportional(volumes, active) -> None:
    """In Gini and CV of x / a, weighted by a; a cent of rounding apart."""
    even, split = (per_fte(volumes, active, t) for t in ("egalitarian", "proportional"))
    weights = [active[name] for name in NAMES]
    for measure in (gini, cv):
        assert measure(even, weights) <= measure(split, weights) + 1e-3


@settings(deadline=None)
@given(CLASSES)
def test_without_part_time_it_needs_no_weights(volumes) -> None:
    """Where all a are equal the plain measures, and the largest burden, are least too."""
    active = dict.fromkeys(NAMES, 1.0)
    even, split = (per_fte(volumes, active, t) for t in ("egalitarian", "proportional"))
    for measure in (gini, cv):
        assert measure(even) <= measure(split) + 1e-3
    assert max(even) <= max(split) + 1


def per_fte(volumes, active, target) -> list[float]:
    """Return the targets over a."""
    fair = targets(volumes, active, target)
    return [fair[name] / active[name] for name in NAMES]


@settings(max_examples=40, deadline=None)
@given(CLASSES, ACTIVE)
def test_egalitarian_is_the_optimum_of_a_quadratic_program(volumes, active) -> None:
    """HiGHS minimises sum x^2 / a over fractional assignments and finds the same shares."""
    volumes = {members: 10_000 + cents for members, cents in volumes.items()}
    fair = targets(volumes, active, "egalitarian")
    found = quadratic(volumes, active)
    scale = 1 + sum(volumes.values())
    assert [fair[name] / scale for name in NAMES] == pytest.approx(found / scale, abs=1e-4)


def quadratic(volumes: dict[frozenset[str], int], active: dict[str, float]) -> np.ndarray:
    """Return the optimal burdens: columns x, then one for each class and member."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    n = len(NAMES)
    scale = sum(volumes.values()) or 1
    for _ in NAMES:
        highs.addVar(0, 1)
    members = [(k, name) for k, group in enumerate(volumes) for name in sorted(group)]
    for _ in members:
        highs.addVar(0, 1)
    for i, name in enumerate(NAMES):
        columns = [n + m for m, (_, who) in enumerate(members) if who == name]
        values = np.array([1.0, *[-1.0] * len(columns)])
        highs.addRow(0, 0, len(values), np.array([i, *columns], dtype=np.int32), values)
    for k, volume in enumerate(volumes.values()):
        columns = [n + m for m, (group, _) in enumerate(members) if group == k]
        part = volume / scale
        ones = np.ones(len(columns))
        highs.addRow(part, part, len(columns), np.array(columns, dtype=np.int32), ones)
    hessian = highspy.HighsHessian()
    hessian.dim_ = n + len(members)
    hessian.format_ = highspy.HessianFormat.kTriangular
    hessian.start_ = np.array([*range(n + 1), *[n] * len(members)], dtype=np.int32)
    hessian.index_ = np.arange(n, dtype=np.int32)
    hessian.value_ = np.array([2 / active[name] for name in NAMES])
    highs.passHessian(hessian)
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return np.array(highs.getSolution().col_value[:n]) * scale
