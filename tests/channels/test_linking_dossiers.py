"""What a citizen loses when these fail: the dossier begun elsewhere, or one that others get to see."""

from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.channels.linking import redeem, unlink
from bot.conversations import linking
from bot.conversations.channel import Channel
from bot.conversations.linking import Linked
from bot.conversations.people import Person
from bot.conversations.tables import identity
from bot.dossiers.store import Cabinet
from bot.notices import consent
from tests.channels.dossier_rows import OWNED, citizen, draft, owners, settle_in
from tests.notices.conftest import NOW, WORDS


def joins(engine: Engine, guest: Person, host: Person) -> None:
    """``guest`` tells a code of ``host``."""
    with engine.begin() as connection:
        code = linking.issue(connection, host.conversation_id, NOW)
        moved = redeem(connection, code, guest.id, NOW)
        assert moved == Linked(host.conversation_id, guest.conversation_id)


def test_everything_comes_along(engine: Engine) -> None:
    """Drafts of both, the newest of the new place last; the consent still holds on its own channel."""
    web, phone = citizen(engine, Channel.WEB, "w"), citizen(engine, Channel.TELEGRAM, "111")
    settle_in(engine, web, 1)
    settle_in(engine, phone, 2)
    joins(engine, phone, web)
    file = Cabinet(engine).open(web.conversation_id, "")
    assert file.drafts == (draft(2), draft(1)) and file.active == draft(1).id
    with engine.connect() as connection:
        for table in OWNED:
            assert owners(connection, table) == {web.conversation_id}, table.name
        agreed = consent.standing(connection, web.conversation_id, WORDS.versions)
    assert {one.channel for one in agreed} == {Channel.WEB, Channel.TELEGRAM}


def test_into_an_empty_conversation_the_open_question_comes_too(engine: Engine) -> None:
    web, phone = citizen(engine, Channel.WEB, "w"), citizen(engine, Channel.TELEGRAM, "111")
    settle_in(engine, phone, 2)
    joins(engine, phone, web)
    file = Cabinet(engine).open(web.conversation_id, "")
    assert file.active == draft(2).id and file.waiting is not None and file.waiting.subject == draft(2).id


def test_nothing_is_taken_from_somebody_who_stays_behind(engine: Engine) -> None:
    """Two share a conversation and one leaves for a third: the dossiers belong to who stays too."""
    web, phone = citizen(engine, Channel.WEB, "w"), citizen(engine, Channel.TELEGRAM, "111")
    stays = citizen(engine, Channel.ZALO, "222")
    shared = phone.conversation_id
    with engine.begin() as connection:
        connection.execute(update(identity).where(identity.c.id == stays.id).values(conversation_id=shared))
    settle_in(engine, phone, 2)
    joins(engine, phone, web)
    with engine.connect() as connection:
        assert all(owners(connection, table) == {shared} for table in OWNED)


def test_who_leaves_takes_nothing_along(engine: Engine) -> None:
    """A telephone that is handed on must not carry the dossiers of the conversation it was joined to."""
    web, phone = citizen(engine, Channel.WEB, "w"), citizen(engine, Channel.TELEGRAM, "111")
    settle_in(engine, web, 1)
    joins(engine, phone, web)
    with engine.begin() as connection:
        moved = unlink(connection, phone.id, NOW)
    assert Cabinet(engine).open(moved.conversation_id, "").drafts == ()
    with engine.connect() as connection:
        assert all(owners(connection, table) == {web.conversation_id} for table in OWNED)
