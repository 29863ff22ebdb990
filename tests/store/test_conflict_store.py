"""Conflicts in a database: time, escrow, tokens, wheels and seeds, on each kind of database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pysched.bank.ledger import InsufficientError
from pysched.bank.profile import bank_profile
from pysched.conflicts import ConflictError
from pysched.conflicts.sealed import LateError, commitment_of
from pysched.store import ConflictStore, Database, StoreError
from pysched.store.conflict_settle import open_escrows
from tests.bank.making import earned
from tests.store.conflict_world import DAY, HOURS, MONDAY, OTHER, Clock, names_of, opening, sealed


@pytest.fixture
def clock() -> Clock:
    """A clock that is moved by hand."""
    return Clock()


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[ConflictStore]:
    """Two open conflicts of A and B, who have 10.00 each, on each kind of database."""
    database = Database(url)
    store = ConflictStore(database, bank_profile(), clock, lambda: "the last seed")
    store.ledger.post_all(earned(name, 1_000) for name in ("A", "B"))
    store.open(MONDAY, [opening(DAY), opening(OTHER)], 48 * HOURS, 24 * HOURS)
    yield store
    database.close()


def test_attack_4_bids_over_budget_in_two_auctions(store: ConflictStore) -> None:
    """What one bid holds is not there for another; nothing of a refused bid stays."""
    first, second = names_of(store)
    sealed(store, first, "A", 700)
    with pytest.raises(InsufficientError, match=r"A has 3\.00 credits .* 4\.00 cannot be held"):
        sealed(store, second, "A", 400)
    assert store.conflict(second).bids == ()
    sealed(store, second, "A", 300)
    balances = store.ledger.balances()
    assert balances[f"escrow:{first}"] == 700
    assert balances[f"escrow:{second}"] == 300
    assert balances["person:A"] == 0
    with pytest.raises(ConflictError, match="is more than is held"):
        reveal_more(store, first)
    assert store.ledger.verify(open_escrows=store.database.read(open_escrows)) is None


def reveal_more(store: ConflictStore, name: str) -> None:
    """Commit to more than is held, and reveal it."""
    store.commit(name, "B", commitment_of(name, "B", 900, "nonce"), 100)
    clock: Clock = store._clock  # type: ignore[assignment]
    clock.now += 49 * HOURS
    store.reveal(name, "B", 900, "nonce")


def test_attack_4_at_the_same_moment(store: ConflictStore) -> None:
    """Two auctions at once: both bids together are never more than is there."""
    names, outcomes = names_of(store), []

    def bid(name: str) -> None:
        try:
            sealed(store, name, "A", 600)
            outcomes.append("held")
        except InsufficientError:
            outcomes.append("refused")

    threads = [threading.Thread(target=bid, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["held", "refused"]
    assert store.ledger.balances()["person:A"] == 400
    assert store.ledger.verify() is None


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    bids=st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from("AB"), st.integers(0, 1_300)),
        min_size=1,
        max_size=12,
    )
)
def test_attack_4_whatever_is_bid_in_whatever_order(
    store: ConflictStore, bids: list[tuple[int, str, int]]
) -> None:
    """A bid replaces the one before; holds are within 10.00, and no cent is lost."""
    names = names_of(store)
    for place, who, cents in bids:
        others = sum(
            bid.held_cents
            for row in store.conflicts(MONDAY)
            for bid in row.bids
            if bid.physician == who and row.id != names[place]
        )
        try:
            sealed(store, names[place], who, cents)
            assert others + cents <= 1_000
        except InsufficientError:
            assert others + cents > 1_000
    held = {row.id: sum(bid.held_cents for bid in row.bids) for row in store.conflicts(MONDAY)}
    balances = store.ledger.balances()
    assert {name: balances.get(f"escrow:{name}", 0) for name in names} == held
    assert balances["person:A"] + balances["person:B"] + sum(held.values()) == 2_000
    assert store.ledger.verify() is None


def test_attack_5_a_bid_after_the_close_is_refused(store: ConflictStore, clock: Clock) -> None:
    """By the server's clock, to the moment; nor is one revealed too early or too late."""
    name, _ = names_of(store)
    closes = store.conflict(name).bids_close.replace(tzinfo=UTC)
    clock.now = closes - timedelta(microseconds=1)
    sealed(store, name, "A", 500)
    with pytest.raises(
        LateError, match=r"from 2024-04-03 08:00:00 UTC on; it is 2024-04-03 07:59:59 UTC$"
    ):
        store.reveal(name, "A", 500, "nonce")
    clock.now = closes
    for attempt in (
        lambda: sealed(store, name, "B", 600),
        lambda: sealed(store, name, "A", 400),
        lambda: store.agree(name, "A", "0" * 64),
        lambda: store.state_need(name, "A", "high", 2),
    ):
        with pytest.raises(LateError, match="agreements could come until 2024-04-03 08:00"):
            attempt()
    shown = store.reveal(name, "A", 500, "nonce").bid_of("A")
    assert shown is not None
    assert (shown.cents, shown.nonce) == (500, "nonce")
    clock.now = store.conflict(name).reveals_close.replace(tzinfo=UTC)
    with pytest.raises(LateError, match="bids could be revealed until 2024-04-04 08:00:00 UTC"):
        store.reveal(name, "A", 500, "nonce")
    assert store.ledger.balances()[f"escrow:{name}"] == 500


