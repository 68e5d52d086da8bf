from bot.handoffs.desk import current, find
from bot.handoffs.moving import move
from bot.handoffs.notes import add_note, notes
from bot.handoffs.states import Ending, State


def test_a_hand_off_follows_the_citizen_with_its_notes(connection, desk, noon):
    """Staff would answer into a conversation that nobody reads any more."""
    lan = desk.account("lan")
    before, after = desk.citizen(), desk.citizen()
    opened = desk.handoff(before)
    add_note(connection, before.conversation_id, lan, "đã gọi chị Lan", noon)
    move(connection, before.conversation_id, after.conversation_id, noon)
    assert current(connection, before.conversation_id) is None
    there = current(connection, after.conversation_id)
    assert there is not None and there.id == opened.id
    assert [note.text for note in notes(connection, after.conversation_id)] == ["đã gọi chị Lan"]


def test_of_two_hand_offs_the_one_of_the_new_conversation_goes_on(connection, desk, noon):
    before, after = desk.citizen(), desk.citizen()
    former, present = desk.handoff(before), desk.handoff(after)
    move(connection, before.conversation_id, after.conversation_id, noon)
    there, ended = current(connection, after.conversation_id), find(connection, former.id)
    assert there is not None and there.id == present.id
    assert ended is not None and (ended.state, ended.ending) == (State.ENDED, Ending.CITIZEN_LEFT)
