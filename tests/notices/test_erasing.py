"""What is lost when these fail: erasure that leaves traces, or the proof that somebody had agreed."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel
from bot.conversations.erasing import subject_hash
from bot.conversations.people import Person
from bot.notices import consent, queue
from bot.notices.erasing import PROOF_SECONDS, drop_proofs, erase, move
from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose
from bot.notices.reminders import Reminders
from bot.notices.tables import consent as consent_table
from bot.notices.tables import consent_proof, reminder
from tests.notices.conftest import CODE, DRAFT, HOURS, NOW, WORDS, agree, consent_to

Meet = Callable[..., Person]
KEY = b"k" * 32
PLANNED = Reminders(HOURS)


def test_only_a_proof_without_an_address_is_left(engine: Engine, citizen: Meet) -> None:
    me, other = citizen(Channel.ZALO, address="0123456789"), citizen()
    with engine.begin() as connection:
        given = consent_to(Purpose.FOLLOW, Channel.ZALO, NOW)
        consent.give(connection, me.conversation_id, given, "m1")
        agree(connection, other.conversation_id, Purpose.FOLLOW)
        PLANNED.plan(connection, me.conversation_id, Kind.OVERDUE, CODE, NOW, NOW)
        assert erase(connection, me.conversation_id, NOW + 5, KEY) == 2
        assert erase(connection, me.conversation_id, NOW + 6, KEY) == 0
        row = connection.execute(select(consent_proof)).one()
        assert connection.execute(select(func.count()).select_from(consent_table)).scalar_one() == 1
        assert connection.execute(select(func.count()).select_from(reminder)).scalar_one() == 0
    assert row.subject_hash == subject_hash(KEY, "zalo", "0123456789")
    assert (row.purpose, row.version, row.given_at) == ("follow", "2026-11-22", NOW)
    assert (row.withdrawn_at, row.erased_at) == (NOW + 5, NOW + 5)


def test_proofs_are_kept_for_24_months_and_no_longer(engine: Engine, citizen: Meet) -> None:
    me = citizen()
    with engine.begin() as connection:
        agree(connection, me.conversation_id, Purpose.FOLLOW)
        erase(connection, me.conversation_id, NOW, KEY)
        assert drop_proofs(connection, NOW + PROOF_SECONDS) == 0
        assert drop_proofs(connection, NOW + PROOF_SECONDS + 1) == 1


def test_consents_and_reminders_come_along_to_a_linked_conversation(engine: Engine, citizen: Meet) -> None:
    former, here = citizen().conversation_id, citizen(Channel.WEB).conversation_id
    with engine.begin() as connection:
        agree(connection, former, Purpose.FOLLOW)
        agree(connection, here, Purpose.FOLLOW, Channel.WEB)
        for conversation_id in (former, here):
            PLANNED.plan(connection, conversation_id, Kind.OVERDUE, CODE, NOW, NOW)
        PLANNED.draft_prepared(connection, former, DRAFT, NOW - 1e6)
        assert move(connection, former, here) == 3
        assert move(connection, former, here) == 0
        channels = {one.channel for one in consent.standing(connection, here, WORDS.versions)}
        assert channels == {Channel.TELEGRAM, Channel.WEB}
        kinds = [one.kind for one in queue.due(connection, here, NOW)]
    assert sorted(kinds) == [Kind.DRAFT_WAITING, Kind.DRAFT_WAITING, Kind.OVERDUE]
