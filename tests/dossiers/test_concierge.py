"""Who answers: danger, the open question, a question in between, a list further up."""

import pytest
from msgspec.structs import replace

from bot.answers.assistant import Assistant
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.turn import Turn
from bot.dossiers.casefile import CaseFile
from bot.dossiers.concierge import Concierge
from bot.dossiers.flow import Told
from tests.dossiers.records import BIRTH, CASES_ONLY, MARRIAGE
from tests.dossiers.talking import Talk


@pytest.fixture
def talk() -> Talk:
    """Somebody who was asked where the child was born."""
    talk = Talk()
    talk.press(f"start:{BIRTH.code}")
    return talk


def _chosen(talk: Talk) -> list[str]:
    return [given.option for given in talk.draft.answers]


def outcome(talk: Talk) -> Outcome:
    assert talk.last is not None
    return talk.last.outcome


def test_danger_goes_first_and_the_question_waits(talk: Talk) -> None:
    before = talk.file
    told = talk.say("cháy nhà rồi cứu với", Intent.EMERGENCY, 0.97)
    assert outcome(talk) is Outcome.SAFETY and "114" in told and talk.file == before


def test_a_guess_at_danger_gives_way_to_an_answer(talk: Talk) -> None:
    talk.say("be sinh o nha", Intent.EMERGENCY, 0.4)
    assert [given.option for given in talk.draft.answers] == ["o-nha"]


def test_a_button_s_own_words_are_never_danger(talk: Talk) -> None:
    talk.go("ở nhà")
    talk.say("không", Intent.EMERGENCY, 0.99)
    assert [given.option for given in talk.draft.answers] == ["o-nha", "khong"]


def test_real_danger_in_other_words_is_danger_even_beside_an_answer(talk: Talk) -> None:
    told = talk.say("ở nhà, chồng đang đánh em", Intent.EMERGENCY, 0.9)
    assert outcome(talk) is Outcome.SAFETY and "113" in told and talk.draft.answers == ()


def test_a_question_in_between_is_answered_and_the_own_one_asked_again(talk: Talk) -> None:
    told = talk.say("đăng ký kết hôn cần giấy tờ gì", Intent.ASK_DOCUMENTS)
    assert outcome(talk) is Outcome.ANSWERED
    assert "Quay lại hồ sơ “Khai sinh”" in told and "Bé sinh ở đâu" in told
    assert talk.context.procedure == BIRTH.code, "what is prepared stays the subject"


def test_another_dossier_can_be_begun_from_a_question_in_between(talk: Talk) -> None:
    talk.say("đăng ký kết hôn cần giấy tờ gì", Intent.ASK_DOCUMENTS)
    assert talk.last is not None
    payloads = [button.payload for button in talk.last.buttons]
    assert any(f"guide:start:{MARRIAGE.code}" in payload for payload in payloads)


def test_it_stops_asking_after_the_third(talk: Talk) -> None:
    """Somebody who asks about other things wants answers, not the same question for ever."""
    for _ in range(2):
        talk.say("lệ phí đăng ký kết hôn", Intent.ASK_FEE)
        assert talk.file.waiting is not None
    told = talk.say("lệ phí đăng ký kết hôn", Intent.ASK_FEE)
    assert talk.file.waiting is None and "vẫn được giữ" in told
    assert "Bé sinh ở đâu" in talk.say("tiếp tục", Intent.RESUME_DOSSIER)


def test_nonsense_brings_the_question_back(talk: Talk) -> None:
    told = talk.say("", Intent.OUT_OF_SCOPE, 0.0)
    assert "chưa rõ ý" in told and "Bé sinh ở đâu" in told and talk.draft.answers == ()


def test_a_guess_at_an_insult_is_an_unclear_answer(talk: Talk) -> None:
    """ "Mẹ đơn thân" once got an apology for being offended."""
    assert "chưa rõ ý" in talk.say("bà mụ đỡ", Intent.INSULT, 0.43)


def test_numbers_pick_from_what_was_offered_last(talk: Talk) -> None:
    """The assistant asked back after the guide had asked: "1" is about its list."""
    offered = (MARRIAGE.code, CASES_ONLY.code)
    talk.context = replace(talk.context, options=offered, pending=Intent.ASK_DOCUMENTS)
    talk.say("1", Intent.SELECT_OPTION)
    assert talk.last is not None and not _chosen(talk)
    assert talk.last.procedure_code == MARRIAGE.code
    talk.say("2", Intent.SELECT_OPTION)
    assert _chosen(talk) == ["o-nha"], "the guide has asked again since"


def test_courtesy_leaves_the_question_open(talk: Talk) -> None:
    talk.say("cảm ơn nhé", Intent.THANKS, 0.95)
    assert talk.file.waiting is not None
    talk.go("bệnh viện")
    assert talk.draft.answers


def test_nothing_is_begun_by_a_question(talk: Talk) -> None:
    fresh = Talk()
    fresh.say("đăng ký khai sinh cần giấy tờ gì", Intent.ASK_DOCUMENTS)
    assert fresh.file.drafts == () and fresh.last is not None
    assert any("guide:start" in button.payload for button in fresh.last.buttons)


def test_a_greeting_reminds_of_the_dossier_that_rests() -> None:
    """382 of 565 dossiers of the first trial were begun and never handed in."""
    talk = Talk()
    assert "đang chuẩn bị dở" not in talk.say("xin chào", Intent.GREET)
    talk.press(f"start:{BIRTH.code}")
    talk.say("để sau")
    assert "Khai sinh” của anh/chị đang chuẩn bị dở" in talk.say("xin chào", Intent.GREET)


class Aside:
    """Another flow: answers "việc khác" and waits for nothing after it."""

    name = "aside"

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        return turn.text == "việc khác"

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        return Told((courtesy(),), file.asking(None), context, Intent.THANKS)


def courtesy() -> Answer:
    return Answer(Outcome.COURTESY, (phrase("utter_thanks", contact=""),))


def test_the_guides_question_is_open_again_after_another_flow_took_its_place() -> None:
    """Otherwise "có đủ" would be out of scope after a reminder was set in between."""
    talk = Talk()
    talk.press(f"start:{BIRTH.code}")
    talk.concierge = Concierge(Assistant(talk.over), talk.guide, (Aside(),))
    assert "Bé sinh ở đâu" in talk.say("việc khác", Intent.THANKS)
    talk.go("bệnh viện")
    assert [given.option for given in talk.draft.answers] == ["benh-vien"]
