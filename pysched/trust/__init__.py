"""Who trusts whom, on what evidence; knows neither loans' terms nor the ledger."""

from pysched.trust.detection import Finding, findings
from pysched.trust.events import CoDuty, Event, LoanEvent, Rating, Swap
from pysched.trust.graph import (
    CeilingError,
    Edge,
    NotOwnerError,
    UnknownPhysicianError,
    admit,
    density,
    dismiss,
    edge_between,
    edges_of,
    graph_of,
    last_week,
    lending_score,
    new_graph,
    refuse_others,
    score_of,
    shown,
    stored,
    with_ceiling,
)
from pysched.trust.meetings import co_duties
from pysched.trust.pool import pool_score
from pysched.trust.rules import TrustRules
from pysched.trust.update import update

__all__ = [
    "CeilingError",
    "CoDuty",
    "Edge",
    "Event",
    "Finding",
    "LoanEvent",
    "NotOwnerError",
    "Rating",
    "Swap",
    "TrustRules",
    "UnknownPhysicianError",
    "admit",
    "co_duties",
    "density",
    "dismiss",
    "edge_between",
    "edges_of",
    "findings",
    "graph_of",
    "last_week",
    "lending_score",
    "new_graph",
    "pool_score",
    "refuse_others",
    "score_of",
    "shown",
    "stored",
    "update",
    "with_ceiling",
]
