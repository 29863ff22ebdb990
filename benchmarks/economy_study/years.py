"""The years: week by week claims, bids, resolutions, work and the close of the bank."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from pysched.bank.settlement import Past, bank_settlement
from pysched.conflicts import (
    Claim,
    Conflict,
    Decision,
    Kind,
    Oracle,
    Urgency,
    day_matching,
    resolve,
)
from pysched.fairness.equalize import Equalization
from pysched.model import Absence, State, Week

from .agents import Agent, arranged
from .assigning import Assigned, Assigner
from .demand import Want, wants_of
from .memory import Memory
from .record import Record
from .setting import Setting
from .till import Till
from .world import Calendar, calendar_of, ill_in

Case = tuple[Conflict, Decision]
ORDER: tuple[Kind, ...] = ("vacation", "holiday", "day_off")


class Years:
    """A simulation; all that it draws follows from its seed."""

    def __init__(self, setting: Setting, seed: int) -> None:
        """Prepare the first week."""
        self.setting, self.seed = setting, seed
        self.calendar: Calendar = calendar_of(setting.weeks, seed)
        network, self.bank = self.calendar.network, setting.bank_profile
        self.names = sorted(network.physicians)
        self.demand, self.illness = (
            np.random.default_rng([seed, 1]),
            np.random.default_rng([seed, 2]),
        )
        kinds = np.random.default_rng([seed, 3]).permutation(setting.kinds_of(len(self.names)))
        self.agents = {n: Agent(n, k) for n, k in zip(self.names, kinds.tolist(), strict=True)}
        self.till = Till(self.bank.ledger, self.names, setting.limit_cents)
        self.memory = Memory(network, setting.conflict_rules, self.bank.ledger.cap_cents)
        self.assigner = Assigner(network, self.bank.values)
        self.past, self.tail = Past(), State()
        self.snapshot: Equalization | None = None
        self.record = Record(self.names, kinds.tolist(), setting.weeks)

    def run(self) -> Record:
        """Return the record of all weeks."""
        for number in range(self.setting.weeks):
            self._week(number)
        counts = self.record.counts
        counts["transactions"] = sum((self.till.posted + self.till.refused).values())
        counts["bids"] = self.till.posted["bid_hold"] + self.till.refused["bid_hold"]
        counts["refused"] = self.till.refused["bid_hold"]
        return self.record

    def _week(self, number: int) -> None:
        week = self.calendar.weeks[number]
        week = replace(week, absences=ill_in(week, self.illness, self.names))
        contested = self.calendar.contested[week.monday]
        wants = wants_of(week, contested, self.names, self.demand)
        wants = [want for want in wants if self._files(want, week)]
        cases: list[Case] = []
        for kind in ORDER:
            found, week = self._resolve_all([w for w in wants if w.kind == kind], week, number)
            cases += found
        self._note_worth(number, wants, cases)
        assigned = self._assign(week)
        self._close(number, week, assigned, cases)

    def _files(self, want: Want, week: Week) -> bool:
        present = all(week.is_present(want.physician, day) for day in want.days)
        return present and self.agents[want.physician].kind != "inactive"

    def _resolve_all(self, wants: list[Want], week: Week, number: int) -> tuple[list[Case], Week]:
        """Resolve the wants of a kind, those for other days apart; grants go into the week.

        All bids are held before the first of them is decided.
        """
        present = [w for w in wants if all(week.is_present(w.physician, d) for d in w.days)]
        statement = {name: self.till.available(name) for name in self.names}
        conflicts = []
        for days, rows in groupby(sorted(present, key=lambda w: (w.days, w.physician)), _days):
            kind = present[0].kind
            name = f"{kind}-{days[0]}-{len(days)}"
            claims = tuple(self._claims(name, list(rows), statement, week.monday))
            conflicts.append(Conflict(name, kind, days, claims, tuple(self.names)))
        cases = []
        for conflict in conflicts:
            decision = self._resolve(conflict, week, number)
            cases.append((conflict, decision))
            week = _with_grants(week, conflict, decision)
        return cases, week

    def _resolve(self, conflict: Conflict, week: Week, number: int) -> Decision:
        held = {claim.physician: claim.hold_cents for claim in conflict.claims}
        available = {n: self.till.available(n) + held.get(n, 0) for n in self.names}
        deviation = self.snapshot.deviations if self.snapshot else {}
        rules = self.setting.conflict_rules
        asked = replace(week, duties=tuple(d for d in week.duties if d.day in conflict.days))
        oracle = day_matching(self.calendar.network, asked, self.tail, rules.required)
        state = self.memory.state(oracle, available, deviation, week.monday)
        begun = time.perf_counter()
        seed = f"{self.seed}|{conflict.id}"
        decision = _calm(conflict, oracle)
        if decision is None:
            decision = resolve(self.setting.mechanism, conflict, state, seed, rules)
        self.record.seconds = max(self.record.seconds, time.perf_counter() - begun)
        self.memory.note(conflict, decision, week.monday)
        self._note_payments(number, conflict, decision, week.monday)
        return decision

    def _claims(
        self, conflict: str, wants: list[Want], statement: dict[str, int], monday: date
    ) -> Iterable[Claim]:
        """Yield the claims, with the bids that the ledger takes."""
        back = arranged(self.agents.values(), wants)
        for want in wants:
            agent, whole = self.agents[want.physician], len(want.days) > 1
            urgency: Urgency = "none"
            if want.is_dear and self.memory.tokens_left(agent.name, monday) > 0:
                urgency = "high"
            claim = Claim(agent.name, want.days, urgency, whole=whole)
            if want.kind != "day_off" and agent.name not in back:
                seen = (
                    statement[agent.name] if agent.is_careless else self.till.available(agent.name)
                )
                bid = replace(claim, bid_cents=self._bid(agent, want, seen))
                claim = bid if self.till.hold(conflict, bid, monday) else claim
            yield claim

    def _bid(self, agent: Agent, want: Want, seen_cents: int) -> int:
        bid = agent.bid_cents(want, seen_cents)
        self.record.count("cut", 0 < bid == seen_cents)
        return bid if bid >= self.setting.conflict_rules.least_bid_cents else 0

    def _note_payments(
        self, number: int, conflict: Conflict, decision: Decision, day: date
    ) -> None:
        paid = self.till.release(conflict, decision, day)
        for name, cents in paid.items():
            self.record.spent[number, self.record.place(name)] += cents / 100
            if conflict.kind == "holiday" and cents:
                self.record.prices.append((number, cents / 100))
        if paid:
            price = sum(paid.values()) / len(paid)
            for agent in self.agents.values():
                agent.see(price)
        self.record.count(f"by_{decision.mechanism}")
        self.record.count("resolutions")
        self.record.count("fallbacks", bool(decision.fallback))

    def _note_worth(self, number: int, wants: list[Want], cases: list[Case]) -> None:
        off = {(n, day) for _, d in cases for n, days in d.grants.items() for day in days}
        for want in wants:
            place = self.record.place(want.physician)
            self.record.acted[number, place] = 1
            is_granted = all((want.physician, day) in off for day in want.days)
            self.record.wanted[number, place] += want.worth
            self.record.granted[number, place] += want.worth * is_granted
            if want.kind == "holiday":
                self.record.holidays_wanted[number, place] += want.worth
                self.record.holidays_granted[number, place] += want.worth * is_granted

    def _assign(self, week: Week) -> Assigned:
        deviation = self.snapshot.deviations if self.snapshot else {}
        active = self.snapshot.active if self.snapshot else {}
        assigned = self.assigner.assign(week, deviation, active)
        self.record.count("open_duties", assigned.open_duties)
        self.record.count("broken_grants", len(assigned.broken))
        self.record.count("granted_days", len(week.granted))
        return assigned

    def _close(self, number: int, week: Week, assigned: Assigned, cases: list[Case]) -> None:
        """Close the week in the bank's order: auctions, earnings, expiry, decay, cap, reset."""
        at_work = {day: set[str]() for day in week.days}
        for row in assigned.schedule.assignments:
            at_work[row.day].add(row.physician)
        sunday = week.monday + timedelta(days=6)
        paid: dict[tuple[str, date], int] = {}
        for conflict, decision in cases:
            for key, cents in self.till.pay_out(conflict, decision, at_work, sunday).items():
                paid[key] = paid.get(key, 0) + cents
        past = replace(self.past, compensation=paid)
        done = bank_settlement(
            self.calendar.network, week, (), assigned.schedule, (), past, self.bank
        )
        self.till.close(done.awards, sunday)
        self.memory.owe(done.owed)
        window = self.bank.equalization.window_weeks
        self.past = Past(
            weeks=(*self.past.weeks, done.burden)[-window:],
            closes_over=done.closes_over,
            weeks_settled=number + 1,
        )
        last = frozenset(a for a in assigned.schedule.assignments if a.day == sunday)
        self.tail = State(last_week=week.monday, tail=last)
        self.snapshot = done.equalization
        self._note_close(number, done.equalization)
        for award in done.awards:
            self.record.earned[number, self.record.place(award.physician)] += award.cents / 100
        for (name, _), cents in paid.items():
            self.record.compensation[number, self.record.place(name)] += cents / 100

    def _note_close(self, number: int, snapshot: Equalization) -> None:
        for place, name in enumerate(self.names):
            balance = self.till.balance(name)
            self.record.balance[number, place] = balance / 100
            spent = round(100 * self.record.spent[number, place])
            self.agents[name].learn(spent, self.till.available(name))
        for key in ("cv", "floor_cv", "gini", "floor_gini"):
            getattr(self.record, key)[number] = getattr(snapshot, key)


def simulate(setting: Setting, seed: int) -> Record:
    """Return the record of a setting and a seed."""
    return Years(setting, seed).run()


def _calm(conflict: Conflict, oracle: Oracle) -> Decision | None:
    """Return the decision where all claims hold together, which every mechanism would come to.

    It spares the digest of the inputs, which is most of the work of such a conflict.
    """
    away: dict[date, set[str]] = {}
    for claim in conflict.claims:
        for day in claim.days:
            away.setdefault(day, set()).add(claim.physician)
    if not oracle.feasible({day: frozenset(who) for day, who in away.items()}):
        return None
    grants = {claim.physician: claim.days for claim in conflict.claims}
    return Decision(conflict.id, "none", grants, free=grants)


def _days(want: Want) -> tuple[date, ...]:
    return want.days


def _with_grants(week: Week, conflict: Conflict, decision: Decision) -> Week:
    """Return a week with what was granted: leave is an absence, other days are granted off."""
    if conflict.kind == "vacation":
        rows = (Absence(n, days[0], days[-1], "leave") for n, days in decision.grants.items())
        return replace(week, absences=(*week.absences, *(row for row in rows)))
    granted = {(name, day) for name, days in decision.grants.items() for day in days}
    return replace(week, granted=week.granted | granted)