def test_attack_5_what_is_revealed_is_what_was_sealed(store: ConflictStore, clock: Clock) -> None:
    """Neither another bid nor another's nonce opens it."""
    name, _ = names_of(store)
    sealed(store, name, "A", 500)
    clock.now += 49 * HOURS
    for who, cents, nonce, words in (
        ("A", 400, "nonce", "did not seal this bid"),
        ("A", 500, "other", "did not seal this bid"),
        ("B", 500, "nonce", "B sealed no bid"),
    ):
        with pytest.raises(ConflictError, match=words):
            store.reveal(name, who, cents, nonce)


def test_attack_18_a_bid_sent_twice_is_one(store: ConflictStore) -> None:
    """The second changes nothing, not even the ledger."""
    name, _ = names_of(store)
    sealed(store, name, "A", 500)
    before, head = store.conflict(name), store.ledger.head()
    sealed(store, name, "A", 500)
    assert store.conflict(name) == before
    assert store.ledger.head() == head


def test_attack_7_tokens_run_out(store: ConflictStore) -> None:
    """Over all conflicts of a quarter; one that is taken back can be used again."""
    first, second = names_of(store)
    store.state_need(first, "A", "high", 1)
    with pytest.raises(ConflictError, match="A has used all tokens of 2024-Q2: 1"):
        store.state_need(second, "A", "some", 1)
    store.state_need(first, "A", "high", 1)
    store.state_need(first, "A", "none", 1)
    assert store.state_need(second, "A", "some", 1).claim_of("A").urgency == "some"


def test_a_conflict_follows_its_claims(store: ConflictStore) -> None:
    """Who withdraws has his bid back; who stays keeps his; proposals are void; the rest ends."""
    first, second = names_of(store)
    sealed(store, first, "A", 500)
    sealed(store, first, "B", 400)
    sealed(store, second, "A", 300)
    store.agree(first, "A", "0" * 64, {"a": "proposal"})
    (row,) = store.open(MONDAY, [opening(DAY, "A", "C")], 48 * HOURS, 24 * HOURS)
    assert (row.id, [c.physician for c in row.claims]) == (first, ["A", "C"])
    assert [bid.physician for bid in row.bids] == ["A"]
    assert (row.proposal, row.claim_of("A").agreed_to) == (None, None)
    assert store.conflict(second).status == "settled"
    balances = {k: v for k, v in store.ledger.balances().items() if v and k != "pool:mint"}
    assert balances == {"person:A": 500, "person:B": 1_000, f"escrow:{first}": 500}
    same = store.open(MONDAY, [opening(DAY, "A", "C")], 48 * HOURS, 24 * HOURS)
    assert same == [row]


def test_a_conflict_that_is_not_there_is_named(store: ConflictStore) -> None:
    """With what to do; a stranger with those who claim."""
    with pytest.raises(StoreError, match="there is no conflict 'x'"):
        store.conflict("x")
    name, _ = names_of(store)
    with pytest.raises(StoreError, match=f"'Z' claims nothing in conflict {name}; A, B do"):
        sealed(store, name, "Z", 1)
