"""What a citizen has erased is gone everywhere; what was erased cannot come back."""

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.channels import inbox
from bot.channels.erasing import ErasureReport, erase, expire
from bot.channels.message import Incoming, Kind
from bot.channels.states import InboxState
from bot.channels.tables import attachment, button, outbox
from bot.channels.tables import inbox as inbox_table
from bot.conversations import log
from bot.conversations.channel import Author, Channel
from bot.conversations.erasing import is_erased
from bot.conversations.people import open_conversation
from bot.conversations.said import Said
from bot.conversations.tables import conversation, feedback, identity, link_code, message, tombstone, turn
from bot.conversations.turns import Facts, record_turn

NOW = 1_800_000_000.0
KEY = b"k" * 32
WORDS = (message, turn, feedback, link_code, inbox_table, outbox, button)


def _said(sid: str, number: int = 1, channel: Channel = Channel.WEB) -> Incoming:
    return Incoming(channel, sid, f"{sid}:{number}", Kind.TEXT, NOW, "tôi muốn ly hôn")


def _talk(connection: Connection, sid: str, now: float = NOW) -> str:
    """A conversation with a row in every table."""
    accepted = inbox.accept(connection, _said(sid), now, 0.0)
    here = {"conversation_id": accepted.conversation_id}
    inbox_id = connection.execute(select(func.max(inbox_table.c.id))).scalar_one()
    identity_id = connection.execute(select(func.max(identity.c.id))).scalar_one()
    more = {
        feedback: {"seq": 1, "kind": "thumb", "score": 1, "created_at": now},
        link_code: {"code_hash": sid, "created_at": now, "expires_at": now},
        button: {"token": f"t-{sid}", "title": "x", "payload": "/x", "expires_at": now},
        outbox: {
            "identity_id": identity_id,
            "channel": "web",
            "inbox_id": inbox_id,
            "payload": {"text": "trả lời"},
            "state": "pending",
            "due_at": now,
            "created_at": now,
        },
        attachment: {
            "ref": f"r-{sid}",
            "name": "đơn ly hôn.pdf",
            "type": "application/pdf",
            "size": 1,
            "sha256": "0" * 64,
            "created_at": now,
            "expires_at": now + 1e9,
        },
    }
    for table, values in more.items():
        connection.execute(insert(table).values(here | values))
    asked = Facts("ask_fee", 0.9, "answered")
    record_turn(connection, accepted.conversation_id, f"{sid}:1", 1, 2, Channel.WEB, asked, True, now)
    return accepted.conversation_id


