"""Filters as they stand in addresses and under names."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel
from bot.reviews.filters import Filter

FULL = Filter(
    since=date(2026, 11, 1),
    until=date(2026, 11, 22),
    intent=Intent.ASK_FEE,
    outcome=Outcome.NO_DATA,
    channel=Channel.ZALO,
    procedure_code="1.004.222",
    below_confidence=0.6,
    below_score=0.5,
    thumbs_down=True,
    flagged=True,
    repeated=True,
    labelled=False,
    accented=False,
)


@pytest.mark.parametrize("wanted", [Filter(), FULL, Filter(labelled=True), Filter(below_score=0.0)])
def test_a_saved_filter_comes_back_as_it_was(wanted: Filter) -> None:
    assert Filter.of(wanted.query()) == wanted


def test_nothing_asked_is_an_empty_address() -> None:
    assert Filter().query() == {}


def test_what_makes_no_sense_asks_nothing() -> None:
    """A mistyped address shows the list, never an error."""
    query = {
        "since": "2026-02-30",
        "until": "9999-12-31",
        "intent": "x",
        "outcome": "",
        "channel": "fax",
        "below_confidence": "nan",
        "below_score": "7",
        "flagged": "yes",
        "labelled": "2",
        "other": "1",
    }
    assert Filter.of(query) == Filter()


def test_a_decimal_comma_is_read() -> None:
    assert Filter.of({"below_confidence": " 0,6 "}).below_confidence == 0.6


def test_days_are_those_of_the_citizens() -> None:
    """Half an hour before midnight in Hạ Long is still that day, though it is another one in UTC."""
    start, end = Filter(since=date(2026, 11, 22), until=date(2026, 11, 22)).bounds(
        ZoneInfo("Asia/Ho_Chi_Minh")
    )
    assert (start, end) == (1_795_280_400.0, 1_795_366_800.0)
    assert Filter().bounds(ZoneInfo("Asia/Ho_Chi_Minh")) == (None, None)
