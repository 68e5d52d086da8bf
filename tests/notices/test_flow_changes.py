"""What citizens lose when these fail: news of what they chose, and a say in how their words are used."""

import pytest

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, act, phrase
from bot.answers.reply import Reply
from bot.conversations import feedback
from bot.dossiers.casefile import CaseFile
from bot.notices.purpose import Purpose
from bot.notices.watching import MOST_WATCHED
from tests.notices.conftest import CODE, DRAFT
from tests.notices.test_flow import SAY, Talk, acts, talk

__all__ = ["talk"]

BIRTH, MARRIAGE = "1.001193", "1.000894"


def answered(intent: Intent = Intent.ASK_FEE, buttons: int = 1) -> Reply:
    some = tuple(act(phrase("utter_guide_button_begin"), f"guide:start:{n}") for n in range(buttons))
    answer = Answer(Outcome.ANSWERED, (phrase("utter_thanks"),), some, procedure_code=BIRTH)
    return Reply((answer,), Context(), intent)


def courtesy(intent: Intent = Intent.THANKS) -> Reply:
    return Reply((Answer(Outcome.COURTESY, (phrase("utter_thanks"),)),), Context(), intent)


def test_the_procedure_is_named_before_and_after_agreeing(talk: Talk) -> None:
    asked = talk.taps(f"notice:ask:changes/{BIRTH}")
    assert [one.id for one in asked.phrases] == ["utter_notice_about_procedure", "utter_notice_ask_changes"]
    assert "Đăng ký khai sinh" in SAY.text(asked)
    assert talk.desk.watched(talk.conversation_id) == ()
    done = talk.presses(asked, 0)
    assert "Đăng ký khai sinh (mã 1.001193)" in SAY.text(done)
    assert talk.desk.watched(talk.conversation_id) == (BIRTH,)
    assert [one.purpose for one in talk.desk.standing(talk.conversation_id)] == [Purpose.CHANGES]


