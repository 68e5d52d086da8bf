"""A judgement is kept once, on its scale, without personal numbers."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from bot.conversations.feedback import COMMENT_LENGTH, Kind, Reason, record
from bot.conversations.tables import conversation, feedback

NOW = 1_800_000_000.0


@pytest.fixture
def talk(engine: Engine) -> str:
    with engine.begin() as connection:
        connection.execute(
            insert(conversation).values(id="c1", last_seq=0, lease_until=0.0, created_at=NOW, active_at=NOW)
        )
    return "c1"


def test_the_last_word_counts(engine: Engine, talk: str) -> None:
    with engine.begin() as connection:
        record(connection, talk, Kind.VISIT, 1, NOW, reason=Reason.WRONG, comment="sai phí")
        record(connection, talk, Kind.VISIT, 3, NOW + 5)
        record(connection, talk, Kind.THUMB, -1, NOW, seq=2)
        rows = connection.execute(select(feedback).order_by(feedback.c.seq)).all()
    assert [(r.kind, r.score, r.reason, r.comment, r.created_at) for r in rows] == [
        ("visit", 3, None, None, NOW + 5),
        ("thumb", -1, None, None, NOW),
    ]


def test_a_number_at_the_end_of_a_long_comment_is_masked_before_the_cut(engine: Engine, talk: str) -> None:
    comment = "a " * 246 + "022089001234 " + "b " * 300
    with engine.begin() as connection:
        record(connection, talk, Kind.VISIT, 2, NOW, comment=comment)
        kept = connection.execute(select(feedback.c.comment)).scalar_one()
    assert "02208" not in kept and "022*****" in kept and len(kept) <= COMMENT_LENGTH


@pytest.mark.parametrize(
    ("kind", "score"), [(Kind.THUMB, 0), (Kind.THUMB, 3), (Kind.VISIT, -1), (Kind.VISIT, 4)]
)
def test_a_score_off_the_scale_is_an_error(engine: Engine, talk: str, kind: Kind, score: int) -> None:
    with engine.begin() as connection, pytest.raises(ValueError, match="no score"):
        record(connection, talk, kind, score, NOW)
