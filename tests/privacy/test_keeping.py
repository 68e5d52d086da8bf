"""What is kept too long is kept against the law; what goes too early is lost."""

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel
from bot.conversations.tables import message
from bot.privacy import keeping
from bot.staff.audit import OPERATOR, entries
from tests.privacy.conftest import KEY, NOW, wrote

DAY = 86_400.0


def test_the_preview_counts_what_the_run_deletes(engine: Engine) -> None:
    with engine.begin() as connection:
        wrote(connection, "lệ phí", now=NOW - 366 * DAY)
        wrote(connection, "khai tử", channel=Channel.WEB, now=NOW - 364 * DAY)
        due = keeping.preview(connection, 365, NOW)
        assert (due.conversations, due.rows) == (1, {"conversation": 1, "identity": 1, "message": 2})
        assert due.before == NOW - 365 * DAY
        assert connection.execute(select(func.count()).select_from(message)).scalar_one() == 4
        erased = messages = 0
        while not (kept := keeping.step(connection, due.before, NOW, KEY)).over:
            erased, messages = erased + len(kept.conversations), messages + kept.messages
        keeping.finish(connection, OPERATOR, due.before, erased, messages, NOW)
        assert (erased, messages) == (1, 2)
        assert keeping.preview(connection, 365, NOW).conversations == 0
        newest = entries(connection)[0]
    assert newest.action == "retention_run" and newest.detail["conversations"] == 1
