"""After linking, what was asked is answered where it was asked, out of the one conversation."""

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from bot.channels import inbox
from bot.channels.commands import Command, Order, started
from bot.channels.linking import WebLinking, redeem, unlink
from bot.channels.message import Incoming, Kind
from bot.channels.states import InboxState
from bot.channels.tables import attachment
from bot.channels.tables import inbox as inbox_table
from bot.conversations import linking, log
from bot.conversations.channel import Channel
from bot.conversations.linking import Linked
from bot.conversations.people import find, person
from bot.conversations.said import FileRef

NOW = 1_800_000_000.0
PAPER = FileRef("f" * 40, "don.pdf", 9, "application/pdf")


def ask(connection: Connection, channel: Channel, number: int, files: tuple[FileRef, ...] = ()) -> str:
    """The conversation in which the ``number``-th message of this channel was stored."""
    incoming = Incoming(channel, "111", f"m{number}", Kind.TEXT, NOW + number, f"câu {number}", files)
    return inbox.accept(connection, incoming, NOW + number, 0.0).conversation_id


def texts(connection: Connection, conversation_id: str) -> list[tuple[int, str]]:
    return [(entry.seq, entry.said.text) for entry in log.entries(connection, conversation_id)]


def next_of(connection: Connection, conversation_id: str) -> inbox.Waiting:
    assert inbox.claim(connection, "w", NOW + 99, 10.0, 5) == [conversation_id]
    found = inbox.begin(connection, conversation_id, "w", NOW + 99, 10.0)
    assert found is not None
    return found


def test_waiting_messages_follow_with_their_words_and_files(engine: Engine):
    with engine.begin() as connection:
        web = ask(connection, Channel.WEB, 1)
        phone = ask(connection, Channel.TELEGRAM, 1)
        assert sorted(inbox.claim(connection, "w", NOW + 99, 10.0, 5)) == sorted([web, phone])
        with_code = inbox.begin(connection, phone, "w", NOW + 99, 10.0)
        assert with_code is not None
        values = {"conversation_id": phone, "sha256": "", "created_at": NOW, "expires_at": NOW + 1e6}
        connection.execute(insert(attachment).values(**values, **msgspec.to_builtins(PAPER)))
        ask(connection, Channel.TELEGRAM, 2, (PAPER,))
        inbox.finish(connection, with_code, InboxState.ANSWERED, "", NOW)
        code = linking.issue(connection, web, NOW)
        assert redeem(connection, code, with_code.identity_id, NOW) == Linked(web, phone)
        rows = connection.execute(select(inbox_table).order_by(inbox_table.c.id)).all()
        assert [(row.state, row.conversation_id) for row in rows] == [
            ("waiting", web),
            ("answered", phone),
            ("waiting", web),
        ]
        assert texts(connection, web) == [(1, "câu 1"), (2, "câu 2")]
        assert connection.execute(select(attachment.c.conversation_id)).scalars().all() == [web]


def test_replies_go_to_the_channel_that_asked(engine: Engine):
    with engine.begin() as connection:
        web = ask(connection, Channel.WEB, 1)
        ask(connection, Channel.TELEGRAM, 1)
        phone = find(connection, Channel.TELEGRAM, "111")
        assert phone is not None
        redeem(connection, linking.issue(connection, web, NOW), phone.id, NOW)
        assert ask(connection, Channel.TELEGRAM, 2) == ask(connection, Channel.WEB, 2) == web
        asked = []
        for _ in range(4):
            waiting = next_of(connection, web)
            asked.append((waiting.incoming.channel, person(connection, waiting.identity_id).channel))
            inbox.finish(connection, waiting, InboxState.ANSWERED, "", NOW)
            inbox.release(connection, web, "w")
        assert sorted(asked) == sorted([(Channel.WEB, Channel.WEB), (Channel.TELEGRAM, Channel.TELEGRAM)] * 2)


def test_what_was_asked_after_the_unlink_word_is_answered_in_the_new_conversation(engine: Engine):
    with engine.begin() as connection:
        web = ask(connection, Channel.WEB, 1)
        ask(connection, Channel.TELEGRAM, 1)
        phone = find(connection, Channel.TELEGRAM, "111")
        assert phone is not None
        redeem(connection, linking.issue(connection, web, NOW), phone.id, NOW)
        ask(connection, Channel.TELEGRAM, 2)
        moved = unlink(connection, phone.id, NOW)
        assert moved.former_id == web
        assert [text for _, text in texts(connection, moved.conversation_id)] == ["câu 1", "câu 2"]
        assert ask(connection, Channel.TELEGRAM, 3) == moved.conversation_id
        assert ask(connection, Channel.WEB, 2) == web


def test_the_website_offers_a_code_and_a_deep_link_that_tells_the_same_code(sqlite_engine: Engine):
    with sqlite_engine.begin() as connection:
        web = ask(connection, Channel.WEB, 1)
        offer = WebLinking(lambda: "tro_ly_bot").offer(connection, web, NOW)
        assert offer.telegram is not None and offer.expires_in == 600
        address, _, payload = offer.telegram.partition("?start=")
        assert address == "https://t.me/tro_ly_bot"
        assert started(payload) == Order(Command.REDEEM, linking.bare(offer.code))
        assert WebLinking(lambda: "").offer(connection, web, NOW).telegram is None


def test_leaving_from_the_website_gives_the_browser_a_fresh_conversation(sqlite_engine: Engine):
    with sqlite_engine.begin() as connection:
        web = ask(connection, Channel.WEB, 1)
        WebLinking(lambda: "").leave(connection, Channel.WEB, "111", NOW)
        WebLinking(lambda: "").leave(connection, Channel.WEB, "never heard of", NOW)
        assert ask(connection, Channel.WEB, 2) != web
