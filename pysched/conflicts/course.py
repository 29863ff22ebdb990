"""The course of a resolution: what no mechanism needs to decide, then one contest after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pysched.bank.amount import credits_of
from pysched.bank.transaction import Json
from pysched.conflicts.canonical import digest_of
from pysched.conflicts.conflict import Conflict
from pysched.conflicts.decision import Decision, Payment
from pysched.conflicts.draw import lots
from pysched.conflicts.granting import Contest, Grants, contests_of, safe_rows
from pysched.conflicts.rules import ConflictRules
from pysched.conflicts.sealed import joint_seed, opened
from pysched.conflicts.state import ConflictState

WAYS = {
    "none": "nothing is contested",
    "lottery": "by weighted lottery",
    "wheel": "by the priority wheel",
    "nash": "by Nash bargaining",
    "round_robin": "by turns",
    "seniority": "by seniority and credits",
}
"""Mechanism -> how a sentence names it."""


@dataclass
class Course:
    """A resolution under way.

    Attributes:
        conflict: as revealed. seed: made together with the entrants.
        grants: all so far. free: those of them that nobody contested.
        impossible: days that could not be granted even to one alone.
        wins: contested grants within this conflict, by physician.
        moved: winners of contests, in the order in which they go to the back of a wheel.
        payments: so far; pending_cents, order, proof: as a decision has them.
    """

    asked: Conflict
    state: ConflictState
    rules: ConflictRules
    given_seed: str
    conflict: Conflict = field(init=False)
    seed: str = field(init=False)
    hidden: tuple[str, ...] = field(init=False)
    grants: Grants = field(init=False)
    free: dict[str, list[date]] = field(default_factory=dict)
    impossible: dict[str, list[date]] = field(default_factory=dict)
    wins: Counter[str] = field(default_factory=Counter)
    moved: list[str] = field(default_factory=list)
    order: tuple[str, ...] = ()
    payments: list[Payment] = field(default_factory=list)
    pending_cents: dict[date, int] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    proof: dict[str, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the claims and open what was sealed."""
        self.state.check(self.asked)
        self.conflict, self.hidden = opened(self.asked)
        self.seed = joint_seed(self.given_seed, self.asked)
        self.grants = Grants(self.state.oracle)
        self.tokens = dict.fromkeys(self.hidden, 1)
        if self.hidden:
            self.proof["not revealed"] = list(self.hidden)
        if self.seed != self.given_seed:
            self.proof["joint seed"] = self.seed

    def contests(self) -> list[Contest]:
        """Grant what nobody contests; return what is left to decide, one after the other.

        What could not be granted even if nobody else claimed anything is refused beforehand: it
        contends with nobody, wins nothing and is paid nothing.
        """
        safe = safe_rows(self.conflict, self.state.oracle)
        left = []
        for contest in contests_of(self.conflict, self.seed):
            wants = {p: self._unsafe(contest, p, safe) for p in contest.wants}
            wants = {p: days for p, days in wants.items() if days}
            if wants:
                left.append(Contest(contest.key, wants, contest.whole))
        return left

    def give_owed(self, contests: Sequence[Contest]) -> tuple[str, ...]:
        """Grant those who are owed their next claim all of it that holds; return who they are."""
        contested = {physician for contest in contests for physician in contest.wants}
        owed = [p for p in sorted(contested) if self.state.standing(p).due]
        order = lots(self.seed, f"{self.conflict.id}|owed", owed)
        for physician in order:
            for contest in contests:
                if physician in contest.wants:
                    self.grants.take(contest, physician)
        return order

    def _unsafe(
        self, contest: Contest, physician: str, safe: frozenset[tuple[str, date]]
    ) -> tuple[date, ...]:
        """Return the days of a claim in a contest, or nothing: granted, or not to be had at all."""
        days = contest.wants[physician]
        calm = [day for day in days if (physician, day) in safe]
        if len(calm) < len(days):
            if not Grants(self.state.oracle).allows((physician, day) for day in days):
                self.impossible.setdefault(physician, []).extend(days)
                return ()
            # Several days in one contest are linked.
            return days
        self.free.setdefault(physician, []).extend(calm)
        self.grants.add((physician, day) for day in calm)
        return ()

    def contested(self, physician: str) -> tuple[date, ...]:
        """Return what a physician has been granted so far that others claim too."""
        free = self.free.get(physician, ())
        got = self.grants.by_physician().get(physician, ())
        return tuple(day for day in got if day not in free)

    def won(self, taken: Mapping[str, tuple[date, ...]]) -> None:
        """Count winners, in order; each goes to the back once, with his last win."""
        for physician in taken:
            self.wins[physician] += 1
            if physician in self.moved:
                self.moved.remove(physician)
            self.moved.append(physician)

    def decision(
        self,
        mechanism: str,
        sentences: tuple[str, ...] = (),
        fallback: str = "",
        bonus_cents: Mapping[str, int] | None = None,
    ) -> Decision:
        """Return what was decided."""
        grants = self.grants.by_physician()
        decided = mechanism if self.proof.get("contests") or self.moved else "none"
        free = {p: tuple(sorted(self.free[p])) for p in sorted(self.free)}
        return Decision(
            conflict=self.asked.id,
            mechanism=decided,
            grants=grants,
            free=free,
            order=self.order,
            moved=tuple(self.moved),
            payments=merged(self.payments),
            pending_cents={d: self.pending_cents[d] for d in sorted(self.pending_cents)},
            tokens={p: self.tokens[p] for p in sorted(self.tokens)},
            bonus_cents=bonus_cents or {},
            proof=self.proof,
            seed=self.given_seed,
            digest=digest_of(self.asked, self.state, self.rules, mechanism, self.given_seed),
            sentences=(self._opening(decided), *sentences, *self._told(grants)),
            fallback=fallback,
        )

    def _opening(self, decided: str) -> str:
        """Say what was decided and how."""
        claims, days = len(self.conflict.claims), len(self.conflict.days)
        how = WAYS.get(decided, f"by {decided}")
        what = f"{claims} claim{'s' * (claims != 1)} on {days} day{'s' * (days != 1)}"
        return f"{self.conflict.id}: {what}, {how}."

    def note(self, contest: Contest, told: Mapping[str, Json]) -> None:
        """Keep what a reader needs to follow a contest."""
        contests = dict(self.proof.get("contests", {}))  # type: ignore[arg-type]
        contests[contest.key] = told
        self.proof["contests"] = contests

    def _told(self, grants: Mapping[str, tuple[date, ...]]) -> list[str]:
        """Say who is off when, who is not, and who pays."""
        told: list[str] = []
        if self.conflict.kind == "coverage":
            return [f"{p}: works on {_list(days)}." for p, days in sorted(grants.items())]
        for claim in self.conflict.claims:
            got = grants.get(claim.physician, ())
            refused = [day for day in claim.days if day not in got]
            if got:
                unopposed = len(self.free.get(claim.physician, ())) == len(got)
                how = "without contest" if unopposed else "granted"
                told.append(f"{claim.physician}: {_list(got)} {how}.")
            never = sorted(self.impossible.get(claim.physician, ()))
            if never:
                told.append(
                    f"{claim.physician}: {_list(never)} cannot be had, whoever else claims."
                )
            refused = [day for day in refused if day not in never]
            if refused:
                told.append(f"{claim.physician}: {_list(refused)} refused.")
        told += [f"{p} did not reveal and loses a token." for p in self.hidden]
        told += [told_payment(payment) for payment in merged(self.payments)]
        for day, cents in sorted(self.pending_cents.items()):
            told.append(f"{credits_of(cents)} wait for those refused who work on {day}.")
        return told


def merged(payments: list[Payment]) -> tuple[Payment, ...]:
    """Return payments with one row for each payer and payee, in order, none of 0."""
    total: Counter[tuple[str, str]] = Counter()
    for payment in payments:
        total[payment.payer, payment.payee] += payment.cents
    return tuple(Payment(*pair, cents) for pair, cents in sorted(total.items()) if cents)


def told_payment(payment: Payment) -> str:
    """Return a payment in words."""
    payer, payee = (name.removeprefix("person:") for name in (payment.payer, payment.payee))
    if payer.startswith("escrow:"):
        return f"{payee} is paid {credits_of(payment.cents)}."
    return f"{payer} pays {credits_of(payment.cents)}."


def _list(days: tuple[date, ...] | list[date]) -> str:
    if len(days) > 4 and (days[-1] - days[0]).days == len(days) - 1:
        return f"{days[0]} to {days[-1]}"
    return ", ".join(str(day) for day in days)
