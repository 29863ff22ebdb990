"""What holds for single people and places of a cluster: agreements, pairs, geography."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from pysched.instance.generate.members import Member
from pysched.instance.generate.sites import Cluster
from pysched.instance.generate.tasks import Planned
from pysched.model import Agreement, GeographyRule, Pair, Task
from pysched.model.network import WEEKDAYS

_FEWEST_NIGHT_MEMBERS = 9
"""A cluster with fewer who take nights excuses nobody from them."""


@dataclass(frozen=True)
class Terms:
    """Agreements, pairs and geography rules of a cluster."""

    agreements: tuple[Agreement, ...]
    pairs: tuple[Pair, ...]
    geography: tuple[GeographyRule, ...]


def terms_of(
    cluster: Cluster,
    members: Sequence[Member],
    tasks: Sequence[Planned],
    night_members: frozenset[str],
    rng: Random,
) -> Terms:
    """Return the terms of a cluster; `night_members` can take all of its nights."""
    return Terms(
        tuple(_agreements(cluster, members, night_members, rng)),
        tuple(_pairs(members, rng)),
        tuple(_geography(tasks, rng)),
    )


def _agreements(
    cluster: Cluster, members: Sequence[Member], night_members: frozenset[str], rng: Random
) -> list[Agreement]:
    free = [member.id for member in members if member.physician.weekly_hours < 38]
    found = [Agreement(id_, "free_weekday", rng.choice(WEEKDAYS[:5])) for id_ in free]
    nightly = [member.id for member in members if member.id in night_members]
    rng.shuffle(nightly)
    if len(nightly) >= _FEWEST_NIGHT_MEMBERS:
        found.append(Agreement(nightly.pop(), "no_nights"))
        found.append(Agreement(nightly.pop(), "max_per_week", "on_call_night", 1))
    if len(cluster.hospitals) > 2 and nightly:
        far = cluster.hospitals[-1].id
        found.append(Agreement(nightly.pop(), "not_at_hospital", far))
    return found


def _pairs(members: Sequence[Member], rng: Random) -> list[Pair]:
    ids = rng.sample([member.id for member in members], len(members))
    count = max(1, len(members) * 3 // 14)
    kinds = ("avoid", "like", "like")
    return [
        Pair(ids[2 * n], ids[2 * n + 1], kinds[n % 3])  # type: ignore[arg-type]
        for n in range(count)
    ]


def _geography(tasks: Sequence[Planned], rng: Random) -> list[GeographyRule]:
    """Return a morning and an afternoon task at two hospitals that meet on some weekday."""
    found = [
        (morning, afternoon)
        for morning, afternoon in product([planned.task for planned in tasks], repeat=2)
        if morning.hospital != afternoon.hospital
        and morning.kind == "surgery"
        and afternoon.kind in {"on_site", "clinic"}
        and morning.half_day == "morning"
        and afternoon.half_day == "afternoon"
        and morning.weekdays & afternoon.weekdays
    ]
    return [_rule(*rng.choice(found))] if found else []


def _rule(morning: Task, afternoon: Task) -> GeographyRule:
    reason = f"{morning.name}, {_span(morning)}, then {afternoon.name}, {_span(afternoon)}"
    return GeographyRule(morning.id, afternoon.id, reason)


def _span(task: Task) -> str:
    return f"{task.start.hour}-{task.end.hour}"
