"""The four factors of trust, from 0 to 1 each, or None where there is nothing to judge by."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

from pysched.trust.events import MOST_STARS
from pysched.trust.graph import MILLION, ONE, Edge
from pysched.trust.rules import TrustRules


@dataclass(frozen=True, slots=True)
class Record:
    """How a physician repaid, in units of evidence.

    Args:
        repaid: good units.
        defaulted: bad units, weighted.
    """

    repaid: float = 0.0
    defaulted: float = 0.0

    def __add__(self, other: Record) -> Record:
        """Add part by part."""
        return Record(self.repaid + other.repaid, self.defaulted + other.defaulted)

    def __sub__(self, other: Record) -> Record:
        """Take away part by part; what rounding leaves below 0 is 0."""
        return Record(
            max(0.0, self.repaid - other.repaid), max(0.0, self.defaulted - other.defaulted)
        )

    @property
    def units(self) -> float:
        """All evidence."""
        return self.repaid + self.defaulted


@dataclass(frozen=True, slots=True)
class Factors:
    """What the score of an edge rests on; None where it is missing.

    Args:
        reliability: past repayment, a warning of others included.
        rating: the explicit rating.
        collaboration: duties together.
        reciprocity: balance of exchanges.
        units: evidence in all.
    """

    reliability: float | None
    rating: float | None
    collaboration: float | None
    reciprocity: float | None
    units: float


def record_of(edge: Edge) -> Record:
    """Return how somebody repaid one lender."""
    return Record(edge.repaid / MILLION, edge.defaulted / MILLION)


def capped(record: Record, rules: TrustRules) -> Record:
    """Return one lender's part in the pooled record: at most so many units, in proportion."""
    if record.units <= rules.pooled_cap_units:
        return record
    share = rules.pooled_cap_units / record.units
    return Record(record.repaid * share, record.defaulted * share)


def beta_mean(pooled: Record) -> float:
    """Return the expected reliability of a record.

    The mean of a beta distribution after repayments and defaults, starting from none of either
    (Josang and Ismail, 2002, The beta reputation system).
    """
    return (pooled.repaid + 1) / (pooled.units + 2)


def reliability(own: Record, pooled: Record, rules: TrustRules) -> float | None:
    """Return past repayment towards one lender, with the record at others as prior.

    Who never lent to somebody can be warned by others but has nothing recommended to him: a ring
    that lends to itself would otherwise rise in the eyes of all.

    Args:
        own: the record at this lender.
        pooled: the record at all others, each lender's part capped.
        rules: of trust.
    """
    elsewhere = beta_mean(pooled)
    if not own.units and elsewhere >= beta_mean(Record()):
        return None
    prior = rules.prior_units
    return (own.repaid + prior * elsewhere) / (own.units + prior)


def rating(edge: Edge, back: Edge, rules: TrustRules) -> float | None:
    """Return the last rating, 1 star as 0 and 5 as 1; praise that is returned counts for less.

    A few who give each other the most stars would otherwise lift each other towards the pool.
    """
    if edge.stars is None:
        return None
    stars = edge.stars
    if rules.returned_stars is not None and (back.stars or 0) > rules.returned_stars:
        stars = min(stars, rules.returned_stars)
    return (stars - 1) / (MOST_STARS - 1)


def collaboration(edge: Edge, rules: TrustRules) -> float | None:
    """Return how much two work together; missing where they hardly meet."""
    duties = edge.co_duties / MILLION
    return None if duties < rules.least_duties else 1 - exp(-10 * duties / rules.duty_scale_tenths)


def reciprocity(edge: Edge, back: Edge, rules: TrustRules) -> float | None:
    """Return how far two give each other as much; missing where they exchanged little."""
    volume = edge.given_cents + back.given_cents
    if volume < rules.least_volume_cents:
        return None
    return 1 - abs(edge.given_cents - back.given_cents) / volume


def factors(edge: Edge, back: Edge, pooled: Record, rules: TrustRules) -> Factors:
    """Return the factors of an edge.

    Args:
        edge: what one has seen of the other.
        back: what the other has seen of him.
        pooled: the other's record at all other lenders, each part capped.
        rules: of trust.
    """
    own = record_of(edge)
    loans = reliability(own, pooled, rules)
    soft = (rating(edge, back, rules), collaboration(edge, rules), reciprocity(edge, back, rules))
    warned = 0.0 if loans is None else max(own.units, min(1.0, pooled.defaulted))
    units = warned + sum(factor is not None for factor in soft)
    return Factors(loans, *soft, units=units)


def raw_score(found: Factors, rules: TrustRules) -> int:
    """Return the score that the factors speak for, in ten-thousandths.

    Their weighted mean, weights renormalised over those present, drawn towards the default by lack
    of confidence, which is n / (n + 1) for n units of evidence; a rating, working together and a
    volume of exchanges count one unit each.
    """
    pairs = [
        (rules.reliability_weight, found.reliability),
        (rules.rating_weight, found.rating),
        (rules.collaboration_weight, found.collaboration),
        (rules.reciprocity_weight, found.reciprocity),
    ]
    present = [(weight, factor) for weight, factor in pairs if factor is not None]
    total = sum(weight for weight, _ in present)
    if not total:
        return rules.default_score
    score = sum(weight * factor for weight, factor in present) / total
    confidence = found.units / (found.units + rules.confidence_units)
    default = rules.default_score / ONE
    return round(ONE * (default + confidence * (score - default)))
