"""How much the assistant is asked: each figure on an example counted by hand."""

from datetime import date

from bot.steering import use
from bot.steering.measure import BOUNDS, Counted
from tests.steering.town import WEEK

TURNS = [
    Counted("web", "answered", "accented", 6),
    Counted("web", "no_data", "plain", 2),
    Counted("zalo", "out_of_scope", "plain", 1),
    Counted("zalo", "asked_back", "", 1),
    Counted("zalo", "", "", 5),
]


def test_volume_shows_every_day_and_channel() -> None:
    """A day without questions is a finding, not a gap in the table."""
    days = [Counted("web", "", "", 3, date(2026, 11, 16)), Counted("zalo", "", "", 2, date(2026, 11, 18))]
    found = use.volume(days, WEEK)
    assert (found.n, len(found.rows), found.dimensions) == (5, 21, ("day", "channel"))
    assert [(row.keys, row.count) for row in found.rows if row.count] == [
        (("2026-11-16", "web"), 3),
        (("2026-11-18", "zalo"), 2),
    ]


def test_outcomes_are_shares_of_what_the_assistant_was_asked() -> None:
    """The five messages a person answered are none of its answers."""
    found = use.outcomes(TURNS)
    assert found.n == 10
    assert {row.keys[0]: row.value for row in found.rows if row.count} == {
        "answered": 0.6,
        "no_data": 0.2,
        "out_of_scope": 0.1,
        "asked_back": 0.1,
    }


def test_fallback_tells_what_is_missing_from_what_is_not_ours() -> None:
    rows = use.fallback(TURNS).rows
    assert [(row.keys[0], row.count, row.of) for row in rows] == [
        ("no_data", 2, 10),
        ("out_of_scope", 1, 10),
        ("both", 3, 10),
    ]


def test_clarification_counts_contacts_not_questions() -> None:
    found = use.clarification([Counted("web", "", "", 3), Counted("web", "asked_back", "", 1)])
    assert (found.n, found.rows[0].count, found.rows[0].value) == (4, 1, 0.25)


def test_repeats_are_a_share_of_contacts_about_a_procedure() -> None:
    assert use.repeats([Counted("web", "", "", 8), Counted("web", "again", "", 2)]).rows[0].value == 0.2


def test_the_slowest_twentieth_is_above_p95() -> None:
    """Of 20 answers the tenth is the median and the nineteenth p95, by nearest rank."""
    buckets = [Counted("", "100", "", 10), Counted("", "1500", "", 9), Counted("", "20000", "", 1)]
    assert [row.value for row in use.speed(buckets).rows] == [100, 1500]
    assert [row.value for row in use.speed([]).rows] == [None, None]


def test_the_bounds_of_times_are_as_near_as_the_definition_says() -> None:
    """Whoever reads "p95: 250 ms" has to know how much faster it may really have been."""
    steps = [(low, high) for low, high in zip((0, *BOUNDS), BOUNDS, strict=False) if high <= 30_000]
    assert all(high - low == 10 for low, high in steps if high <= 100)
    assert max((high - low) / low for low, high in steps if high > 100) == 0.25
    assert BOUNDS[-2:] == (30_000, 600_000)
