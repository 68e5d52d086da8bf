"""Unmasking: with a reason, for a while, by one account, and nothing that was never kept."""

import pytest
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel
from bot.conversations.erasing import Scope, erase_words
from bot.handoffs.desk import open_handoff
from bot.handoffs.opening import leave_contact
from bot.handoffs.states import Cause
from bot.reviews.erasing import erase_reviews
from bot.reviews.unmasking import GRANT_SECONDS, active_grant, grant, reveal
from tests.reviews.conftest import NOON, Past

REASON = "Công dân gọi 1022 xin gọi lại"


def test_a_grant_is_one_accounts_for_one_conversation_and_ends(connection: Connection, past: Past) -> None:
    lan, minh = past.reviewer("lan"), past.reviewer("minh")
    here, there = past.citizen("a").conversation_id, past.citizen("b").conversation_id
    given = grant(connection, lan, here, REASON, NOON)
    assert given is not None and given.expires_at == NOON + 900
    assert active_grant(connection, lan, here, NOON + GRANT_SECONDS - 1) == given
    assert active_grant(connection, lan, here, NOON + GRANT_SECONDS) is None
    assert active_grant(connection, minh, here, NOON) is None
    assert active_grant(connection, lan, there, NOON) is None


def test_a_reason_says_something(connection: Connection, past: Past) -> None:
    lan, here = past.reviewer("lan"), past.citizen("a").conversation_id
    for reason in ("", "cần xem", "   x        ", "x" * 501):
        with pytest.raises(ValueError, match="reason"):
            grant(connection, lan, here, reason, NOON)
    assert grant(connection, lan, "nobody", REASON, NOON) is None


def test_what_is_shown_is_what_was_kept(connection: Connection, past: Past) -> None:
    """A session on the web names nobody and opens the conversation: it is not shown."""
    lan, who = past.reviewer("lan"), past.citizen("84912345678", Channel.ZALO)
    one = open_handoff(connection, who.conversation_id, who.id, who.channel, Cause.ASKED, NOON)
    assert leave_contact(connection, one.id, "sealed", NOON)
    given = grant(connection, lan, who.conversation_id, REASON, NOON)
    assert given is not None
    shown = reveal(connection, given, lambda sealed: {"sealed": "0912 345 678"}[sealed])
    assert [(one.channel, one.external_id) for one in shown.addresses] == [(Channel.ZALO, "84912345678")]
    assert [contact.text for contact in shown.contacts] == ["0912 345 678"]
    web = grant(connection, lan, past.citizen("session").conversation_id, REASON, NOON)
    assert web is not None
    assert [one.external_id for one in reveal(connection, web, lambda _sealed: None).addresses] == [""]


def test_an_erased_conversation_cannot_be_unmasked(connection: Connection, past: Past) -> None:
    lan, who = past.reviewer("lan"), past.citizen("a")
    assert grant(connection, lan, who.conversation_id, REASON, NOON) is not None
    erase_words(connection, who.conversation_id, NOON, b"key", Scope.CITIZEN)
    assert erase_reviews(connection, who.conversation_id, NOON) == {"unmask_grant": 1, "lesson": 0}
    assert grant(connection, lan, who.conversation_id, REASON, NOON) is None
