"""A channel that says wrong things must be silenced at once, by somebody who says why."""

import pytest
from sqlalchemy.engine import Engine

from bot.control.stopping import Cause, stop, stoppages
from bot.control.switching import switch_off, switch_on
from bot.conversations.channel import Channel
from bot.staff.audit import OPERATOR, entries
from tests.control.conftest import NOW


def test_everything_is_stopped_and_started_at_once_and_recorded(engine: Engine) -> None:
    with engine.begin() as connection:
        assert switch_off(connection, OPERATOR, list(Channel), "Trả lời sai lệ phí", NOW) == list(Channel)
        assert {found.cause for found in stoppages(connection).values()} == {Cause.ORDERED}
        assert switch_off(connection, OPERATOR, list(Channel), "lần nữa", NOW) == []
        assert switch_on(connection, OPERATOR, [Channel.WEB], "Đã sửa", NOW) == [Channel.WEB]
        log = entries(connection)
    assert [entry.action for entry in log] == ["channel_started", *["channel_stopped"] * 3]
    assert (log[0].object, log[0].reason) == ("channel:web", "Đã sửa")


def test_nobody_stops_or_starts_without_a_word(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        for switch in (switch_off, switch_on):
            with pytest.raises(ValueError, match="comment"):
                switch(connection, OPERATOR, [Channel.WEB], "  ", NOW)
        assert stoppages(connection) == {} and entries(connection) == []


def test_an_order_takes_the_place_of_an_error_but_not_the_other_way_round(sqlite_engine: Engine) -> None:
    """Mending a token must not let a channel run that staff have stopped."""
    with sqlite_engine.begin() as connection:
        assert stop(connection, Channel.ZALO, Cause.BROKEN, "-216", NOW)
        assert stoppages(connection)[Channel.ZALO].cause is Cause.BROKEN
        assert switch_off(connection, OPERATOR, [Channel.ZALO], "Nghi lộ dữ liệu", NOW + 1) == [Channel.ZALO]
        assert not stop(connection, Channel.ZALO, Cause.BROKEN, "-216", NOW + 2)
        assert stoppages(connection)[Channel.ZALO].cause is Cause.ORDERED
        assert stoppages(connection)[Channel.ZALO].comment == "Nghi lộ dữ liệu"
