from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.database import connect
from bot.handoffs.desk import claim, find, history, release
from bot.handoffs.filling import GAP
from bot.handoffs.plain import LONGEST
from bot.handoffs.states import Happening
from bot.handoffs.tables import staff_message
from bot.handoffs.talking import put, refuse, stamp, take


@pytest.fixture
def held(connection, desk, noon):
    """(hand-off, the account that holds it, another account)."""
    holder, other = desk.account("lan"), desk.account("minh")
    opened = desk.handoff()
    claim(connection, opened.id, holder, noon)
    return opened, holder, other


def answered_at(connection, handoff_id):
    found = find(connection, handoff_id)
    assert found is not None
    return found.answered_at


def test_only_the_holder_speaks(connection, desk, noon, held):
    """Two voices at once would confuse a citizen about whom they are talking to."""
    opened, holder, other = held
    assert not put(connection, opened.id, other, "a", "Chào bác", noon)
    assert put(connection, opened.id, holder, "b", "Chào bác", noon)
    assert release(connection, opened.id, holder, noon)
    assert not put(connection, opened.id, holder, "c", "Còn nữa", noon)
    assert not put(connection, 999, holder, "d", "Chào bác", noon)
    assert [spoken.text for spoken in take(connection, 10)] == ["Chào bác"]


def test_pressing_twice_says_it_once(connection, noon, held):
    opened, holder, _ = held
    assert put(connection, opened.id, holder, "same", "Chào bác", noon)
    assert not put(connection, opened.id, holder, "same", "Chào bác", noon)
    assert len(take(connection, 10)) == 1
    replies = [event for event in history(connection, opened.id) if event.happening is Happening.REPLIED]
    assert [event.account_id for event in replies] == [holder]


def test_it_is_said_as_written_and_kept_masked(connection, noon, held):
    """The citizen needs the number; whoever reads the log later does not."""
    opened, holder, _ = held
    put(connection, opened.id, holder, "a", "  Số 0912345678\u200b\r\n gọi\tlại ", noon, suggested=True)
    (spoken,) = take(connection, 10)
    assert (spoken.text, spoken.suggested) == ("Số 0912345678\ngọi lại", True)
    assert spoken.identity_id == opened.identity_id
    assert stamp(connection, spoken.id, noon + 30)
    assert not stamp(connection, spoken.id, noon + 40)
    assert take(connection, 10) == []
    row = connection.execute(select(staff_message)).one()
    assert (row.text, row.said_at) == ("Số 091****678\ngọi lại", noon + 30)


def test_the_first_reply_counts_when_it_is_said(connection, noon, held):
    """A reply that never reached the citizen ends no waiting."""
    opened, holder, _ = held
    for name in ("a", "b", "c"):
        put(connection, opened.id, holder, name, name, noon)
    first, second, third = take(connection, 10)
    assert refuse(connection, first.id, "window_closed", noon + 5)
    assert not stamp(connection, first.id, noon + 6)
    assert answered_at(connection, opened.id) is None
    stamp(connection, second.id, noon + 20)
    stamp(connection, third.id, noon + 30)
    assert answered_at(connection, opened.id) == noon + 20


def test_messages_are_taken_in_order_and_no_more_than_wanted(connection, noon, held):
    opened, holder, _ = held
    for name in ("một", "hai", "ba"):
        put(connection, opened.id, holder, name, name, noon)
    assert [spoken.text for spoken in take(connection, 2)] == ["một", "hai"]


@pytest.mark.parametrize("text", ["", " \u200b\n ", "a" * (LONGEST + 1), f"Lệ phí là {GAP} đồng"])
def test_what_cannot_be_said_is_refused_at_once(connection, noon, held, text):
    """Nobody should be told to pay a gap."""
    opened, holder, _ = held
    with pytest.raises(ValueError, match="empty|too long|gap"):
        put(connection, opened.id, holder, "a", text, noon)


def test_the_longest_text_passes(connection, noon, held):
    opened, holder, _ = held
    assert put(connection, opened.id, holder, "a", "ệ" * LONGEST, noon)
    with pytest.raises(ValueError, match="client id"):
        put(connection, opened.id, holder, "a" * 65, "a", noon)


def test_two_gateways_do_not_say_the_same(postgres_url, templates, desk_of, noon):
    """The citizen would read every answer twice."""
    templates.fill(postgres_url)
    engine = connect(postgres_url)
    with engine.begin() as connection:
        desk = desk_of(connection)
        lan, opened = desk.account("lan"), desk.handoff()
        claim(connection, opened.id, lan, noon)
        put(connection, opened.id, lan, "a", "Chào bác", noon)
    with engine.begin() as one, engine.begin() as two, ThreadPoolExecutor(1) as pool:
        (spoken,) = take(one, 10)
        assert pool.submit(take, two, 10).result(timeout=5) == []
        assert stamp(one, spoken.id, noon)
    engine.dispose()
