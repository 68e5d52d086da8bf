"""A warning nobody sees helps nobody; one that stays too long misleads."""

import pytest
from sqlalchemy.engine import Engine

from bot.control import banners
from bot.control.banners import BannerState, WrongBannerError
from bot.conversations.channel import Channel
from bot.conversations.people import meet
from bot.staff.audit import OPERATOR, entries
from tests.control.conftest import NOW

HOUR, DAY = 3600.0, 86_400.0
BOTH = [Channel.WEB, Channel.ZALO]


def test_a_banner_stands_from_its_start_until_its_end_on_its_channels(engine: Engine) -> None:
    with engine.begin() as connection:
        made = banners.put_up(connection, OPERATOR, "Cổng  bảo trì", BOTH, NOW + 10, NOW + 20, NOW)
        for moment, seen in ((9, 0), (10, 1), (19.9, 1), (20, 0)):
            assert len(banners.standing(connection, Channel.WEB, NOW + moment)) == seen, moment
        assert banners.standing(connection, Channel.TELEGRAM, NOW + 15) == []
        (found,) = banners.everything(connection)
        assert (found.id, found.text) == (made, "Cổng bảo trì")
        states = [found.state(NOW + moment) for moment in (9, 10, 20)]
        assert states == [BannerState.AHEAD, BannerState.SHOWN, BannerState.OVER]


def test_a_banner_taken_down_is_gone_at_once(engine: Engine) -> None:
    with engine.begin() as connection:
        made = banners.put_up(connection, OPERATOR, "Cổng bảo trì", BOTH, NOW, NOW + HOUR, NOW)
        with pytest.raises(ValueError, match="reason"):
            banners.take_down(connection, OPERATOR, made, " ", NOW + 1)
        assert banners.take_down(connection, OPERATOR, made, "Xong sớm", NOW + 1)
        assert not banners.take_down(connection, OPERATOR, made, "Xong sớm", NOW + 2)
        assert banners.standing(connection, Channel.WEB, NOW + 3) == []
        assert banners.everything(connection)[0].state(NOW + 3) is BannerState.WITHDRAWN
        assert [entry.action for entry in entries(connection)] == ["banner_withdrawn", "banner_shown"]


def test_each_conversation_is_told_once(engine: Engine) -> None:
    with engine.begin() as connection:
        lan = meet(connection, Channel.ZALO, "111", NOW)
        minh = meet(connection, Channel.ZALO, "222", NOW)
        banners.put_up(connection, OPERATOR, "Cổng bảo trì", BOTH, NOW, NOW + HOUR, NOW)
        for someone in (lan, minh):
            told = [
                len(banners.tell_once(connection, someone.conversation_id, Channel.ZALO, NOW + second))
                for second in (1, 2)
            ]
            assert told == [1, 0]


@pytest.mark.parametrize(
    ("text", "channels", "start", "end", "why"),
    [
        (" ", BOTH, 0, HOUR, "text"),
        ("a" * 501, BOTH, 0, HOUR, "text"),
        ("Bảo trì", [], 0, HOUR, "channels"),
        ("Bảo trì", BOTH, HOUR, HOUR, "order"),
        ("Bảo trì", BOTH, -2 * HOUR, -HOUR, "past"),
        ("Bảo trì", BOTH, 0, 91 * DAY, "long"),
    ],
)
def test_what_is_no_banner(text: str, channels: list[Channel], start: float, end: float, why: str) -> None:
    with pytest.raises(WrongBannerError, match=why):
        banners.checked(text, channels, NOW + start, NOW + end, NOW)
