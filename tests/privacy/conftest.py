"""A member of staff at the privacy desk and a citizen with something to erase."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert, update
from sqlalchemy.engine import Connection

from bot.channels import inbox
from bot.channels.message import Incoming
from bot.channels.message import Kind as IncomingKind
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import Person, meet, open_conversation
from bot.conversations.said import Said
from bot.conversations.tables import identity
from bot.staff.audit import Actor
from bot.staff.tables import staff_account

NOW = 1_795_323_600.0  # Sunday 22/11/2026 12:00 in Vietnam
KEY = b"key of this test"


@pytest.fixture
def hired() -> Callable[[Connection, str], Actor]:
    """Makes an account and gives it as the one who acts."""

    def hire(connection: Connection, login: str) -> Actor:
        values = {"login": login, "name": login, "roles": [], "created_at": NOW}
        made = connection.execute(insert(staff_account).values(values)).inserted_primary_key[0]
        return Actor(made, login)

    return hire


def wrote(connection: Connection, *texts: str, channel: Channel = Channel.ZALO, now: float = NOW) -> Person:
    """Somebody who said this, and was answered each time."""
    someone = meet(connection, channel, "8001", now)
    for text in texts:
        for author, words in ((Author.CITIZEN, text), (Author.ASSISTANT, "Miễn phí.")):
            append(connection, someone.conversation_id, Entry(0, author, channel, Said(words), now))
    return someone


def joined(connection: Connection, address: str = "8001") -> tuple[str, str]:
    """Somebody who wrote on Zalo and joined another conversation since: where they were, where they are."""
    said = Incoming(Channel.ZALO, address, "m1", IncomingKind.TEXT, NOW, "lệ phí")
    before = inbox.accept(connection, said, NOW, 0.0).conversation_id
    now_at = open_conversation(connection, NOW)
    here = identity.c.conversation_id == before
    connection.execute(update(identity).where(here).values(conversation_id=now_at))
    return before, now_at
