"""Who has everything erased must be told the truth about what is left."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel
from bot.conversations.tables import message, tombstone
from bot.dossiers.tables import case_file
from bot.notices.tables import reminder
from bot.privacy import cascade
from bot.privacy.cascade import Manual, NothingError
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import OPERATOR
from tests.privacy.conftest import KEY, NOW, joined, wrote


def test_the_report_lists_rows_by_table_and_what_is_left_to_do(engine: Engine) -> None:
    with engine.begin() as connection:
        someone = wrote(connection, "lệ phí khai sinh", "khai tử")
        here = someone.conversation_id
        connection.execute(
            insert(case_file).values(conversation_id=here, body={}, before={}, message_id="1", updated_at=NOW)
        )
        due = {"due_day": "2026-11-30", "due_at": NOW, "try_at": NOW, "state": "waiting", "created_at": NOW}
        connection.execute(
            insert(reminder).values(conversation_id=here, kind="draft", subject="d1", mark="", **due)
        )
        audit.record(connection, OPERATOR, Action.EXPORTED, "turns", NOW + 1)
        foreseen = cascade.preview(connection, here, NOW + 2, KEY)
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 4
        assert connection.execute(select(tombstone)).all() == []
        done = cascade.erase_all(connection, OPERATOR, here, "Công dân yêu cầu", NOW + 2, KEY)
        assert done == foreseen
        assert done.rows == {"message": 4, "case_file": 1, "notice_reminder": 1}
        assert done.kept == {"conversation": 1, "identity": 1}
        assert done.manual == (Manual.BACKUPS, Manual.TRAINING, Manual.EXPORTS, Manual.ZALO)
        assert audit.entries(connection)[0].object == f"conversation:{here}"
        assert audit.entries(connection)[0].detail == {"rows": 6, "files": 0}
        with pytest.raises(NothingError):
            cascade.erase_all(connection, OPERATOR, here, "Lần nữa", NOW + 3, KEY)


def test_others_keep_what_is_theirs_and_nothing_goes_without_a_reason(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        someone = wrote(connection, "lệ phí")
        other = wrote(connection, "khai tử", channel=Channel.WEB)
        with pytest.raises(ValueError, match="reason"):
            cascade.erase_all(connection, OPERATOR, someone.conversation_id, " ", NOW, KEY)
        report = cascade.erase_all(connection, OPERATOR, someone.conversation_id, "x", NOW, KEY)
        assert report.conversations == (someone.conversation_id,)
        left = connection.execute(select(message.c.conversation_id).distinct()).scalars().all()
        assert left == [other.conversation_id]
        assert Manual.EXPORTS not in report.manual


def test_who_joined_another_channel_since_is_erased_there_too(sqlite_engine: Engine) -> None:
    """Lost: half of an erasure, when the request names the conversation of before."""
    with sqlite_engine.begin() as connection:
        before, now_at = joined(connection)
        report = cascade.erase_all(connection, OPERATOR, before, "Công dân yêu cầu", NOW, KEY)
        assert set(report.conversations) == {before, now_at}
        assert connection.execute(select(message)).all() == []
        with pytest.raises(NothingError):
            cascade.erase_all(connection, OPERATOR, now_at, "Lần nữa", NOW, KEY)
