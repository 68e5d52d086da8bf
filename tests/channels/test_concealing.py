"""The second factor on the whole gateway. What is lost when these fail: digits that open a dossier, readable
for whoever reads a table, a log or a backup; or a citizen who proves who they are in vain.
"""

import logging
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.answers.turn import Turn
from bot.channels.concealing import Concealing
from bot.channels.message import Incoming, Kind
from bot.channels.tables import inbox
from bot.conversations.channel import Channel
from bot.database import metadata
from bot.dossiers.casefile import CaseFile
from bot.dossiers.store import Cabinet
from bot.following import whispers
from bot.following.factor import HIDDEN, waiting_for
from bot.following.tables import follow_whisper
from bot.services import Services, open_services
from bot.settings import Settings
from tests.channels.running import SmallRasa, running, settings
from tests.e2e.visitor import Visitor
from tests.following.doubles import CODE
from tests.working import TODAY

DIGITS = "8317"
_READABLE = re.compile(rf"(?<![0-9A-Za-z._-]){DIGITS}(?![0-9A-Za-z_-])")
"""The digits as a word of their own; by chance they are also part of some random id."""


@dataclass
class Scene:
    """A citizen on the website who is asked for the digits of a dossier."""

    citizen: Visitor
    rasa: SmallRasa
    engine: Engine
    told: Settings
    conversation_id: str

    def services(self, seconds_on: float = 0.0) -> Services:
        """Those of the action server, ``seconds_on`` later."""
        return open_services(self.told, self.engine, lambda: time.time() + seconds_on)

    def message_id(self) -> str:
        """Of the newest message."""
        query = select(inbox.c.message_id).order_by(inbox.c.id.desc()).limit(1)
        with self.engine.connect() as connection:
            return str(connection.execute(query).scalar_one())

    def turn(self, text: str = HIDDEN, conversation_id: str = "", message_id: str = "") -> Turn:
        here, number = conversation_id or self.conversation_id, message_id or self.message_id()
        return Turn(text, (), TODAY, conversation_id=here, message_id=number)

    def rows(self) -> str:
        """Everything in the database, as text."""
        with self.engine.connect() as connection:
            found = {table.name: connection.execute(select(table)).all() for table in metadata.sorted_tables}
        return repr(found)


@asynccontextmanager
async def asked(engine: Engine, url: str, folder: Path) -> AsyncIterator[Scene]:
    told = settings(url, folder)
    rasa = SmallRasa(told)
    await rasa.start()
    try:
        async with running(told), Visitor.at(told.gateway_url) as citizen:
            await citizen.says("hồ sơ của tôi")
            await citizen.hears_of("đáp hồ sơ của tôi")
            with engine.connect() as connection:
                here = connection.execute(select(inbox.c.conversation_id)).scalar_one()
            before = Turn("", (), TODAY, conversation_id=here, message_id="m0")
            waiting = CaseFile(waiting=waiting_for(CODE))
            Cabinet(engine).put(before, CaseFile(), waiting, time.time())
            yield Scene(citizen, rasa, engine, told, here)
    finally:
        await rasa.stop()


