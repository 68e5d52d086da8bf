"""What citizens lose when these fail: that nothing is sent which they did not agree to, or no longer."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel
from bot.conversations.people import Person
from bot.following.tables import followed
from bot.notices import consent, queue
from bot.notices.kinds import Kind
from bot.notices.purpose import PROACTIVE, Purpose
from bot.notices.reminders import Reminders
from bot.notices.tables import consent as consent_table
from tests.notices.conftest import CODE, DRAFT, HOURS, NOW, WORDS, consent_to

Meet = Callable[..., Person]


def test_nobody_has_agreed_to_anything_at_first(engine: Engine, citizen: Meet) -> None:
    with engine.connect() as connection:
        assert consent.standing(connection, citizen().conversation_id, WORDS.versions) == ()


def test_what_is_kept_of_a_consent(engine: Engine, citizen: Meet) -> None:
    """Purpose, text version, channel, time, actor, message: what has to be proven later."""
    here = citizen().conversation_id
    with engine.begin() as connection:
        assert consent.give(connection, here, consent_to(Purpose.FOLLOW, given_at=NOW), "m1")
        assert consent.withdraw(connection, here, PROACTIVE, "m2", NOW + 9) == 1
        row = connection.execute(select(consent_table)).one()
    assert (row.purpose, row.channel, row.version) == ("follow", "telegram", "2026-11-22")
    assert (row.actor, row.given_at, row.given_in) == ("citizen", NOW, "m1")
    assert (row.withdrawn_at, row.withdrawn_in) == (NOW + 9, "m2")


def test_the_same_message_agrees_once(engine: Engine, citizen: Meet) -> None:
    """A turn that is run again after a crash."""
    here = citizen().conversation_id
    with engine.begin() as connection:
        assert consent.give(connection, here, consent_to(Purpose.FOLLOW), "m1")
        assert not consent.give(connection, here, consent_to(Purpose.FOLLOW), "m1")
        assert len(consent.standing(connection, here, WORDS.versions)) == 1


def test_a_new_text_is_not_agreed_to(engine: Engine, citizen: Meet) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        consent.give(connection, here, consent_to(Purpose.FOLLOW), "m1")
        newer = {**WORDS.versions, Purpose.FOLLOW: "2027-01-01"}
        assert consent.standing(connection, here, newer) == ()


def test_withdrawing_counts_for_all_channels_and_only_for_these_purposes(
    engine: Engine, citizen: Meet
) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        for number, channel in enumerate(Channel):
            for purpose in Purpose:
                consent.give(connection, here, consent_to(purpose, channel), f"m{number}")
        assert consent.withdraw(connection, here, PROACTIVE, "m9", NOW) == 9
        left = consent.standing(connection, here, WORDS.versions)
        assert {one.purpose for one in left} == {Purpose.SAVE_DRAFT, Purpose.IMPROVE}
        assert consent.withdraw(connection, here, Purpose, "m10", NOW) == 6
        assert consent.withdraw(connection, here, Purpose, "m11", NOW) == 0


def test_reminders_end_in_the_transaction_of_the_withdrawal(engine: Engine, citizen: Meet) -> None:
    here, reminders = citizen().conversation_id, Reminders(HOURS)
    with engine.begin() as connection:
        consent.give(connection, here, consent_to(Purpose.REMINDERS), "m1")
        reminders.draft_prepared(connection, here, DRAFT, NOW)
        reminders.plan(connection, here, Kind.CITIZEN_SET, "", NOW, NOW)
        reminders.plan(connection, here, Kind.OVERDUE, CODE, NOW, NOW)
        consent.withdraw(connection, here, {Purpose.REMINDERS}, "m2", NOW)
        left = queue.due(connection, here, NOW + 1e7)
    assert [one.kind for one in left] == [Kind.OVERDUE]


def test_no_dossier_is_looked_after_any_more_without_consent(engine: Engine, citizen: Meet) -> None:
    here, other = citizen().conversation_id, citizen().conversation_id
    with engine.begin() as connection:
        for one in (here, other):
            values = {"conversation_id": one, "code": CODE, "watching": True, "revision": 0}
            times = {"seen_at": NOW, "checked_at": NOW, "due_at": NOW, "appointments": 0}
            connection.execute(insert(followed).values(**values, **times))
        consent.withdraw(connection, here, PROACTIVE, "m2", NOW)
        query = select(followed.c.conversation_id).where(followed.c.watching)
        assert connection.execute(query).scalars().all() == [other]


def test_a_withdrawal_that_fails_leaves_everything(engine: Engine, citizen: Meet) -> None:
    here, reminders = citizen().conversation_id, Reminders(HOURS)
    with engine.begin() as connection:
        consent.give(connection, here, consent_to(Purpose.REMINDERS), "m1")
        reminders.plan(connection, here, Kind.CITIZEN_SET, "", NOW, NOW)
    with engine.connect() as connection:
        transaction = connection.begin()
        consent.withdraw(connection, here, {Purpose.REMINDERS}, "m2", NOW)
        transaction.rollback()
    with engine.connect() as connection:
        assert len(consent.standing(connection, here, WORDS.versions)) == 1
        assert len(queue.due(connection, here, NOW)) == 1


@pytest.mark.parametrize("purpose", Purpose)
def test_agreeing_again_after_a_withdrawal_is_a_new_consent(
    engine: Engine, citizen: Meet, purpose: Purpose
) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        consent.give(connection, here, consent_to(purpose), "m1")
        consent.withdraw(connection, here, {purpose}, "m2", NOW)
        consent.give(connection, here, consent_to(purpose), "m3")
        assert len(consent.standing(connection, here, WORDS.versions)) == 1
        assert connection.execute(select(func.count()).select_from(consent_table)).scalar_one() == 2
