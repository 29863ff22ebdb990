"""What reports show of a week, counted by hand on toy."""

from pysched.check import check
from pysched.report.grids import hours_words
from pysched.report.reported import by_hand_schedules, checked
from pysched.report.week_view import week_view
from pysched.report.wording import counted, culprit_words, span_words
from tests.report.shown import LEVELS, view_of
from tests.report.weeks import FIRST, SCENARIO, SECOND, WEEKS


def test_the_cells_are_the_schedule() -> None:
    """Every assignment once, on its day and with its physician; absences without their kind."""
    view = view_of(0)
    found = {
        (row.physician.id, cell.day, shown.task.id)
        for row in view.rows
        for cell in row.cells
        for shown in cell.duties
    }
    expected = {(a.physician, a.day, a.task) for a in FIRST.record.schedule}
    assert found == expected
    assert len(view.duties) == len(FIRST.record.schedule.assignments)
    bruno = next(row for row in view.rows if row.physician.id == "bruno")
    assert [cell.is_absent for cell in bruno.cells] == [False, True, True, True] + [False] * 3


def test_counts_of_the_schedule_by_hand() -> None:
    """Carla's first week by hand: six wards, one of them on a Saturday, and a guard: 24 of 38 h."""
    by_hand = next(checked(SCENARIO, by_hand_schedules(SCENARIO)[:1], "by hand"))
    view = week_view(
        SCENARIO.network, by_hand.week, by_hand.schedule, by_hand.before, by_hand.costs, LEVELS
    )
    counts = next(row.counts for row in view.rows if row.physician.id == "carla")
    assert (counts.duties, counts.nights, counts.free_days) == (7, 0, 1)
    assert (counts.minutes, counts.target_minutes) == (24 * 60, 38 * 60)
    assert counts.balance_minutes == -14 * 60
    assert dict(counts.by_category) == {"ward": 6, "on_site_day": 1}


def test_notes_cost_what_the_checker_says() -> None:
    """Level by level, and each has its culprit in names that people know."""
    view = view_of(1)
    report = check(SCENARIO.network, WEEKS[1], FIRST.after, SECOND.record.schedule)
    assert view.cost_by_level == report.by_level
    assert [note.level for note in view.notes] == sorted(
        (n.level for n in view.notes), reverse=True
    )
    assert all(note.culprit for note in view.notes)


def test_hours_are_rounded_without_a_minus_before_nothing() -> None:
    """Two minutes owed are no tenth of an hour."""
    shown = [hours_words(minutes, signed=True) for minutes in (-90, -2, 0, 2, 90)]
    assert shown == ["\u22121.5", "0", "0", "0", "+1.5"]


def test_words_for_culprits_times_and_numbers() -> None:
    """As people say them."""
    network = SCENARIO.network
    assert culprit_words(network, "anna, night@2024-04-19") == (
        "Anna, night On-call guard, night on Fri 19 Apr"
    )
    assert culprit_words(network, "2024-04-19, city, on_call_night, ward") == (
        "Fri 19 Apr, City hospital, on call night, Ward"
    )
    task = network.tasks["night"]
    assert span_words(task.start, task.end) == "20–08"
    assert [counted(1, "duty"), counted(2, "duty"), counted(2, "hour")] == [
        "1 duty",
        "2 duties",
        "2 hours",
    ]
