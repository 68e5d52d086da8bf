"""In a chat a banner scrolls away: it is told once, before the answer."""

from sqlalchemy.engine import Engine

from bot.channels.announcing import Announcing
from bot.channels.message import Reply
from bot.channels.turns import nothing_pending
from bot.control import banners
from bot.conversations.channel import Channel
from bot.conversations.people import meet
from bot.staff.audit import OPERATOR
from tests.channels.conftest import START, words


def test_told_once_in_chats_and_left_to_the_screen_of_the_website(engine: Engine) -> None:
    def reminders(*_: object) -> tuple[Reply, ...]:
        return (Reply("nhắc hẹn"),)

    with engine.begin() as connection:
        banners.put_up(connection, OPERATOR, "Cổng bảo trì", list(Channel), START, START + 60, START)
        someone = meet(connection, Channel.ZALO, "111", START)
        visitor = meet(connection, Channel.WEB, "abc", START)
        first, again = (
            Announcing(words(), reminders).pending_for(connection, someone, START + second)
            for second in (1, 2)
        )
        assert [reply.text for reply in first] == ["Thông báo: Cổng bảo trì", "nhắc hẹn"]
        assert [reply.text for reply in again] == ["nhắc hẹn"]
        assert Announcing(words(), nothing_pending).pending_for(connection, visitor, START + 1) == ()