async def test_the_digits_are_readable_nowhere_and_reach_the_turn(
    engine: Engine, database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with asked(engine, database_url, tmp_path) as scene:
        await scene.citizen.says(f"số của tôi là {DIGITS} ạ")
        await scene.citizen.hears_of(f"đáp số của tôi là {HIDDEN} ạ")
        said = [m["text"] for m in await scene.citizen.log()]
        assert said[2:] == [f"số của tôi là {HIDDEN} ạ", f"đáp số của tôi là {HIDDEN} ạ"]
        assert scene.rasa.asked[-1] == f"số của tôi là {HIDDEN} ạ", "what Rasa keeps in its tracker"
        assert _READABLE.findall(scene.rows()) == [] and _READABLE.findall(caplog.text) == []
        hidden = scene.turn(f"số của tôi là {HIDDEN} ạ")
        revealed = scene.services().reveal(hidden)
        assert revealed.text == f"số của tôi là {DIGITS} ạ"
        assert scene.services().reveal(hidden) == revealed, "a turn that is run again"


async def test_a_message_delivered_twice_is_kept_once_and_hidden_twice(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """The second delivery may come after the question was answered: it is not stored readable then."""
    async with asked(engine, database_url, tmp_path) as scene:
        number = uuid4().hex
        await scene.citizen.says(DIGITS, client_msg_id=number)
        await scene.citizen.hears_of(f"đáp {HIDDEN}")
        turn = Turn("", (), TODAY, conversation_id=scene.conversation_id, message_id="m1")
        cabinet = Cabinet(engine)
        for after in (CaseFile(waiting=waiting_for(CODE)), CaseFile()):
            before = cabinet.open(scene.conversation_id, "")
            cabinet.put(turn, before, after, time.time())
            await scene.citizen.says(DIGITS, client_msg_id=number)
        assert len(await scene.citizen.log()) == 4
        assert _READABLE.findall(scene.rows()) == []
        assert scene.services().reveal(scene.turn()).text == DIGITS


async def test_nobody_else_gets_them_and_after_ten_minutes_nobody(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    async with asked(engine, database_url, tmp_path) as scene:
        await scene.citizen.says(DIGITS)
        await scene.citizen.hears_of(f"đáp {HIDDEN}")
        services, number = scene.services(), scene.message_id()
        assert services.reveal(scene.turn(conversation_id="b" * 32)).text == HIDDEN
        assert services.reveal(scene.turn(message_id="another")).text == HIDDEN
        assert services.reveal(scene.turn("không có gì")).text == "không có gì"
        late = scene.services(whispers.LIFETIME_SECONDS + 5)
        assert late.reveal(scene.turn(message_id=number)).text == HIDDEN
        with engine.begin() as connection:
            assert whispers.purge(connection, time.time()) == 0
            assert whispers.purge(connection, time.time() + whispers.LIFETIME_SECONDS + 5) == 1


async def test_four_digits_nobody_asked_for_stay_as_they_are(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """A year, a sum: what is hidden without need cannot be answered."""
    async with asked(engine, database_url, tmp_path) as scene:
        for text in ("sinh năm 1987", "bao lâu thì xong"):
            await scene.citizen.says(text)
            await scene.citizen.hears_of(f"đáp {text}")
        with engine.connect() as connection:
            assert connection.execute(select(follow_whisper)).all() == []


@pytest.mark.parametrize("said", [f"mã {CODE} số {DIGITS}", f"căn cước {DIGITS}, điện thoại 0022"])
def test_digits_that_cannot_be_compared_are_hidden_all_the_same(
    sqlite_engine: Engine, tmp_path: Path, said: str
) -> None:
    """Who sends more than was asked for has still told their secret."""
    services = open_services(Settings(var_dir=tmp_path), sqlite_engine, lambda: 1.8e9)
    turn = Turn("", (), TODAY, conversation_id="c" * 32, message_id="m0")
    Cabinet(sqlite_engine).put(turn, CaseFile(), CaseFile(waiting=waiting_for(CODE)), 1.8e9)
    incoming = Incoming(Channel.TELEGRAM, "111", "m1", Kind.TEXT, 1.8e9, said)
    with sqlite_engine.begin() as connection:
        kept = Concealing(services.gateways.vault).conceal(connection, "c" * 32, incoming, 1.8e9)
    assert DIGITS not in kept.text and "0022" not in kept.text
    hidden = Turn(kept.text, (), TODAY, conversation_id="c" * 32, message_id="m1")
    assert services.reveal(hidden).text == said


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.FILES])
def test_a_caption_is_a_message_too(sqlite_engine: Engine, kind: Kind, tmp_path: Path) -> None:
    """Who photographs their card and writes the digits under it is no less careful."""
    services = open_services(Settings(var_dir=tmp_path), sqlite_engine, lambda: 1.8e9)
    turn = Turn("", (), TODAY, conversation_id="c" * 32, message_id="m0")
    Cabinet(sqlite_engine).put(turn, CaseFile(), CaseFile(waiting=waiting_for(CODE)), 1.8e9)
    said = Incoming(Channel.TELEGRAM, "111", "m1", kind, 1.8e9, f"ảnh đây {DIGITS}")
    with sqlite_engine.begin() as connection:
        kept = Concealing(services.gateways.vault).conceal(connection, "c" * 32, said, 1.8e9)
    assert kept.text == f"ảnh đây {HIDDEN}"
    hidden = Turn(kept.text, (), TODAY, conversation_id="c" * 32, message_id="m1")
    assert services.reveal(hidden).text == said.text


def test_sealed_with_another_key_it_stays_hidden(sqlite_engine: Engine, tmp_path: Path) -> None:
    """A gateway and an action server with two keys: the citizen is asked again, nothing fails."""
    services = open_services(Settings(var_dir=tmp_path / "a"), sqlite_engine, lambda: 1.8e9)
    other = open_services(Settings(var_dir=tmp_path / "b"), sqlite_engine, lambda: 1.8e9)
    with sqlite_engine.begin() as connection:
        sealed = other.gateways.vault.seal(DIGITS.encode())
        whispers.keep(connection, "c" * 32, "m1", sealed, 1.8e9)
    turn = Turn(HIDDEN, (), TODAY, conversation_id="c" * 32, message_id="m1")
    assert services.reveal(turn) == turn
