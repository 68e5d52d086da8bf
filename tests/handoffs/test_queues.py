from bot.handoffs.desk import claim, end, forward, leave_contact
from bot.handoffs.queues import Counts, changed_since, counts, ended, held_by_others, left, mine, waiting
from bot.handoffs.states import Ending, Urgency


def ids(rows):
    return [row.handoff.id for row in rows]


def test_the_most_urgent_and_then_the_oldest_come_first(connection, desk, noon):
    """Somebody in danger must not stand behind fifty questions about fees."""
    young, old = desk.handoff(now=noon + 60), desk.handoff(now=noon)
    angry = desk.handoff(now=noon + 90, urgency=Urgency.ANGRY)
    danger = desk.handoff(now=noon + 99, urgency=Urgency.SAFETY)
    overdue = desk.handoff(now=noon + 95, urgency=Urgency.OVERDUE)
    order = [danger.id, overdue.id, angry.id, old.id, young.id]
    assert ids(waiting(connection, 10)) == order
    assert ids(waiting(connection, 2, 1)) == order[1:3]
    assert waiting(connection, 10, 5) == []


def test_each_handoff_stands_in_one_queue(connection, desk, noon):
    lan, minh = desk.account("lan"), desk.account("minh")
    free, hers, his, for_him, called, done = (desk.handoff() for _ in range(6))
    for one, account in ((hers, lan), (his, minh), (for_him, lan), (done, lan)):
        assert claim(connection, one.id, account, noon)
    forward(connection, for_him.id, lan, minh, "", noon)
    leave_contact(connection, called.id, "sealed", noon)
    end(connection, done.id, lan, Ending.SOLVED, "", noon)
    assert ids(waiting(connection)) == [free.id]
    assert ids(mine(connection, lan)) == [hers.id]
    assert ids(mine(connection, minh)) == [his.id, for_him.id]
    assert ids(held_by_others(connection, lan)) == [his.id, for_him.id]
    assert ids(held_by_others(connection, minh)) == [hers.id]
    assert ids(left(connection)) == [called.id]
    assert ids(ended(connection)) == [done.id]
    assert counts(connection, lan) == Counts(waiting=1, mine=1, held_by_others=2, left=1)
    assert counts(connection, minh) == Counts(waiting=1, mine=2, held_by_others=1, left=1)


def test_a_row_shows_the_last_words_of_the_citizen_and_who_has_it(connection, desk, noon):
    lan, person = desk.account("lan"), desk.citizen()
    desk.wrote(person, "câu đầu", noon)
    desk.wrote(person, "câu cuối", noon + 5)
    desk.wrote(desk.citizen(), "của người khác", noon + 9)
    opened, silent = desk.handoff(person), desk.handoff()
    claim(connection, opened.id, lan, noon + 10)
    (row,) = mine(connection, lan)
    assert (row.last_text, row.last_at, row.holder_name) == ("câu cuối", noon + 5, "Lan")
    (other,) = waiting(connection)
    assert other.handoff.id == silent.id
    assert (other.last_text, other.last_at, other.holder_name) == ("", None, "")


def test_waiting_goes_on_until_a_person_spoke(connection, desk, noon):
    """A claim without a word is no help to the citizen."""
    lan, opened = desk.account("lan"), desk.handoff()
    claim(connection, opened.id, lan, noon + 10)
    (row,) = mine(connection, lan)
    assert row.waited(noon + 25) == 25
    end(connection, opened.id, lan, Ending.NO_ANSWER, "", noon + 30)
    (row,) = ended(connection)
    assert row.waited(noon + 99) == 30


def test_the_history_shows_what_ended_last_first(connection, desk, noon):
    one, two = desk.handoff(), desk.handoff()
    end(connection, one.id, None, Ending.EXPIRED, "", noon + 9)
    end(connection, two.id, None, Ending.EXPIRED, "", noon + 5)
    assert ids(ended(connection)) == [one.id, two.id]
    assert ids(ended(connection, 1, 1)) == [two.id]


def test_a_change_is_seen_once(connection, desk, noon):
    """A list that is not drawn anew hides a citizen who waits."""
    assert changed_since(connection, noon) == noon
    desk.handoff(now=noon + 7)
    assert changed_since(connection, noon) == noon + 7
    assert changed_since(connection, noon + 7) == noon + 7
