"""Texts that two people changed are said by a running gateway: else a wrong number stands until a restart."""

import asyncio
from collections.abc import Mapping

from sqlalchemy import insert
from sqlalchemy.engine import Engine

from bot.channels.adapter import Sent
from bot.channels.gateway import Gateway
from bot.channels.inbox import Waiting
from bot.channels.message import Reply
from bot.channels.response import Response
from bot.channels.rewording import Rewording
from bot.channels.rules import Rules
from bot.channels.states import Fate
from bot.channels.store import Store
from bot.channels.web.texts import Contact, contact_lines
from bot.channels.words import Words
from bot.control import texts
from bot.knowledge_source import wording_from
from bot.staff.audit import Actor
from bot.staff.tables import staff_account
from tests.channels.conftest import Clock, Platform, eventually, sent_text
from tests.conftest import ROOT

CHANGED = ("apology", "excuse", "patience", "lost", "again", "web_contact_note")


async def test_apologies_follow_what_was_approved_while_it_runs(engine: Engine) -> None:
    goes = asyncio.Event()

    async def respond(message: Waiting) -> Response:
        if message.incoming.text == "hỏng":
            raise ValueError
        if message.incoming.text == "chậm":
            await goes.wait()
        return Response(replies=(Reply("đáp"),))

    clock, platform = Clock(), Platform()
    wording, store = wording_from(ROOT / "domain.yml"), Store(engine)
    words = Words(wording)
    gateway = Gateway(
        store,
        {platform.channel: platform},
        respond,
        words,
        Rules("test", reorder=0.0, attempts=1, sweep_every=0.05),
        clock,
        besides=(Rewording(store, wording, 0.05),),
    )
    await gateway.start()
    try:
        _approve(engine, wording.shipped)
        await eventually(lambda: words.again == "Mới: again")
        await gateway.accept(sent_text(1, "hỏng"))
        await eventually(lambda: platform.told() == ["Mới: apology"], clock=clock)
        platform.fates.append(Sent(Fate.DEAD, error="400"))
        await gateway.accept(sent_text(2, "từ chối"))
        await eventually(lambda: platform.told()[1:] == ["Mới: excuse"])
        platform.fates.append(Sent(Fate.UNKNOWN, error="timeout"))
        await gateway.accept(sent_text(3, "mất"))
        await eventually(lambda: len(platform.calls) == 4, clock=clock)
        assert platform.told()[3] == "«mất»\nMới: lost"
        assert [button["title"] for button in platform.calls[3]["buttons"]] == ["Mới: again"]
        await gateway.accept(sent_text(4, "chậm"))
        await eventually(lambda: platform.told()[4:] == ["Mới: patience"], clock=clock)
    finally:
        goes.set()
        await gateway.stop()
    assert contact_lines(words.text, Contact())["note"] == "Mới: web_contact_note"


def _approve(engine: Engine, shipped: Mapping[str, str]) -> None:
    with engine.begin() as connection:
        lan, minh = (
            Actor(
                connection.execute(
                    insert(staff_account).values(login=name, name=name, roles=[], active=True, created_at=0.0)
                ).inserted_primary_key[0],
                name,
            )
            for name in ("lan", "minh")
        )
        for name in CHANGED:
            response = f"utter_channel_{name}"
            made = texts.propose(connection, lan, response, f"Mới: {name}", "Rõ hơn", shipped, 1.0)
            assert texts.decide(connection, minh, made, True, "", shipped, 2.0)
