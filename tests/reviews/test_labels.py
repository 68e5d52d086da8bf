"""Labels: one of each reviewer, blind in audits, and never two of one person."""

from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.reviews.labels import Given, Label, Refusal, give, labels_of_others, own_label, place_of
from bot.reviews.rounds import draw_round
from bot.reviews.verdict import Reason, Verdict
from tests.reviews.conftest import NOON, Past

RIGHT, WRONG = Label(Verdict.RIGHT), Label(Verdict.WRONG, Reason.STALE)


def test_a_new_label_replaces_ones_own_only(connection: Connection, past: Past) -> None:
    turn, lan, minh = past.asked(), past.reviewer("lan"), past.reviewer("minh")
    give(connection, turn, lan, RIGHT, NOON)
    give(connection, turn, minh, RIGHT, NOON)
    full = Label(Verdict.WRONG, Reason.STALE, Intent.ASK_TIME, "1.1", "Số 0912345678 đã cũ")
    given = give(connection, turn, lan, full, NOON + 1)
    assert isinstance(given, Given) and given.label.comment == "Số 091****678 đã cũ"
    mine = own_label(connection, turn, lan)
    assert mine == given and mine.label.intent is Intent.ASK_TIME and mine.login == "lan"
    others = labels_of_others(connection, turn, lan)
    assert others is not None and [one.login for one in others] == ["minh"]


def test_a_right_answer_has_no_reason(connection: Connection, past: Past) -> None:
    given = give(connection, past.asked(), past.reviewer("lan"), Label(Verdict.RIGHT, Reason.STALE), NOON)
    assert isinstance(given, Given) and given.label.reason is None
    assert give(connection, 10**6, given.account_id, RIGHT, NOON) is Refusal.NO_TURN


def test_an_audit_is_blind_until_ones_own_label(connection: Connection, past: Past) -> None:
    """Whoever sees the colleague's verdict first agrees too often."""
    turn, lan, minh, hoa = past.asked(), *map(past.reviewer, ("lan", "minh", "hoa"))
    give(connection, turn, minh, RIGHT, NOON - 5)
    assert draw_round(connection, "Tuần", NOON - 1, NOON + 1, 5, 1.0, 1, lan, NOON) is not None
    assert labels_of_others(connection, turn, lan) is None
    assert labels_of_others(connection, turn, minh) is None, "a label of before the audit is not blind"
    give(connection, turn, lan, WRONG, NOON)
    assert labels_of_others(connection, turn, minh) is None
    give(connection, turn, minh, RIGHT, NOON + 1)
    seen = labels_of_others(connection, turn, minh)
    assert seen is not None and [one.label.verdict for one in seen] == [Verdict.WRONG]
    assert labels_of_others(connection, turn, hoa) is not None, "the audit has its two labels"


def test_labels_of_an_audit_stand_once_the_other_could_see_them(connection: Connection, past: Past) -> None:
    turn, lan, minh, hoa = past.asked(), *map(past.reviewer, ("lan", "minh", "hoa"))
    made = draw_round(connection, "Tuần", NOON - 1, NOON + 1, 5, 1.0, 1, lan, NOON)
    assert made is not None
    give(connection, turn, lan, RIGHT, NOON)
    changed = give(connection, turn, lan, WRONG, NOON + 1)
    assert isinstance(changed, Given) and changed.round_id == made.id
    give(connection, turn, minh, RIGHT, NOON + 2)
    assert give(connection, turn, lan, RIGHT, NOON + 3) is Refusal.STANDS
    assert give(connection, turn, minh, WRONG, NOON + 3) is Refusal.STANDS
    assert give(connection, turn, hoa, WRONG, NOON + 3) is Refusal.ENOUGH


def test_where_one_label_is_needed_a_second_person_is_refused(connection: Connection, past: Past) -> None:
    turn, lan, minh = past.asked(), past.reviewer("lan"), past.reviewer("minh")
    made = draw_round(connection, "Tuần", NOON - 1, NOON + 1, 5, 0.0, 1, lan, NOON)
    place = place_of(connection, turn)
    assert made is not None and place is not None and (place.round_id, place.needed) == (made.id, 1)
    give(connection, turn, lan, RIGHT, NOON)
    assert give(connection, turn, minh, WRONG, NOON) is Refusal.ENOUGH
