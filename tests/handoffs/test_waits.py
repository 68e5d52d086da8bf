from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.handoffs.desk import claim, end, leave_contact, release, step_in
from bot.handoffs.measures import RECENT_SECONDS, expected_wait, first_response, resolution
from bot.handoffs.states import Ending
from bot.handoffs.talking import put, stamp, take
from bot.handoffs.waits import Came, Lifetime, Visit, Waits, band_of, expected, waits

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 86_400.0
# Monday 16 November 2026, 08:00 in Quảng Ninh.
MORNING = datetime(2026, 11, 16, 8, tzinfo=ZONE).timestamp()


def test_figures_counted_by_hand():
    """Ten reached after 1 to 10 minutes: the middle two are 5 and 6, nine of ten took at most 9."""
    reached = [Lifetime(100.0, 100.0 + 60.0 * minutes, None) for minutes in (3, 1, 2, 10, 9, 8, 4, 5, 7, 6)]
    pending, never = Lifetime(100.0, None, None), Lifetime(100.0, None, 500.0)
    assert waits([*reached, pending, pending, never]) == Waits(
        opened=13, reached=10, pending=2, never=1, median=330.0, p90=540.0
    )


@pytest.mark.parametrize(
    ("minutes", "median", "p90"),
    [([4], 4, 4), ([1, 9], 5, 9), ([1, 2, 9], 2, 9), (list(range(1, 12)), 6, 10)],
)
def test_small_numbers_counted_by_hand(minutes, median, p90):
    found = waits(Lifetime(0.0, float(each), None) for each in minutes)
    assert (found.median, found.p90) == (median, p90)


def test_nothing_opened_has_no_figures():
    assert waits([]) == Waits(0, 0, 0, 0, None, None)


def test_figures_are_of_those_opened_in_the_period(connection, desk, noon):
    """A slow one opened in the week must not vanish because it ended after it."""
    lan = desk.account("lan")
    before, first, second, silent, waiting, after = (
        desk.handoff(now=noon + seconds) for seconds in (-1, 0, 10, 20, 30, 100)
    )
    for one, said_at in ((before, 1), (first, 40), (second, 300), (after, 110)):
        claim(connection, one.id, lan, noon + 1)
        put(connection, one.id, lan, f"m{one.id}", "Chào bác", noon + 1)
        (spoken,) = take(connection, 1)
        stamp(connection, spoken.id, noon + said_at)
    claim(connection, silent.id, lan, noon + 25)
    end(connection, silent.id, lan, Ending.NO_ANSWER, "", noon + 120)
    end(connection, second.id, lan, Ending.SOLVED, "", noon + 410)
    stepped = step_in(connection, desk.citizen().conversation_id, lan, noon + 50)
    # First words: 40 − 0 and 300 − 10; one ended without, one waits; nobody waited where staff stepped in.
    assert first_response(connection, noon, noon + 100) == Waits(4, 2, 1, 1, 165.0, 290.0)
    # Ends: 120 − 20 and 410 − 10; three are open.
    assert stepped is not None and waiting.is_open
    assert resolution(connection, noon, noon + 100) == Waits(5, 2, 3, 0, 250.0, 400.0)


def claimed(*pairs):
    return [Visit(at, at + wait, Came.PERSON) for at, wait in pairs]


def estimate(visits, at=MORNING + 5 * DAY):
    return expected(visits, at, at - RECENT_SECONDS, ZONE)


def test_the_estimate_is_the_median_of_like_claims():
    """Waits of 60, 120, 180, 240 and 600 s with nobody before them: the middle one is 180."""
    visits = claimed(*((MORNING + day * DAY, wait) for day, wait in enumerate((600, 60, 240, 120, 180))))
    assert estimate(visits) == 180.0
    assert estimate(visits[:4]) is None


def test_other_hours_do_not_count():
    """What one waits at night says nothing about the morning."""
    visits = claimed(*((MORNING + day * DAY, 60.0) for day in range(5)))
    assert estimate(visits, MORNING + 5 * DAY + 7_100) == 60.0
    assert estimate(visits, MORNING + 5 * DAY + 7_200) is None
    assert (band_of(MORNING, ZONE), band_of(MORNING + 7_200, ZONE)) == (4, 5)


def test_other_lengths_of_the_queue_do_not_count():
    """On each day one waits 60 s alone, and one who came 10 s later waits 300 s behind the first."""
    pairs = [(MORNING + day * DAY, 60.0) for day in range(5)]
    pairs += [(MORNING + day * DAY + 10, 300.0) for day in range(5)]
    now = MORNING + 5 * DAY
    assert estimate(claimed(*pairs), now) == 60.0
    one_before = [*claimed(*pairs), Visit(now - 5, None)]
    assert estimate(one_before, now) == 300.0
    assert estimate([*one_before, Visit(now - 3, None)], now) is None


def test_old_claims_do_not_count():
    visits = claimed(*((MORNING + day * DAY, 60.0) for day in range(5)))
    assert estimate(visits, MORNING + 7 * DAY) == 60.0
    assert estimate(visits, MORNING + 7 * DAY + 1) is None


def test_those_nobody_came_to_are_not_forgotten():
    """Telling two minutes where half of all waited in vain would be a lie."""
    visits = claimed(*((MORNING + day * DAY, 120.0) for day in range(5)))
    in_vain = [Visit(MORNING + day * DAY + 900, MORNING + day * DAY + 6_000, Came.NOBODY) for day in range(5)]
    not_wanted = [Visit(one.opened_at, one.until, Came.NOT_WANTED) for one in in_vain]
    assert estimate(visits + in_vain[:4]) == 120.0
    assert estimate(visits + in_vain) is None
    assert estimate(visits + not_wanted) == 120.0


def test_the_estimate_reads_the_table(connection, desk):
    lan = desk.account("lan")
    now = MORNING + 6 * DAY
    for day, wait in enumerate((100, 200, 300, 400, 500)):
        opened = desk.handoff(now=MORNING + day * DAY)
        claim(connection, opened.id, lan, opened.opened_at + wait)
        # Giving it back and taking it again is no new waiting.
        release(connection, opened.id, lan, now)
        claim(connection, opened.id, lan, now)
    step_in(connection, desk.citizen().conversation_id, lan, MORNING)
    called = desk.handoff(now=MORNING + 60)
    leave_contact(connection, called.id, "sealed", MORNING + 70)
    assert expected_wait(connection, now, ZONE) == 300.0
    mine = desk.handoff(now=now)
    assert expected_wait(connection, mine.opened_at, ZONE) == 300.0
    assert expected_wait(connection, now + 1, ZONE) is None
