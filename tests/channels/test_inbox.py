"""What a citizen loses when these fail: a message that vanishes, or one that is answered twice."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.channels import inbox
from bot.channels.states import InboxState
from bot.channels.tables import inbox as table
from bot.conversations.log import entries
from bot.conversations.tables import conversation
from bot.database import connect
from tests.channels.conftest import START, sent_text


def accept(engine: Engine, number: int, at: float | None = None, now: float = START, person: str = "111"):
    with engine.begin() as connection:
        return inbox.accept(connection, sent_text(number, external_id=person, at=at), now, 0.3)


def test_a_repeat_is_recognised_and_gets_the_number_of_the_first(engine: Engine) -> None:
    first, other, again = accept(engine, 1), accept(engine, 2), accept(engine, 1)
    assert (first.new, other.new, again.new) == (True, True, False)
    assert (first.seq, other.seq, again.seq) == (1, 2, 1)
    with engine.connect() as connection:
        assert [e.said.text for e in entries(connection, first.conversation_id)] == ["câu 1", "câu 2"]


def test_twenty_deliveries_at_once_are_one_message(engine: Engine, database_url: str) -> None:
    """Platforms deliver again while the first delivery is still being stored."""

    def deliver(_: int) -> bool:
        own = connect(database_url)
        try:
            with own.begin() as connection:
                return inbox.accept(connection, sent_text(1), START, 0.0).new
        finally:
            own.dispose()

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(deliver, range(20))) == 1
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 1


def test_a_burst_delivered_backwards_is_answered_in_the_order_it_was_written(engine: Engine) -> None:
    accept(engine, 2, at=START + 0.2, now=START + 0.3)
    accept(engine, 1, at=START + 0.1, now=START + 0.5)
    with engine.begin() as connection:
        assert inbox.claim(connection, "a", START + 0.5, 60, 9) == []
        assert inbox.next_due(connection) == START + 0.6
        (held,) = inbox.claim(connection, "a", START + 0.6, 60, 9)
        assert inbox.begin(connection, held, "a", START + 0.6, 60) is None
    # The first may come last of all: each of the others waits for it.
    accept(engine, 0, at=START, now=START + 0.7)
    with engine.begin() as connection:
        assert inbox.claim(connection, "a", START + 0.7, 60, 9) == []
        (held,) = inbox.claim(connection, "a", START + 1.0, 60, 9)
        begun = []
        while message := inbox.begin(connection, held, "a", START + 1.0, 60):
            begun.append(message.incoming.text)
            inbox.finish(connection, message, InboxState.ANSWERED, "", START + 1.0)
    assert begun == ["câu 0", "câu 1", "câu 2"]


def test_only_one_worker_holds_a_conversation_until_its_lease_ends(engine: Engine) -> None:
    """Two answers to neighbouring messages would cross."""
    accept(engine, 1)
    with engine.begin() as connection:
        (held,) = inbox.claim(connection, "a", START + 1, 60, 9)
        assert inbox.claim(connection, "b", START + 2, 60, 9) == []
        assert inbox.begin(connection, held, "b", START + 2, 60) is None
        assert inbox.claim(connection, "b", START + 61.5, 60, 9) == [held]
        assert inbox.begin(connection, held, "a", START + 62, 60) is None


def test_a_worker_that_was_overtaken_may_not_answer(engine: Engine) -> None:
    accept(engine, 1)
    with engine.begin() as connection:
        (held,) = inbox.claim(connection, "slow", START + 1, 60, 9)
        old = inbox.begin(connection, held, "slow", START + 1, 60)
        inbox.claim(connection, "quick", START + 90, 60, 9)
        new = inbox.begin(connection, held, "quick", START + 90, 60)
        assert old is not None and new is not None
        assert not inbox.finish(connection, old, InboxState.ANSWERED, "answered", START + 91)
        assert inbox.finish(connection, new, InboxState.ANSWERED, "answered", START + 92)
        assert not inbox.finish(connection, new, InboxState.ANSWERED, "answered", START + 93)


def test_what_stands_behind_a_failed_message_waits_with_it(engine: Engine) -> None:
    accept(engine, 1)
    accept(engine, 2)
    with engine.begin() as connection:
        (held,) = inbox.claim(connection, "a", START + 1, 60, 9)
        message = inbox.begin(connection, held, "a", START + 1, 60)
        assert message is not None
        inbox.postpone(connection, message, START + 10)
        assert inbox.begin(connection, held, "a", START + 2, 60) is None
        inbox.release(connection, held, "a")
        assert inbox.claim(connection, "a", START + 9, 60, 9) == []
        inbox.claim(connection, "a", START + 10, 60, 9)
        again = inbox.begin(connection, held, "a", START + 10, 60)
    assert again is not None and (again.incoming.text, again.attempt) == ("câu 1", 2)


def test_after_a_crash_the_same_process_takes_its_conversations_up_at_once(engine: Engine) -> None:
    accept(engine, 1)
    with engine.begin() as connection:
        inbox.claim(connection, "a", START + 1, 60, 9)
        assert inbox.release_all(connection, "a") == 1
        assert len(inbox.claim(connection, "a", START + 2, 60, 9)) == 1


def test_a_late_answer_is_apologised_for_once(engine: Engine) -> None:
    accept(engine, 1, now=START)
    with engine.begin() as connection:
        assert inbox.overdue(connection, START) == []
        ((late, _),) = inbox.overdue(connection, START + 1)
        assert inbox.mark_apologised(connection, late, START + 21)
        assert not inbox.mark_apologised(connection, late, START + 22)
        assert inbox.overdue(connection, START + 1) == []


def test_letting_go_takes_a_conversation_from_nobody_else(engine: Engine) -> None:
    """Workers that release what another holds by now would keep each other from answering for ever."""
    with engine.begin() as connection:
        inbox.accept(connection, sent_text(1), START, 0.0)
        (mine,) = inbox.claim(connection, "one", START, 60.0, 5)
        first = inbox.begin(connection, mine, "one", START, 60.0)
        assert first is not None
        assert inbox.claim(connection, "two", START + 100, 60.0, 5) == [mine]
        assert inbox.begin(connection, mine, "one", START + 100, 60.0) is None
        second = inbox.begin(connection, mine, "two", START + 100, 60.0)
        assert second is not None and second.id == first.id
        assert inbox.finish(connection, second, InboxState.ANSWERED, "", START + 100)
        assert inbox.begin(connection, mine, "two", START + 100, 60.0) is None
        owner = select(conversation.c.lease_owner).where(conversation.c.id == mine)
        assert connection.execute(owner).scalar_one() is None
