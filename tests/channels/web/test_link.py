"""A conversation moves to another channel by the citizen's own act alone."""

from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Connection, Engine

from bot.channels.web.linking import LinkOffer
from bot.conversations.channel import Channel
from bot.conversations.people import open_conversation
from bot.conversations.tables import identity
from tests.channels.web.site import Site, opened


class Codes:
    """Gives one code; leaving opens a fresh conversation."""

    def __init__(self, telegram: str | None) -> None:
        self.telegram = telegram

    def offer(self, connection: Connection, conversation_id: str, now: float) -> LinkOffer:
        return LinkOffer("ABCD-1234", 600, self.telegram)

    def leave(self, connection: Connection, channel: Channel, external_id: str, now: float) -> None:
        fresh = open_conversation(connection, now)
        here = (identity.c.channel == channel.value) & (identity.c.external_id == external_id)
        connection.execute(update(identity).where(here).values(conversation_id=fresh))


@pytest.mark.parametrize("telegram", [None, "https://t.me/trolybot?start=ABCD-1234"])
async def test_a_code_is_offered_with_a_picture_where_there_is_a_link(
    sqlite_engine: Engine, tmp_path: Path, telegram: str | None
) -> None:
    async with opened(sqlite_engine, tmp_path, linking=Codes(telegram)) as site:
        browser = await site.visitor()
        assert (await browser.ask("POST", "/link")).code == "nothing_said"
        await browser.say("xin chào")
        reply = await browser.ask("POST", "/link")
        assert reply.status == 201 and reply.json["code"] == "ABCD-1234" and reply.json["expires_in"] == 600
        assert reply.json["telegram"] == telegram
        picture = reply.json["qr_svg"]
        assert (
            picture is None if telegram is None else picture.startswith("<svg") and "<script" not in picture
        )


async def test_a_browser_that_leaves_gets_a_fresh_conversation(sqlite_engine: Engine, tmp_path: Path) -> None:
    async with opened(sqlite_engine, tmp_path, linking=Codes(None)) as site:
        browser = await site.visitor()
        await browser.say("xin chào")
        assert (await browser.ask("DELETE", "/link")).status == 204
        assert (await browser.ask("GET", "/messages")).json["last_seq"] == 0
        assert (await browser.say("lại từ đầu")).json["seq"] == 1


async def test_without_other_channels_there_is_nothing_to_link(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("xin chào")
    assert (await browser.ask("POST", "/link")).code == "not_found"
