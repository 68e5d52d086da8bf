"""A turn is kept whole and once: figures and reviews stand on these rows."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from bot.conversations.channel import Channel
from bot.conversations.tables import conversation, turn
from bot.conversations.turns import (
    Dated,
    Facts,
    Recorded,
    Scored,
    erase_turns,
    find_turn,
    last_outcomes,
    record_turn,
)

NOW = 1_800_000_000.0
ASKED = Facts(
    "ask_fee",
    0.91,
    "asked_back",
    "1.001193",
    (Scored("1.001193", 0.5), Scored("1.000656", 0.4)),
    (Dated("1.001193", "2026-11-21"), Dated("Q")),
    7,
    "c6db3af5e33a0e74",
    812.34,
)


@pytest.fixture
def talk(engine: Engine) -> str:
    with engine.begin() as connection:
        for id in ("c1", "c2"):
            connection.execute(
                insert(conversation).values(id=id, last_seq=0, lease_until=0.0, created_at=NOW, active_at=NOW)
            )
    return "c1"


def test_what_was_understood_comes_back_as_it_was(engine: Engine, talk: str) -> None:
    with engine.begin() as connection:
        number = record_turn(connection, talk, "m1", 1, 3, Channel.ZALO, ASKED, False, NOW)
        kept = find_turn(connection, number)
        best = connection.execute(select(turn.c.best_score)).scalar_one()
    facts = Facts(**{**vars(ASKED), "elapsed_ms": 812.3})
    assert kept == Recorded(number, talk, "m1", 1, 3, Channel.ZALO, facts, False, None, NOW)
    assert best == 0.5


def test_a_message_has_one_turn(engine: Engine, talk: str) -> None:
    """Two platforms may number their messages alike; the second must not stop the conversation."""
    with engine.begin() as connection:
        first = record_turn(connection, talk, "7", 1, 2, Channel.ZALO, ASKED, True, NOW)
        assert record_turn(connection, talk, "7", 3, 4, Channel.TELEGRAM, Facts(), None, NOW) == first
        assert record_turn(connection, "c2", "7", 1, 2, Channel.WEB, ASKED, True, NOW) != first


def test_nothing_in_a_row_is_counted_past_what_was_no_question(engine: Engine, talk: str) -> None:
    """A sticker between two questions without an answer does not mean that anything was answered."""
    turns = [("ask_fee", "answered"), ("ask_fee", "no_data"), ("", "guided"), ("ask_time", "no_data")]
    with engine.begin() as connection:
        for number, (intent, outcome) in enumerate(turns):
            facts = Facts(intent, 0.9, outcome)
            record_turn(connection, talk, str(number), 0, 0, Channel.WEB, facts, None, NOW)
        assert last_outcomes(connection, talk, 2) == ["no_data", "no_data"]
        assert last_outcomes(connection, talk, 9) == ["no_data", "no_data", "answered"]


def test_the_turns_of_others_stay(engine: Engine, talk: str) -> None:
    with engine.begin() as connection:
        mine = record_turn(connection, talk, "1", 1, 2, Channel.WEB, ASKED, True, NOW)
        other = record_turn(connection, "c2", "1", 1, 2, Channel.WEB, ASKED, True, NOW)
        assert erase_turns(connection, talk) == 1 and erase_turns(connection, talk) == 0
        assert find_turn(connection, mine) is None and find_turn(connection, other) is not None
