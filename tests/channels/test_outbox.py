"""What a citizen loses when these fail: an answer that never comes, comes twice or in the wrong order."""

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.channels import outbox
from bot.channels.states import OutboxState
from bot.control.stopping import Cause, start, stop, stopped
from bot.conversations.channel import Channel
from bot.conversations.people import Person, meet
from tests.channels.conftest import START


def person(connection: Connection, external_id: str = "111") -> Person:
    return meet(connection, Channel.ZALO, external_id, START)


def fill(connection: Connection, *texts: str, to: str = "111") -> Person:
    someone = person(connection, to)
    outbox.enqueue(connection, someone, [{"message": {"text": text}} for text in texts], START)
    return someone


def texts(parts: list[outbox.Part]) -> list[str]:
    return [part.payload["message"]["text"] for part in parts]


def test_one_call_at_a_time_for_each_citizen_in_order(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, "một", "hai")
        fill(connection, "uno", to="222")
        first = outbox.claim(connection, "a", START, 9)
        assert sorted(texts(first)) == ["một", "uno"]
        assert outbox.claim(connection, "b", START, 9) == []
        outbox.finish(connection, first[0], OutboxState.SENT, START, "m1")
        outbox.finish(connection, first[1], OutboxState.SENT, START, "m2")
        assert texts(outbox.claim(connection, "b", START, 9)) == ["hai"]


def test_a_postponed_part_holds_those_behind_it(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, "một", "hai")
        (part,) = outbox.claim(connection, "a", START, 9)
        assert outbox.postpone(connection, part, START + 5, "429")
        assert outbox.claim(connection, "a", START + 4, 9) == []
        (again,) = outbox.claim(connection, "a", START + 5, 9)
        assert (texts([again]), part.attempt, again.attempt) == (["một"], 1, 2)


def test_what_a_crash_interrupted_is_in_doubt_and_not_sent_again_by_itself(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, "một", "hai")
        outbox.claim(connection, "a", START, 9)
        assert outbox.doubt(connection, "b", START + 30, 60) == 0
        assert outbox.doubt(connection, "a", START + 30, 60) == 1
        assert outbox.claim(connection, "a", START + 30, 9) == []
        # An echo could not be heard before: patience begins when the crash is noticed.
        assert outbox.doubtful(connection, Channel.ZALO, START + 30) == []
        (part,) = outbox.doubtful(connection, Channel.ZALO, START + 31)
        assert outbox.abandon(connection, part, START + 31)
        assert not outbox.abandon(connection, part, START + 31)
        assert texts(outbox.claim(connection, "a", START + 31, 9)) == ["hai"]


def test_who_was_away_again_waits_for_the_echo_from_the_start(engine: Engine) -> None:
    """Else an answer that arrived would be sent again because nobody was there to hear of it."""
    with engine.begin() as connection:
        fill(connection, "một")
        outbox.claim(connection, "a", START, 9)
        outbox.doubt(connection, "a", START + 30, 60)
        outbox.listen_anew(connection, START + 100)
        assert outbox.doubtful(connection, Channel.ZALO, START + 100) == []
        assert len(outbox.doubtful(connection, Channel.ZALO, START + 101)) == 1


def test_a_process_that_disappeared_is_noticed_by_the_others(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, "một")
        outbox.claim(connection, "gone", START, 9)
        assert outbox.doubt(connection, "other", START + 59, 60) == 0
        assert outbox.doubt(connection, "other", START + 61, 60) == 1


def test_the_platforms_own_word_settles_a_doubt(engine: Engine) -> None:
    with engine.begin() as connection:
        someone = fill(connection, "một")
        outbox.claim(connection, "a", START, 9)
        outbox.doubt(connection, "a", START, 60)
        assert not outbox.confirm(connection, someone.id, "m1", "khác", START + 1)
        assert outbox.confirm(connection, someone.id, "m1", "một", START + 1)
        assert outbox.doubtful(connection, Channel.ZALO, START + 99) == []


def test_an_old_word_does_not_settle_a_new_message_with_the_same_text(engine: Engine) -> None:
    """The second answer would otherwise be taken for delivered and be lost."""
    with engine.begin() as connection:
        someone = fill(connection, "vâng", "vâng")
        (first,) = outbox.claim(connection, "a", START, 9)
        outbox.finish(connection, first, OutboxState.SENT, START, "m1")
        outbox.claim(connection, "a", START, 9)
        outbox.doubt(connection, "a", START, 60)
        assert not outbox.confirm(connection, someone.id, "m1", "vâng", START + 1)
        assert outbox.confirm(connection, someone.id, "m2", "vâng", START + 1)


def test_a_citizen_who_left_is_written_to_no_more(engine: Engine) -> None:
    with engine.begin() as connection:
        someone = fill(connection, "một", "hai")
        outbox.claim(connection, "a", START, 9)
        assert outbox.give_up(connection, someone.id, START, "blocked") == 1


def test_a_stopped_channel_keeps_everything_until_it_runs_again(engine: Engine) -> None:
    with engine.begin() as connection:
        fill(connection, "một")
        assert stop(connection, Channel.ZALO, Cause.ORDERED, "bảo trì", START)
        assert not stop(connection, Channel.ZALO, Cause.ORDERED, "lần nữa", START)
        assert stopped(connection) == {Channel.ZALO: "bảo trì"}
        assert outbox.claim(connection, "a", START, 9) == []
        assert start(connection, Channel.ZALO)
        assert texts(outbox.claim(connection, "a", START, 9)) == ["một"]


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.DEAD])
def test_a_settled_part_stays_settled(engine: Engine, state: OutboxState) -> None:
    with engine.begin() as connection:
        fill(connection, "một")
        (part,) = outbox.claim(connection, "a", START, 9)
        assert outbox.finish(connection, part, state, START)
        assert not outbox.finish(connection, part, OutboxState.SENT, START)
        assert not outbox.postpone(connection, part, START, "late")
