"""Counts of days: the same whether kept or counted anew."""

from datetime import date

from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel
from bot.conversations.turns import erase_turns
from bot.steering import use
from bot.steering.days import daily, settle, totals, unsettled
from bot.steering.measure import Counted, Measure
from tests.steering.town import NOON, WEEK, ZONE, Town, at

BIRTH = "1.000001"


def busy(town: Town) -> None:
    """An asks on Monday, twice, and again on Wednesday about the same; Bình once on Wednesday, on Zalo."""
    an, binh = town.citizen("an"), town.citizen("binh", Channel.ZALO)
    town.turn(an, at(16), Outcome.ASKED_BACK, elapsed_ms=90)
    town.turn(an, at(16, 10), code=BIRTH, elapsed_ms=210)
    town.turn(an, at(18), code=BIRTH, accented=False, elapsed_ms=250)
    town.turn(binh, at(18, 23.9), Outcome.NO_DATA, channel="zalo", elapsed_ms=1900)
    town.turn(binh, at(18, 23.95), Outcome.COURTESY, channel="zalo", intent="", accented=None)
    town.thumb(an, 2, True, at(17))
    town.thumb(an, 3, False, at(18, 12))


def everything(town: Town) -> dict[Measure, list[Counted]]:
    return {measure: totals(town.connection, measure, WEEK) for measure in Measure}


def test_each_measure_counts_what_it_says(town: Town) -> None:
    busy(town)
    assert everything(town) == {
        Measure.TURN: [
            Counted("web", "answered", "accented", 1),
            Counted("web", "answered", "plain", 1),
            Counted("web", "asked_back", "accented", 1),
            Counted("zalo", "", "", 1),
            Counted("zalo", "no_data", "accented", 1),
        ],
        Measure.CONTACT: [
            Counted("web", "", "", 1),
            Counted("web", "asked_back", "", 1),
            Counted("zalo", "", "", 1),
        ],
        Measure.TOPIC: [Counted("web", "", "", 1), Counted("web", "again", "", 1)],
        Measure.ASKED: [Counted("", BIRTH, "", 2)],
        Measure.NO_DATA: [Counted("", "ask_fee", "", 1)],
        Measure.SPEED: [
            Counted("", "1900", "", 1),
            Counted("", "250", "", 2),
            Counted("", "90", "", 1),
        ],
        Measure.THUMB: [Counted("web", "down", "plain", 1), Counted("web", "up", "accented", 1)],
    }


def test_a_day_that_is_kept_counts_as_before(town: Town) -> None:
    """Dashboards would jump at midnight."""
    busy(town)
    live, by_day = everything(town), daily(town.connection, Measure.TURN, WEEK)
    days = unsettled(town.connection, ZONE, NOON)
    assert days == [date(2026, 11, day) for day in range(16, 22)]
    assert [settle(town.connection, day, ZONE, NOON) for day in days] == [True] * 6
    assert everything(town) == live
    assert daily(town.connection, Measure.TURN, WEEK) == by_day
    assert [(row.day, row.channel, row.count) for row in by_day] == [
        (date(2026, 11, 16), "web", 2),
        (date(2026, 11, 18), "web", 1),
        (date(2026, 11, 18), "zalo", 2),
    ]


def test_a_day_is_counted_once_and_stays_when_the_words_go(town: Town) -> None:
    """Two gateways would double every figure; and erasing a conversation must not rewrite reports."""
    busy(town)
    monday = date(2026, 11, 16)
    assert settle(town.connection, monday, ZONE, NOON)
    assert not settle(town.connection, monday, ZONE, NOON)
    town.connection.exec_driver_sql("DELETE FROM feedback")
    assert erase_turns(town.connection, "an") == 3
    found = totals(town.connection, Measure.TURN, WEEK)
    assert sum(row.count for row in found if row.channel == "web") == 2


def test_today_and_an_hour_after_midnight_are_not_settled(town: Town) -> None:
    town.turn(town.citizen("an"), at(21))
    assert unsettled(town.connection, ZONE, at(22, 0.5)) == []
    assert unsettled(town.connection, ZONE, at(22, 1.5)) == [date(2026, 11, 21)]


def test_the_same_question_eight_days_later_is_no_repeat(town: Town) -> None:
    an = town.citizen("an")
    town.turn(an, at(10), code=BIRTH)
    town.turn(an, at(18), code=BIRTH)
    town.turn(an, at(20), code="1.000002")
    assert use.repeats(totals(town.connection, Measure.TOPIC, WEEK)).rows[0].count == 0