def test_the_second_procedure_needs_no_second_consent(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:changes/{BIRTH}"), 0)
    told = talk.says("báo tôi khi thủ tục đăng ký kết hôn thay đổi")
    assert told is not None and told.phrases[0].id == "utter_notice_watching"
    assert talk.desk.watched(talk.conversation_id) == (BIRTH, MARRIAGE)


def test_the_procedure_spoken_of_is_meant_where_none_is_named(talk: Talk) -> None:
    talk.context = Context(procedure=MARRIAGE)
    asked = talk.says("khi nào đổi lệ phí thì nhắn tôi")
    assert asked is not None and "Đăng ký kết hôn" in SAY.text(asked)
    assert talk.says("đồng ý") is not None
    assert talk.desk.watched(talk.conversation_id) == (MARRIAGE,)


def test_what_is_not_named_surely_is_asked_for(talk: Talk) -> None:
    """Lost: hearing of the wrong procedure."""
    nothing = talk.says("báo tôi khi có gì mới")
    assert nothing is not None and nothing.phrases[0].id == "utter_notice_watch_which"
    two = talk.says("báo tôi khi thủ tục đăng ký thay đổi")
    assert two is not None
    assert acts(two) == [f"notice:ask:changes/{BIRTH}", f"notice:ask:changes/{MARRIAGE}"]
    assert talk.taps("notice:ask:changes/9.999999").phrases[0].id == "utter_option_gone"


def test_what_is_watched_is_listed_and_ends_as_everything_else(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:changes/{BIRTH}"), 0)
    talk.taps(f"notice:ask:changes/{MARRIAGE}")
    listed = talk.says("tôi đã đồng ý gì")
    assert listed is not None and "• Đăng ký kết hôn (mã 1.000894)" in SAY.text(listed)
    assert talk.taps(f"notice:unwatch:{BIRTH}").phrases[0].id == "utter_notice_unwatched"
    assert talk.desk.watched(talk.conversation_id) == (MARRIAGE,)
    assert talk.says("đừng nhắc nữa") is not None
    assert talk.desk.watched(talk.conversation_id) == ()
    assert talk.desk.standing(talk.conversation_id) == ()


def test_changes_alone_can_be_ended(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:{CODE}"), 0)
    talk.presses(talk.taps(f"notice:ask:changes/{BIRTH}"), 0)
    ended = talk.says("thôi báo thay đổi")
    assert ended is not None and "báo khi thủ tục anh/chị chọn thay đổi" in SAY.text(ended)
    assert [one.purpose for one in talk.desk.standing(talk.conversation_id)] == [Purpose.FOLLOW]


def test_who_watches_too_much_can_let_go(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:changes/{BIRTH}"), 0)
    for number in range(MOST_WATCHED - 1):
        talk.desk.watch(talk.conversation_id, f"2.{number:06}", 7)
    full = talk.taps(f"notice:ask:changes/{MARRIAGE}")
    assert full.phrases[0].id == "utter_notice_watch_too_many"
    assert acts(full) == [f"notice:unwatch:{BIRTH}"]


def test_an_answer_offers_it_where_there_is_room(talk: Talk) -> None:
    reply, file = talk.flow.added(talk.turn("lệ phí"), answered(), talk.file)
    assert acts(reply.answers[0])[-1] == f"notice:ask:changes/{BIRTH}" and file is talk.file
    earlier = Reply((*answered().answers, *answered(buttons=0).answers), Context(), Intent.ASK_FEE)
    for full in (answered(buttons=4), earlier, answered(Intent.COUNT_PROCEDURES), courtesy(Intent.GREET)):
        assert talk.flow.added(talk.turn("lệ phí"), full, talk.file) == (full, talk.file)
    talk.desk.watch(talk.conversation_id, BIRTH, 7)
    assert talk.flow.added(talk.turn("lệ phí"), answered(), talk.file)[0] == answered()
    talk.channel = ""
    assert talk.flow.added(talk.turn("lệ phí"), answered(), talk.file)[0] == answered()


@pytest.mark.parametrize("intent", [Intent.THANKS, Intent.GOODBYE, Intent.FEEDBACK])
def test_whether_to_improve_is_asked_once_when_they_are_through(talk: Talk, intent: Intent) -> None:
    reply, file = talk.flow.added(talk.turn("cảm ơn"), courtesy(intent), CaseFile())
    asked = reply.answers[-1]
    assert asked.phrases[0].id == "utter_notice_ask_improve" and reply.outcome is Outcome.COURTESY
    assert file.asked == ("improve",) and file.waiting is None
    assert talk.flow.added(talk.turn("cảm ơn"), courtesy(intent), file) == (courtesy(intent), file)
    assert talk.presses(asked, 0).phrases[0].id == "utter_notice_on_improve"
    assert talk.desk.agreed(talk.conversation_id, Purpose.IMPROVE)


def test_whoever_judged_an_answer_is_asked_after_the_next_that_needs_nothing(talk: Talk) -> None:
    plain = courtesy(Intent.CAPABILITIES)
    assert talk.flow.added(talk.turn("bạn làm được gì"), plain, CaseFile()) == (plain, CaseFile())
    with talk.engine.begin() as connection:
        feedback.record(connection, talk.conversation_id, feedback.Kind.VISIT, 3, 0.0)
    reply, file = talk.flow.added(talk.turn("bạn làm được gì"), plain, CaseFile())
    assert reply.answers[-1].phrases[0].id == "utter_notice_ask_improve" and file.asked == ("improve",)
    offering, _ = talk.flow.added(talk.turn("lệ phí"), answered(), CaseFile())
    assert len(offering.answers) == 1, "useful buttons stay the last"


def test_nobody_is_asked_after_bad_news(talk: Talk) -> None:
    """Danger, an error or a question without an answer is no moment for a favour."""
    for outcome in (Outcome.SAFETY, Outcome.NO_DATA, Outcome.ERROR, Outcome.HANDED_OFF):
        bad = Reply((Answer(outcome, (phrase("utter_thanks"),)),), Context(), Intent.FEEDBACK)
        assert talk.flow.added(talk.turn("góp ý"), bad, CaseFile()) == (bad, CaseFile())


def test_nobody_is_asked_in_the_middle_of_a_dossier(talk: Talk) -> None:
    assert talk.flow.added(talk.turn("cảm ơn"), courtesy(), talk.file) == (courtesy(), talk.file)
    talk.taps(f"notice:ask:{DRAFT}")
    waiting = CaseFile(waiting=talk.file.waiting)
    assert waiting.waiting is not None
    assert talk.flow.added(talk.turn("cảm ơn"), courtesy(), waiting) == (courtesy(), waiting)


def test_whoever_agreed_is_not_asked(talk: Talk) -> None:
    talk.presses(talk.taps("notice:ask:improve"), 0)
    assert talk.flow.added(talk.turn("cảm ơn"), courtesy(), CaseFile()) == (courtesy(), CaseFile())


@pytest.mark.parametrize(
    "text",
    ["tôi đồng ý cho dùng hội thoại để cải thiện", "dong y cai thien tro ly", "cho phép dùng hội thoại ạ"],
)
def test_words_alone_do_not_agree_to_a_text_not_read(talk: Talk, text: str) -> None:
    asked = talk.says(text)
    assert asked is not None and asked.phrases[0].id == "utter_notice_ask_improve"
    assert talk.desk.standing(talk.conversation_id) == ()
    talk.presses(asked, 0)
    assert talk.desk.agreed(talk.conversation_id, Purpose.IMPROVE)


@pytest.mark.parametrize("text", ["rút đồng ý cải thiện", "không cho dùng hội thoại để cải thiện nữa"])
def test_improving_is_withdrawn_alone(talk: Talk, text: str) -> None:
    for subject in (DRAFT, "improve"):
        talk.presses(talk.taps(f"notice:ask:{subject}"), 0)
    ended = talk.says(text)
    assert ended is not None and ended.phrases[0].id == "utter_notice_ended_one"
    assert [one.purpose for one in talk.desk.standing(talk.conversation_id)] == [Purpose.REMINDERS]
