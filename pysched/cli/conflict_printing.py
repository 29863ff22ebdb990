"""How conflicts are printed: as tables for people, as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pysched.bank.amount import credits_of
from pysched.cli.printing import print_json, print_table, print_text
from pysched.conflicts import Decision
from pysched.conflicts.decision import MILLION
from pysched.conflicts.finding import Wished
from pysched.conflicts.negotiation import AGREEMENT, Need, proposal_of, terms_of
from pysched.department.conflict_deciding import Outcome
from pysched.department.conflict_views import Listed, Replay, Trial
from pysched.department.conflicts import AGAIN, BidRow, ConflictRow
from pysched.report.conflicts import conflicts_table, trials_table
from pysched.report.wording import counted


def print_listed(weeks: Iterable[Listed], folder: str, as_json: bool) -> None:
    """Print the conflicts of weeks, and the wishes that are free or impossible."""
    rows = list(weeks)
    if as_json:
        print_json([_listed_json(week) for week in rows])
        return
    for week in rows:
        if week.rows:
            cells = [_cells(week, row) for row in week.rows]
            print_table(conflicts_table(cells, f"Conflicts of the week of {week.week.monday}"))
        for row in week.rows:
            if row.status == "open" and row.proposal is not None:
                print_text(f"{row.id}, {row.proposal['by']} proposes: {' '.join(terms_in(row))}")
        _print_others(week)
    if any(row.status == "open" for week in rows for row in week.rows if week.next_hash):
        print_text(f"the next seed is fixed already; its SHA-256: {rows[0].next_hash}")
    new = [w for w in rows if w.free or {row.id for row in w.rows} - w.opened]
    if new:
        command = f"pysched conflicts resolve {folder} --week {new[0].week.monday}"
        print_text(f"to open conflicts and grant what is free: {command}")


def print_outcomes(outcomes: Iterable[Outcome], as_json: bool) -> None:
    """Print what became of conflicts."""
    rows = list(outcomes)
    if as_json:
        print_json([outcome_json(one) for one in rows])
        return
    if not rows:
        print_text("nothing is asked for in this week that is not granted or impossible")
    for one in rows:
        is_new = one.decision is not None and one.status == "decided"
        print_outcome(one, one.decision.sentences if is_new and one.decision else ())


def print_outcome(one: Outcome, sentences: Iterable[str]) -> None:
    """Print what became of a conflict, with why."""
    print_text(f"{one.row.id}, {kind_of(one.row)}: {_said(one)}")
    for sentence in (one.note, *sentences):
        if sentence:
            print_text(f"  {sentence}")


def print_trials(row: ConflictRow, trials: list[Trial], draws: int, as_json: bool) -> None:
    """Print what each mechanism would decide."""
    if as_json:
        past = {"as_decided": trials[0].is_past}
        print_json({"conflict": row.id, **past, "trials": [_trial_json(one) for one in trials]})
        return
    when = " with what was known when it was decided" if trials[0].is_past else ""
    title = f"{row.id}, {kind_of(row)}: a trial{when}; chances over {draws} seeds"
    rows = [(one.asked, one.decision, one.chances) for one in trials]
    print_table(trials_table(trials[0].conflict, rows, title))
    for one in trials:
        if one.problem:
            print_text(f"{one.asked}: {one.problem}")
        elif one.decision is not None and one.decision.mechanism not in (one.asked, "none"):
            print_text(f"{one.asked} decides by {one.decision.mechanism}")
        if one.decision is not None and one.decision.pending_cents:
            total = credits_of(sum(one.decision.pending_cents.values()))
            print_text(f"{one.asked}: {total} credits for those refused who then work")


def print_replays(replays: list[Replay], as_json: bool) -> None:
    """Print whether stored decisions are what their inputs come to."""
    if as_json:
        print_json([_replay_json(one) for one in replays])
        return
    for one in replays:
        said = "ok, the same bytes" if not one.findings else f"WRONG: {'; '.join(one.findings)}"
        print_text(f"{one.row.conflict}: {said}; digest {one.row.digest}")
        if one.published:
            print_text(f"  seed {one.row.number} of chain {one.row.chain}: {one.seed}")
            print_text(f"  its SHA-256, published before: {one.published}")


def outcome_json(one: Outcome) -> dict[str, Any]:
    """Return what became of a conflict."""
    return row_json(one.row) | {
        "outcome": one.status,
        "note": one.note,
        "decision": None if one.decision is None else decision_json_of(one.decision),
    }


def decision_json_of(decision: Decision) -> dict[str, Any]:
    """Return a decision for programs, amounts as texts of credits."""
    return {
        "mechanism": decision.mechanism,
        "asked": decision.asked,
        "granted": {name: list(map(str, days)) for name, days in decision.grants.items()},
        "order": list(decision.order),
        "payments": [[p.payer, p.payee, str(credits_of(p.cents))] for p in decision.payments],
        "bonus": {name: str(credits_of(c)) for name, c in decision.bonus_cents.items()},
        "pending": {str(d): str(credits_of(c)) for d, c in decision.pending_cents.items()},
        "fallback": decision.fallback,
        "digest": decision.digest,
        "sentences": list(decision.sentences),
    }


def kind_of(row: ConflictRow) -> str:
    """Return the kind of a conflict in words."""
    return {"day_off": "day off", "vacation": "vacation block"}.get(row.kind, row.kind)


def terms_in(row: ConflictRow) -> tuple[str, ...]:
    """Return what is proposed in a conflict, in sentences; nothing if nothing is."""
    if row.proposal is None:
        return ()
    names = [claim.physician for claim in row.claims]
    return tuple(terms_of(names, proposal_of(row.proposal)))


def until_of(row: ConflictRow) -> str:
    """Return until when bids and agreements may come, and bids may be revealed."""
    return f"bids and agreements until {_time(row.bids_close)}, reveals until {_time_of(row)}"


def _time_of(row: ConflictRow) -> str:
    return _time(row.reveals_close)


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _cells(week: Listed, row: ConflictRow) -> tuple[str, ...]:
    needs = {need.physician: need for need in week.needs.get(row.id, ())}
    claims = []
    for claim in row.claims:
        days = ", ".join(f"{day:%d %b}" for day in claim.days)
        need = needs.get(claim.physician)
        urgency = "" if claim.urgency == "none" else f", {claim.urgency} need"
        left = "" if need is None else f" ({_tokens_of(need)})"
        claims.append(f"{claim.physician} {days}{urgency}{left}")
    status: str = row.status
    if row.status == "open":
        status = until_of(row).replace(", ", "\n") if row.id in week.opened else "not opened"
        if row.proposal is not None:
            agreed = [c.physician for c in row.claims if c.agreed_to]
            status += f"\nproposal by {row.proposal['by']}, agreed: {', '.join(agreed)}"
    decision = week.decisions.get(row.id)
    off = "" if decision is None else _outcome_of(row, decision)
    return row.id, kind_of(row), "\n".join(claims), status, off


def _tokens_of(need: Need) -> str:
    """Return how many tokens a party has left, with that of its stated need."""
    is_aside = need.urgency != "none" and need.tokens > 0
    left = need.tokens - is_aside
    return counted(left, "token") + " left, 1 set aside" * is_aside


def _outcome_of(row: ConflictRow, decision: Decision) -> str:
    names = f"{', '.join(decision.grants) or 'nobody'}{' works' * (row.kind == 'coverage')}"
    return f"{names}\n{_by(decision)}"


def _by(decision: Decision) -> str:
    if decision.mechanism == "none":
        return "without contest"
    return f"by {'agreement' if decision.mechanism == AGREEMENT else decision.mechanism}"


def _print_others(week: Listed) -> None:
    for wishes, said in (
        (week.free, "no claim stands against"),
        (week.impossible, "cannot be granted even alone"),
        (week.later, "looked at again once the block is decided"),
    ):
        if wishes:
            wished = "; ".join(map(_wished, wishes))
            print_text(f"week of {week.week.monday}, {said}: {wished}")


def _wished(wish: Wished) -> str:
    return f"{wish.physician} {', '.join(map(str, wish.days))}"


def _said(one: Outcome) -> str:
    if one.decision is None:
        return f"open; {until_of(one.row)}" if one.row.status == "open" else "ended, no conflict"
    if one.row.status == "overruled":
        return f"was decided {_by(one.decision)}, then again as {one.row.id}{AGAIN}"
    return f"{'decided' if one.status == 'decided' else 'was decided'} {_by(one.decision)}"


def bid_json(bid: BidRow | None) -> dict[str, Any] | None:
    """Return a bid; its amount is None until it is revealed."""
    if bid is None:
        return None
    return {
        "physician": bid.physician,
        "commitment": bid.commitment,
        "held": str(credits_of(bid.held_cents)),
        "amount": None if bid.cents is None else str(credits_of(bid.cents)),
    }


def row_json(row: ConflictRow) -> dict[str, Any]:
    """Return a conflict; what is sealed stays so."""
    return {
        "conflict": row.id,
        "kind": row.kind,
        "status": row.status,
        "bids_until": row.bids_close.isoformat(),
        "reveals_until": row.reveals_close.isoformat(),
        "claims": [
            {
                "physician": claim.physician,
                "days": list(map(str, claim.days)),
                "whole": claim.whole,
                "urgency": claim.urgency,
                "agreed": claim.agreed_to is not None,
            }
            for claim in row.claims
        ],
        "sealed_bids": [bid.physician for bid in row.bids],
        "proposal": row.proposal,
    }


def _listed_json(week: Listed) -> dict[str, Any]:
    return {
        "monday": str(week.week.monday),
        "next_seed_sha256": week.next_hash or None,
        "conflicts": [_conflict_json(week, row) for row in week.rows],
        "free": [[wish.physician, list(map(str, wish.days))] for wish in week.free],
        "impossible": [[wish.physician, list(map(str, wish.days))] for wish in week.impossible],
        "later": [[wish.physician, list(map(str, wish.days))] for wish in week.later],
    }


def _conflict_json(week: Listed, row: ConflictRow) -> dict[str, Any]:
    decision = week.decisions.get(row.id)
    return row_json(row) | {
        "opened": row.id in week.opened,
        "tokens": {need.physician: need.tokens for need in week.needs.get(row.id, ())},
        "decision": None if decision is None else decision_json_of(decision),
    }


def _trial_json(one: Trial) -> dict[str, Any]:
    return {
        "mechanism": one.asked,
        "problem": one.problem,
        "decision": None if one.decision is None else decision_json_of(one.decision),
        "chances": {name: parts / MILLION for name, parts in one.chances.items()},
    }


def _replay_json(one: Replay) -> dict[str, Any]:
    return {
        "conflict": one.row.conflict,
        "ok": not one.findings,
        "findings": list(one.findings),
        "mechanism": one.row.mechanism,
        "inputs_digest": one.row.inputs_digest,
        "digest": one.row.digest,
        "seed": one.seed,
        "chain": one.row.chain,
        "number": one.row.number,
        "published": one.published,
    }