def _count(connection: Connection, table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_nothing_of_the_words_stays_and_others_keep_theirs(engine: Engine) -> None:
    with engine.begin() as connection:
        mine, other = _talk(connection, "mine"), _talk(connection, "other")
    with engine.begin() as connection:
        report = erase(connection, mine, NOW + 1, KEY)
    assert report == ErasureReport((mine,), 1, ("r-mine",))
    with engine.begin() as connection:
        for table in WORDS:
            left = connection.execute(select(table.c.conversation_id)).scalars().all()
            assert left == [other], table.name
        file = connection.execute(select(attachment).where(attachment.c.conversation_id == mine)).one()
        assert (file.expires_at, file.name) == (NOW + 1, "")
        assert "mine" not in connection.execute(select(identity.c.external_id)).scalars().all()
        stone = connection.execute(select(tombstone)).one()
        assert (stone.scope, stone.erased_at) == ("citizen", NOW + 1) and "mine" not in stone.subject_hash
        assert is_erased(connection, Channel.WEB, "mine", KEY)
        assert not is_erased(connection, Channel.WEB, "other", KEY)
        assert not is_erased(connection, Channel.WEB, "mine", b"other key")


def test_erasing_twice_does_no_more(engine: Engine) -> None:
    with engine.begin() as connection:
        mine = _talk(connection, "mine")
        erase(connection, mine, NOW, KEY)
        assert erase(connection, mine, NOW, KEY) == ErasureReport()
        assert erase(connection, "unknown", NOW, KEY) == ErasureReport()
        assert _count(connection, tombstone) == 1


def test_an_answer_on_its_way_is_not_said_any_more(engine: Engine) -> None:
    with engine.begin() as connection:
        mine = _talk(connection, "mine")
        assert inbox.claim(connection, "worker", NOW, 60.0, 5) == [mine]
        turn = inbox.begin(connection, mine, "worker", NOW, 60.0)
    assert turn is not None
    with engine.begin() as connection:
        erase(connection, mine, NOW, KEY)
    with engine.begin() as connection:
        assert not inbox.finish(connection, turn, InboxState.ANSWERED, "answered", NOW)
        inbox.release(connection, mine, "worker")
        assert inbox.claim(connection, "worker", NOW + 1e6, 60.0, 5) == []


def test_what_was_said_before_channels_were_linked_goes_too(engine: Engine) -> None:
    with engine.begin() as connection:
        before, shared = _talk(connection, "mine"), open_conversation(connection, NOW)
        connection.execute(update(identity).values(conversation_id=shared))
        inbox.accept(connection, _said("mine", 2), NOW, 0.0)
        report = erase(connection, shared, NOW, KEY)
        assert set(report.conversations) == {before, shared} and report.messages == 2
        for table in WORDS:
            assert _count(connection, table) == 0, table.name


def test_a_message_that_came_while_erasing_is_erased_by_the_next_round(engine: Engine) -> None:
    with engine.begin() as connection:
        mine = _talk(connection, "mine")
        erase(connection, mine, NOW, KEY)
        # What a transaction that had found the address before it was blanked leaves behind.
        late = log.Entry(0, Author.CITIZEN, Channel.WEB, Said("chậm"), NOW)
        log.append(connection, mine, late)
        assert expire(connection, NOW - 5, NOW, KEY).messages == 1
        log.append(connection, mine, late)
        assert erase(connection, mine, NOW, KEY).messages == 1
        assert _count(connection, message) == 0 and _count(connection, tombstone) == 1


def test_who_comes_back_on_a_platform_begins_anew_and_can_erase_again(engine: Engine) -> None:
    with engine.begin() as connection:
        seen = set()
        for number in range(3):
            accepted = inbox.accept(connection, _said("111", number, Channel.TELEGRAM), NOW, 0.0)
            assert accepted.new and accepted.seq == 1
            seen.add(accepted.conversation_id)
            erase(connection, accepted.conversation_id, NOW, KEY)
        assert len(seen) == 3


def test_a_conversation_expires_when_idle_and_its_shell_when_its_files_are_gone(engine: Engine) -> None:
    day = 24 * 3600.0
    with engine.begin() as connection:
        old, young = _talk(connection, "old", NOW), _talk(connection, "young", NOW + 10 * day)
        first = expire(connection, NOW + 5 * day, NOW + 370 * day, KEY)
        assert first.conversations == (old,) and first.files == ("r-old",)
        assert connection.execute(select(tombstone.c.scope)).scalars().all() == ["retention"]
        assert expire(connection, NOW + 5 * day, NOW + 370 * day, KEY) == ErasureReport()
        assert _count(connection, conversation) == 2, "the bytes are still there"
        connection.execute(update(attachment).where(attachment.c.ref == "r-old").values(deleted_at=NOW))
        expire(connection, NOW + 5 * day, NOW + 370 * day, KEY)
        assert connection.execute(select(conversation.c.id)).scalars().all() == [young]
        assert _count(connection, identity) == 1 and _count(connection, attachment) == 1


@pytest.mark.parametrize("limit", [1, 2])
def test_expiring_goes_on_until_nothing_is_left(engine: Engine, limit: int) -> None:
    with engine.begin() as connection:
        for number in range(3):
            _talk(connection, f"s{number}", NOW + number)
        rounds = 0
        while expire(connection, NOW + 100, NOW + 200, KEY, limit).conversations:
            rounds += 1
        assert rounds >= 3 // limit
        assert all(_count(connection, table) == 0 for table in WORDS)
