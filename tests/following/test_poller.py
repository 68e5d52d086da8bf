"""A change told twice is spam, one not told is a dossier closed after 15 days."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.following.audit import Audit
from bot.following.lookups import CountedLookups
from bot.following.mirror import POLL_SECONDS, Mirror
from bot.following.news import News, NewsKind, take_news
from bot.following.poller import GIVE_UP_AFTER, SPACING_SECONDS, Poller
from bot.following.retention import NEWS_SECONDS, purge
from bot.following.status import DossierStatus
from bot.following.tables import follow_news, followed
from tests.following.calendars import clock
from tests.following.doubles import CODE, CONVERSATION, PROCESSING, SUPPLEMENT, FakeSource, Time, ask, seconds

DECIDED = replace(PROCESSING, status=DossierStatus.DECIDED)


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(PROCESSING)


@pytest.fixture
def time() -> Time:
    return Time("2026-11-18 09:00")


Watch = Callable[..., None]


@pytest.fixture
def watch(engine: Engine, source: FakeSource, time: Time) -> Watch:
    """Look a dossier up and follow it."""

    def begin(code: str = CODE, who: str = CONVERSATION) -> None:
        CountedLookups(engine, source, Audit(b"key"), time).find(ask(code, f"m{code}", who=who))
        assert Mirror(engine, time).watch(who, code)

    return begin


def poller(engine: Engine, source: FakeSource | None, slept: list[float] | None = None) -> Poller:
    return Poller(engine, source, clock(), (slept if slept is not None else []).append)


def taken(engine: Engine, now: float) -> list[News]:
    with engine.begin() as connection:
        return take_news(connection, now)


def poll(engine: Engine, source: FakeSource | None, time: Time, text: str) -> list[News]:
    time.now = seconds(text)
    poller(engine, source).once(time.now)
    return taken(engine, time.now)


def test_a_change_is_told_once_with_both_states(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = DECIDED
    news = poll(engine, source, time, "2026-11-18 10:00")
    assert [(n.kind, n.old, n.new) for n in news] == [
        (NewsKind.RESULT_READY, DossierStatus.PROCESSING, DossierStatus.DECIDED)
    ]
    assert poll(engine, source, time, "2026-11-18 11:00") == []


def test_pollers_that_run_at_once_tell_each_change_once(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = DECIDED
    time.now += 2 * POLL_SECONDS
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: poller(engine, source).once(time.now), range(4)))
    assert len(taken(engine, time.now)) == 1


def test_news_taken_at_once_are_given_to_one(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = DECIDED
    poller(engine, source).once(time.now + 2 * POLL_SECONDS)
    with ThreadPoolExecutor(4) as pool:
        taking = list(pool.map(lambda _: taken(engine, time.now + 3 * POLL_SECONDS), range(4)))
    assert sum(map(len, taking)) == 1


def test_news_not_committed_are_not_lost(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    """The process that was to write the message dies in between."""
    watch()
    source.states[CODE] = DECIDED
    later = time.now + 2 * POLL_SECONDS
    poller(engine, source).once(later)
    with engine.connect() as connection:
        assert len(take_news(connection, later)) == 1
        connection.rollback()
    assert len(taken(engine, later)) == 1


def test_only_dossiers_that_are_watched_are_asked_about(
    engine: Engine, source: FakeSource, time: Time
) -> None:
    CountedLookups(engine, source, Audit(b"key"), time).find(ask())
    source.asked.clear()
    poller(engine, source).once(time.now + 2 * POLL_SECONDS)
    assert source.asked == []


def test_what_the_citizen_has_just_seen_is_no_news(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = DECIDED
    time.now += 2 * POLL_SECONDS
    poller(engine, source).once(time.now)
    time.now += 400
    CountedLookups(engine, source, Audit(b"key"), time).find(ask(message="again"))
    assert taken(engine, time.now) == []


def test_a_dossier_is_left_alone_once_it_is_finished(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = replace(PROCESSING, status=DossierStatus.RETURNED)
    assert len(poll(engine, source, time, "2026-11-18 10:00")) == 1
    source.asked.clear()
    poll(engine, source, time, "2026-11-18 12:00")
    assert source.asked == []


def test_a_supplement_is_reminded_of_on_day_7_and_day_12(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    """Asked back on Mon 16/11: day 7 is Mon 23, day 12 Sat 28, closed after Tue 1/12."""
    source.states[CODE] = SUPPLEMENT
    watch()
    told = {}
    for day in ("11-22", "11-23", "11-24", "11-27", "11-28", "11-29", "12-01", "12-02"):
        told[day] = [n.kind for n in poll(engine, source, time, f"2026-{day} 09:00")]
    assert told == {
        **dict.fromkeys(told, []),
        "11-23": [NewsKind.SUPPLEMENT_7],
        "11-28": [NewsKind.SUPPLEMENT_12],
    }


def test_a_reminder_missed_while_we_were_away_comes_late_but_comes(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    source.states[CODE] = SUPPLEMENT
    watch()
    news = poll(engine, source, time, "2026-11-30 09:00")
    assert [(n.kind, n.day and n.day.isoformat()) for n in news] == [(NewsKind.SUPPLEMENT_12, "2026-12-01")]


def test_the_day_before_the_appointment_and_the_day_after_are_told(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    """Promised for Fri 27/11."""
    watch()
    told = {}
    for day in ("25", "26", "27", "28", "29"):
        told[day] = [n.kind for n in poll(engine, source, time, f"2026-11-{day} 09:00")]
    assert told == {
        **dict.fromkeys(told, []),
        "26": [NewsKind.APPOINTMENT_TOMORROW],
        "28": [NewsKind.OVERDUE],
    }


def test_an_agency_is_not_called_late_on_old_data(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.down = True
    assert poll(engine, source, time, "2026-11-28 09:00") == []


def test_a_supplement_is_reminded_of_even_while_the_system_is_silent(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    source.states[CODE] = SUPPLEMENT
    watch()
    source.down = True
    assert [n.kind for n in poll(engine, source, time, "2026-11-23 09:00")] == [NewsKind.SUPPLEMENT_7]


def test_a_silent_system_is_left_alone_and_tried_again_later(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    source.states = {f"H49-261105-{n:04d}": replace(PROCESSING, code=f"H49-261105-{n:04d}") for n in range(6)}
    for number in range(6):
        watch(f"H49-261105-{number:04d}", f"person{number}")
    source.down = True
    source.asked.clear()
    slept: list[float] = []
    time.now += 2 * POLL_SECONDS
    poller(engine, source, slept).once(time.now)
    assert len(source.asked) == GIVE_UP_AFTER and slept == [SPACING_SECONDS] * (GIVE_UP_AFTER - 1)
    source.down = False
    source.states["H49-261105-0005"] = replace(DECIDED, code="H49-261105-0005")
    poller(engine, source, slept).once(time.now + 700)
    assert len(taken(engine, time.now + 700)) == 1


def test_one_dossier_followed_by_two_is_asked_about_once(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    watch(who="another")
    source.asked.clear()
    source.states[CODE] = DECIDED
    news = poll(engine, source, time, "2026-11-18 10:00")
    assert source.asked == [CODE] and {n.conversation_id for n in news} == {CONVERSATION, "another"}


def test_nothing_in_the_news_needs_a_second_factor(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = SUPPLEMENT
    (news,) = poll(engine, source, time, "2026-11-18 10:00")
    assert news.new is DossierStatus.SUPPLEMENT and "ly hôn" not in repr(news)
    with engine.connect() as connection:
        kept = str(connection.execute(select(follow_news)).all()) + str(
            connection.execute(select(followed)).all()
        )
    assert "ly hôn" not in kept and "4321" not in kept


def test_old_news_are_deleted_and_waiting_ones_kept(
    engine: Engine, source: FakeSource, time: Time, watch: Watch
) -> None:
    watch()
    source.states[CODE] = DECIDED
    later = time.now + 2 * POLL_SECONDS
    poller(engine, source).once(later)
    with engine.begin() as connection:
        purge(connection, later + NEWS_SECONDS + 1)
        assert len(take_news(connection, later)) == 1
        purge(connection, later + NEWS_SECONDS + 1)
        assert connection.execute(select(follow_news)).all() == []
