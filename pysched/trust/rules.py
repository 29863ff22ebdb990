"""The numbers of trust, each a key of the bank's profile."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class TrustRules:
    """How evidence becomes a score; scores are in ten-thousandths, weights in percent.

    Args:
        default_score: of a pair that knows nothing of each other.
        reliability_weight: of past repayment.
        rating_weight: of the explicit rating.
        collaboration_weight: of working together.
        reciprocity_weight: of balanced exchanges.
        unit_cents: the amount that is one unit of evidence.
        prior_units: what the record at other lenders weighs.
        pooled_cap_units: at most so much of each other lender's record counts.
        circle_units: good records of so much, going round in a circle, recommend nobody to others.
        circle_percent: a circle of at most so many percent of all lends to itself alone; what they
            think of each other does not lift them towards the pool. 0 for no such circle.
        returned_stars: the most that a rating counts which is returned with more than that, None
            for all of its stars.
        default_factor: a default counts so many times its amount.
        week_cap_units: good evidence of one pair in one week; a default is never capped.
        record_half_life_weeks: of repayments and defaults.
        duty_half_life_weeks: of duties together.
        duty_scale_tenths: tenths of duties together at which collaboration is 1 - 1/e.
        least_duties: with fewer, collaboration is missing.
        least_volume_cents: with less exchanged, reciprocity is missing.
        confidence_units: with so much evidence the confidence is one half.
        pull_percent: share of the way to the raw score made good in a week.
        most_fall: in a week.
        most_rise: in a week.
        dense_score: from here on a pair with evidence counts towards density.
        damping_percent: of the rank by which cliques are looked for.
        rank_percent: rank by median rank from which somebody is to be reviewed.
        rank_density_percent: below this density there are no ranks yet.
        ring_loans: loans of each pair of a ring from which it is told.
        ring_length: the longest ring looked for.
        ring_weeks: the time over which rings are looked for.
        clique_members: the smallest clique told.
        clique_stars_tenths: tenths of stars that ratings to or from the others are below 5.
    """

    default_score: int = 5_000
    reliability_weight: int = 45
    rating_weight: int = 20
    collaboration_weight: int = 15
    reciprocity_weight: int = 20
    unit_cents: int = 300
    prior_units: int = 2
    pooled_cap_units: int = 3
    circle_units: int = 3
    circle_percent: int = 34
    returned_stars: int | None = 4
    default_factor: int = 3
    week_cap_units: int = 1
    record_half_life_weeks: int = 104
    duty_half_life_weeks: int = 13
    duty_scale_tenths: int = 15
    least_duties: int = 1
    least_volume_cents: int = 500
    confidence_units: int = 1
    pull_percent: int = 15
    most_fall: int = 600
    most_rise: int = 200
    dense_score: int = 5_000
    damping_percent: int = 80
    rank_percent: int = 150
    rank_density_percent: int = 50
    ring_loans: int = 3
    ring_length: int = 4
    ring_weeks: int = 26
    clique_members: int = 3
    clique_stars_tenths: int = 15

    def __post_init__(self) -> None:
        """Check what would make scores leave 0 to 1, or no score at all.

        Raises:
            ValueError: a number is out of its range.
        """
        for name in ("default_score", "most_fall", "most_rise", "dense_score"):
            if not 0 <= getattr(self, name) <= 10_000:
                raise ValueError(f"{name} {getattr(self, name)} is not from 0 to 10000")
        for name in ("pull_percent", "damping_percent", "circle_percent"):
            if not 0 <= getattr(self, name) <= 100:
                raise ValueError(f"{name} {getattr(self, name)} is not from 0 to 100")
        if self.returned_stars not in (None, 1, 2, 3, 4, 5):
            raise ValueError(f"returned_stars {self.returned_stars} is not from 1 to 5")
        self._check_weights()

    def _check_weights(self) -> None:
        weights = {f.name: getattr(self, f.name) for f in fields(self) if "_weight" in f.name}
        if min(weights.values()) <= 0:
            raise ValueError(f"weights {weights} are not all above 0")
        scales = (
            *("unit_cents", "record_half_life_weeks", "duty_half_life_weeks"),
            *("duty_scale_tenths", "least_volume_cents", "confidence_units"),
        )
        for name in scales:
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} {getattr(self, name)} is not above 0")

    @classmethod
    def seed(cls) -> Self:
        """Return the rules of the profile `seed`, which names the factors and no numbers.

        Nor does it say anything of circles and of praise that is returned.
        """
        return cls(circle_percent=0, returned_stars=None)

    @classmethod
    def recommended(cls) -> Self:
        """Return the rules of the profile `recommended`."""
        return cls()


RECOMMENDED = TrustRules.recommended()
