"""The economy: a short one with its bands, the same again by its seed, and its report."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.economy_study.agents import Agent, arranged
from benchmarks.economy_study.demand import Want, wants_of
from benchmarks.economy_study.measures import BANDS, measures_of
from benchmarks.economy_study.record import Record
from benchmarks.economy_study.setting import MIXED, Setting
from benchmarks.economy_study.sweep import main_settings, sweep
from benchmarks.economy_study.tables import table
from benchmarks.economy_study.world import calendar_of
from benchmarks.economy_study.write import tables_of
from benchmarks.economy_study.years import Years, simulate
from pysched.bank import person
from pysched.conflicts import MECHANISMS

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
RESULTS = BENCHMARKS / "results" / "economy"
REPORT = BENCHMARKS / "ECONOMY.md"
WEEKS = 52


@pytest.fixture(scope="module")
def year() -> Years:
    """Return a year of the recommended profile, simulated."""
    years = Years(Setting(weeks=WEEKS), seed=1)
    years.run()
    return years


@pytest.fixture(scope="module")
def measures(year: Years) -> dict[str, float]:
    """Return its measures."""
    return measures_of(year.record)


@pytest.mark.parametrize(
    "key",
    ["gini_balances", "refused", "success", "active", "top_share", "minted", "gini_burdens"],
)
def test_a_band_holds_within_a_year(key: str, measures: dict[str, float]) -> None:
    """Those that need no years to come about; the others are in the report."""
    band = next(band for band in BANDS if band.key == key)
    assert band.holds(measures[key])


def test_the_first_year_is_no_dead_economy(measures: dict[str, float]) -> None:
    """Something is paid, compensated and refused for, though utilisation takes years to settle."""
    assert 0.15 < measures["utilisation"] < 0.75
    assert 0 < measures["compensation"] < measures["spent"] + 1e-9
    assert measures["paid_days"] > 10
    assert 0.4 < measures["holidays_granted"] < measures["satisfaction"] < 1


def test_credits_are_conserved(year: Years) -> None:
    """All balances and pools sum to nothing; what people hold is in their lots; no escrow stays."""
    book = year.till.book
    assert sum(cents for (_, unit), cents in book.balances.items() if unit == "CR") == 0
    for name in year.names:
        held = sum(lot.left_cents for lot in book.open_lots(person(name)))
        assert held == max(0, book.balance(person(name)))
    assert [a for a, _ in book.balances if a.startswith("escrow:")] == []


def test_the_flows_of_the_record_are_those_of_the_book(year: Years) -> None:
    """Minted less spent, and what the week's ends took, is what is held."""
    book, record = year.till.book, year.record
    minted = -book.balance("pool:mint") / 100
    assert record.earned.sum() == pytest.approx(minted)
    gone = sum(book.balance(f"pool:{part}") for part in ("expiry", "cap", "decay", "surplus"))
    assert record.balance[-1].sum() == pytest.approx(minted - gone / 100)


def test_who_is_granted_a_day_hardly_ever_works_it(year: Years) -> None:
    """The days are judged one by one, so that a week may need one of them; no duty stays open."""
    counts = year.record.counts
    assert counts["granted_days"] > 200
    assert counts["broken_grants"] <= 0.05 * counts["granted_days"]
    assert counts["open_duties"] <= 2


def test_a_seed_gives_the_same_again() -> None:
    """Another seed gives something else."""
    first, again, other = (simulate(Setting(weeks=8), seed) for seed in (3, 3, 4))
    for name in ("balance", "spent", "earned", "granted"):
        assert np.array_equal(getattr(first, name), getattr(again, name))
    assert first.prices == again.prices
    assert not np.array_equal(first.wanted, other.wanted)


def test_both_profiles_meet_the_same_demand() -> None:
    """The same seed wants the same days; what is minted differs."""
    mine, seeds = (simulate(setting, 1) for setting in main_settings(weeks=10))
    assert np.array_equal(mine.acted[0], seeds.acted[0])
    assert mine.earned.sum() < seeds.earned.sum()


def test_a_year_has_contested_days_and_people_want_them() -> None:
    """Holidays with the days between; most of the wishes for a major holiday are filed."""
    calendar = calendar_of(WEEKS, 1)
    days = [day for week in calendar.contested.values() for day in week]
    assert 18 <= len(days) <= 36
    assert all(day in days for week in calendar.weeks for day in week.holidays)
    rng = np.random.default_rng(0)
    week = next(week for week in calendar.weeks if week.major_holidays)
    wants = wants_of(week, calendar.contested[week.monday], [f"P{n}" for n in range(200)], rng)
    major = [want for want in wants if set(want.days) & week.major_holidays]
    assert 0.7 < len(major) / 200 / len(week.major_holidays) < 0.9


