"""One click makes a lesson of a conversation; what it takes over must be what reviewers found right."""

from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Author
from bot.conversations.log import Entry, append
from bot.conversations.said import Offer, Said
from bot.learning.journeys_heard import heard_in
from bot.learning.lessons import propose
from bot.learning.lessons_due import due
from bot.reviews.labels import Label, give
from bot.reviews.rounds import draw_round
from bot.reviews.verdict import Reason, Verdict
from tests.learning.lesson_rows import BIRTH, MARRIAGE, VERSIONS, agree, staff, verbatim
from tests.reviews.conftest import NOON, Past, past  # noqa: F401


def test_labels_of_reviewers_come_before_what_was_understood(connection: Connection, past: Past) -> None:  # noqa: F811
    lan, who = past.reviewer("lan"), past.citizen("hoa")
    past.asked("khai sinh cần gì", who=who, intent=Intent.ASK_DOCUMENTS, code=BIRTH)
    wrong = past.asked("còn kết hôn", who=who, intent=Intent.ASK_FEE, code=BIRTH)
    vague = past.asked("làm giấy", who=who, intent=Intent.ASK_FEE, code=BIRTH)
    past.asked("đăng ký", who=who, outcome=Outcome.ASKED_BACK)
    corrected = Label(Verdict.WRONG, Reason.OTHER_PROCEDURE, Intent.ASK_DOCUMENTS, MARRIAGE)
    give(connection, wrong, lan, corrected, NOON)
    give(connection, vague, lan, Label(Verdict.WRONG, Reason.SHOULD_ASK), NOON)
    first, second, third, last = heard_in(connection, who.conversation_id, lan)
    assert (first.labels.intent, first.labels.procedure_codes) == (Intent.ASK_DOCUMENTS, (BIRTH,))
    assert not first.judged and second.judged
    assert (second.labels.intent, second.labels.procedure_codes) == (Intent.ASK_DOCUMENTS, (MARRIAGE,))
    assert (third.labels.intent, third.labels.procedure_codes, third.labels.asked_back) == (None, (), True)
    assert last.labels.asked_back is True
    assert [one.labels.say for one in heard_in(connection, who.conversation_id, lan, 2)] == [
        "làm giấy",
        "đăng ký",
    ]


def test_a_button_is_pressed_and_not_typed(connection: Connection, past: Past) -> None:  # noqa: F811
    lan, who = past.reviewer("lan"), past.citizen("hoa")
    past.asked("khai sinh", who=who, answers=0)
    buttons = (Offer("Giấy tờ cần nộp", "t"), Offer("Lệ phí", "u"))
    offer = Entry(0, Author.ASSISTANT, who.channel, Said("Anh/chị cần gì ạ?", buttons), NOON)
    append(connection, who.conversation_id, offer)
    past.asked("Lệ phí", who=who)
    past.asked("Lệ phí", who=who)
    said = [(one.labels.say, one.labels.press) for one in heard_in(connection, who.conversation_id, lan)]
    assert said == [("khai sinh", ""), ("", "Lệ phí"), ("Lệ phí", "")]


def test_corrections_wait_until_somebody_makes_lessons_of_them(connection: Connection, past: Past) -> None:  # noqa: F811
    lan, minh = staff(past, "lan"), staff(past, "minh")
    assert lan.account_id and minh.account_id
    who = past.citizen("hoa")
    agree(connection, who)
    draft = verbatim(past, who)
    corrected = Label(Verdict.WRONG, Reason.OTHER_QUESTION, Intent.ASK_FEE)
    assert draft.turn_id
    give(connection, draft.turn_id, lan.account_id, corrected, NOON)
    give(connection, past.asked("hay quá"), lan.account_id, Label(Verdict.RIGHT), NOON)
    give(connection, past.asked("sai rồi"), lan.account_id, Label(Verdict.WRONG, Reason.UNCLEAR), NOON)
    (one,) = due(connection, minh.account_id)
    assert (one.turn_id, one.question, one.label) == (draft.turn_id, draft.text, corrected)
    propose(connection, minh, draft, "x", NOON, versions=VERSIONS)
    assert due(connection, minh.account_id) == []


def test_labels_that_are_hidden_do_not_show_in_the_list(connection: Connection, past: Past) -> None:  # noqa: F811
    """In an audit two reviewers must not know of each other."""
    lan, minh = past.reviewer("lan"), past.reviewer("minh")
    who = past.citizen("hoa")
    number = past.asked("lệ phí", who=who)
    assert draw_round(connection, "Tuần", NOON - 1, NOON + 1, 1, 1.0, 1, lan, NOON)
    give(connection, number, lan, Label(Verdict.WRONG, Reason.OTHER_QUESTION, Intent.ASK_TIME), NOON)
    assert len(due(connection, lan)) == 1 and due(connection, minh) == []
    assert not heard_in(connection, who.conversation_id, minh)[0].judged
