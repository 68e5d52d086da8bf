import pytest
from sqlalchemy import func, select

from bot.conversations.erasing import Scope, erase_words
from bot.handoffs.approvals import propose
from bot.handoffs.desk import claim, leave_contact
from bot.handoffs.erasing import erase_handoffs
from bot.handoffs.notes import add_note, notes
from bot.handoffs.tables import answer_proposal, handoff, handoff_event, staff_message, staff_note
from bot.handoffs.talking import put, take
from bot.handoffs.topics import Kind, set_topic, wants_approval

TABLES = (handoff, handoff_event, staff_message, staff_note, answer_proposal)


@pytest.fixture
def filled(connection, desk, noon):
    """Two conversations with a row in every table."""
    lan = desk.account("lan")
    set_topic(connection, Kind.INTENT, "ask_fee", "phí", lan, noon)
    topic = wants_approval(connection, "ask_fee", "", "")
    assert topic is not None
    people = [desk.citizen(), desk.citizen()]
    for person in people:
        opened = desk.handoff(person)
        leave_contact(connection, opened.id, "sealed", noon)
        claim(connection, opened.id, lan, noon)
        put(connection, opened.id, lan, person.external_id, "Chào bác", noon)
        add_note(connection, person.conversation_id, lan, "gọi lại", noon)
        propose(connection, person.conversation_id, person.id, topic, [], noon, noon)
    return lan, people


def test_everything_of_a_conversation_goes_and_nothing_else(connection, filled):
    """Words, contacts and notes about a citizen who had everything erased."""
    _, (one, other) = filled
    assert erase_handoffs(connection, one.conversation_id) == {
        "handoff_event": 4,
        "staff_message": 1,
        "answer_proposal": 1,
        "staff_note": 1,
        "handoff": 1,
    }
    left = [connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]
    assert left == [1, 4, 1, 1, 1]
    assert [spoken.conversation_id for spoken in take(connection, 10)] == [other.conversation_id]
    assert set(erase_handoffs(connection, one.conversation_id).values()) == {0}


def test_nothing_is_said_or_noted_in_an_erased_conversation(connection, filled, noon):
    lan, (one, other) = filled
    erase_words(connection, one.conversation_id, noon, b"key", Scope.CITIZEN)
    assert [spoken.conversation_id for spoken in take(connection, 10)] == [other.conversation_id]
    assert not add_note(connection, one.conversation_id, lan, "còn gì", noon)


def test_notes_are_kept_masked_in_order(connection, desk, filled, noon):
    lan, (one, _) = filled
    assert add_note(connection, one.conversation_id, lan, "số 0912345678", noon + 5)
    assert [(note.text, note.name) for note in notes(connection, one.conversation_id)] == [
        ("gọi lại", "Lan"),
        ("số 091****678", "Lan"),
    ]
    with pytest.raises(ValueError, match="empty"):
        add_note(connection, one.conversation_id, lan, " ", noon)