def want(name: str, worth: float, is_dear: bool = False) -> Want:
    """Return a wish for a holiday."""
    day = next(iter(calendar_of(2, 1).weeks[0].days))
    return Want(name, "holiday", (day,), worth, is_dear)


def test_kinds_bid_as_they_are_said_to() -> None:
    """A pacer by his rate, a hoarder for what is dear, a shader near the price, others nothing."""
    assert Agent("a", "pacing", rate=100).bid_cents(want("a", 3), 10_000) == 300
    assert Agent("a", "pacing", rate=100).bid_cents(want("a", 3), 200) == 200
    assert Agent("a", "hoarding", rate=100).bid_cents(want("a", 3), 10_000) == 0
    assert Agent("a", "hoarding", rate=100).bid_cents(want("a", 3, is_dear=True), 10_000) == 300
    assert Agent("a", "shading", rate=100, price=100).bid_cents(want("a", 3), 10_000) == 110
    assert Agent("a", "inactive", rate=100).bid_cents(want("a", 3), 10_000) == 0


def test_a_rate_rises_until_the_plan_is_spent() -> None:
    """Nothing spent raises it, more than the plan lowers it, the plan itself leaves it."""
    agent = Agent("a", "pacing", rate=100)
    agent.learn(0, 2600)
    risen = agent.rate
    assert risen > 100
    agent.learn(100, 2600)
    assert agent.rate == risen
    agent.learn(500, 2600)
    assert agent.rate < risen


def test_of_those_who_collude_the_one_bids_who_wants_it_most() -> None:
    """Alone he bids as ever."""
    ring = [Agent("a", "colluding"), Agent("b", "colluding"), Agent("c", "pacing")]
    assert arranged(ring, [want("a", 1), want("b", 2), want("c", 9)]) == {"a"}
    assert arranged(ring, [want("a", 1), want("c", 9)]) == set()


def test_settings_are_distinct_and_known() -> None:
    """Names are those of the table; every mechanism exists, every crowd is of 14."""
    settings = [*main_settings(WEEKS), *sweep(WEEKS)]
    names = [setting.name for setting in sweep(WEEKS)]
    assert len(set(names)) == len(names) > 20
    for setting in settings:
        assert setting.mechanism in MECHANISMS
        assert len(setting.kinds_of(14)) == 14
        assert setting.bank_profile
        assert setting.conflict_rules
    assert sum(count for _, count in MIXED) == 14


def test_too_many_of_a_kind_are_refused() -> None:
    """The setting is named."""
    with pytest.raises(ValueError, match="setting odd: 15 physicians, only 14 exist"):
        Setting("odd", kinds=(("pacing", 15),)).kinds_of(14)


def test_nothing_measured_of_nothing() -> None:
    """A record without claims has no satisfaction and no price, and does not fail."""
    record = Record(["a", "b"], ["pacing", "pacing"], weeks=1)
    record.counts |= {"bids": 0, "refused": 0, "transactions": 1}
    record.counts |= {"resolutions": 0, "granted_days": 0}
    found = measures_of(record)
    assert np.isnan(found["satisfaction"])
    assert np.isnan(found["price"])


def test_a_wrong_number_is_refused_before_anything_is_simulated(tmp_path: Path) -> None:
    """The option and the value are named, and nothing is written."""
    command = [sys.executable, str(BENCHMARKS / "economy.py"), "--seeds=0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 2
    assert "--seeds" in done.stderr
    assert "'0'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_every_table_of_the_report_is_that_of_the_files() -> None:
    """None is typed by hand."""
    text = REPORT.read_text()
    shown = dict(re.findall(r"<!-- ([a-z ]+) -->\n((?:\|.*\n)+)", text))
    written = {name: "\n".join(lines) + "\n" for name, lines in tables_of(RESULTS).items()}
    assert shown == written
    lines = sum(line.startswith("|") for line in text.splitlines())
    assert lines == sum(one.count("\n") for one in shown.values())


def test_every_figure_of_the_report_is_there() -> None:
    """No link leads nowhere."""
    links = re.findall(r"\]\((results/[^)]+)\)", REPORT.read_text())
    assert len(links) > 4
    assert [link for link in links if not (BENCHMARKS / link).exists()] == []


def test_a_table_is_markdown() -> None:
    """Head, rule, rows."""
    assert table(["a", "b"], [["1", "2"]]) == ["| a | b |", "|---|---|", "| 1 | 2 |"]
