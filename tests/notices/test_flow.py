"""What citizens lose when these fail: being asked before anything is kept, and a way out at any time."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.phrase import Answer
from bot.answers.turn import Pressed, Turn
from bot.conversations import people
from bot.conversations.channel import Channel
from bot.dossiers.casefile import CaseFile, Draft, Phase, Waiting
from bot.knowledge_source import wording_from
from bot.notices.desk import NoticeDesk
from bot.notices.flow import NoticeFlow
from bot.notices.purpose import Purpose
from bot.notices.tables import reminder
from tests.conftest import ROOT
from tests.notices.conftest import CODE, DAY, DRAFT, HOURS, NOW, WORDS, Clock, at

SAY = wording_from(ROOT / "domain.yml")
TODAY = date(2026, 11, 24)
READY = CaseFile((Draft(DRAFT, "1.001193", Phase.READY, TODAY, TODAY),), active=DRAFT)


class Two:
    """Two procedures; a text means whichever of them it names."""

    NAMES = {"1.001193": "Đăng ký khai sinh", "1.000894": "Đăng ký kết hôn"}
    revision = 7

    def name(self, code: str) -> str | None:
        return self.NAMES.get(code)

    def find(self, text: str) -> tuple[str, ...]:
        return tuple(code for code, name in self.NAMES.items() if text in name.lower())


@dataclass
class Talk:
    """One citizen on Telegram and the flow alone."""

    flow: NoticeFlow
    desk: NoticeDesk
    engine: Engine
    conversation_id: str
    file: CaseFile = field(default_factory=CaseFile)
    said: int = 0
    watched: list[str] = field(default_factory=list)
    channel: str = "telegram"
    context: Context = Context()

    def turn(self, text: str = "", act: str | None = None) -> Turn:
        self.said += 1
        pressed = Pressed(act=act) if act else None
        number = f"m{self.said}"
        return Turn(text, (), TODAY, (), pressed, None, self.channel, self.conversation_id, number)

    def says(self, text: str) -> Answer | None:
        """None when the flow leaves the message to others."""
        return self._hear(self.turn(text))

    def taps(self, act: str) -> Answer:
        answer = self._hear(self.turn(act=act))
        assert answer is not None
        return answer

    def presses(self, answer: Answer, number: int) -> Answer:
        """A button of an answer."""
        return self.taps(acts(answer)[number])

    def planned(self) -> list[str]:
        """Kinds of the reminders that wait."""
        query = select(reminder.c.kind).where(reminder.c.state == "waiting").order_by(reminder.c.kind)
        with self.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def _hear(self, turn: Turn) -> Answer | None:
        if not self.flow.claims(turn, self.file):
            return None
        before = self.file
        told = self.flow.respond(turn, before, self.context)
        # A turn may be run again after a crash, with the file of before.
        assert self.flow.respond(turn, before, self.context) == told
        self.file = told.file
        (answer,) = told.answers
        assert SAY.text(answer)
        return answer


def acts(answer: Answer) -> list[str]:
    return [button.payload.split('"')[3] for button in answer.buttons]


@pytest.fixture
def talk(sqlite_engine: Engine, clock: Clock) -> Talk:
    with sqlite_engine.begin() as connection:
        me = people.meet(connection, Channel.TELEGRAM, "111", NOW - DAY)
    desk = NoticeDesk(sqlite_engine, WORDS.versions, HOURS, clock)
    watched: list[str] = []

    def watch(conversation_id: str, code: str) -> bool:
        watched.append(code)
        return conversation_id == me.conversation_id and code == CODE

    flow = NoticeFlow(
        desk, WORDS.said, WORDS.changes, WORDS.times, WORDS.versions, HOURS, watch, Two(), clock
    )
    return Talk(flow, desk, sqlite_engine, me.conversation_id, READY, watched=watched)


def test_asking_explains_and_keeps_nothing(talk: Talk) -> None:
    asked = talk.taps(f"notice:ask:{DRAFT}")
    assert asked.phrases[0].id == "utter_notice_ask_reminders"
    assert acts(asked) == [f"notice:yes:{DRAFT}:2026-11-22", f"notice:no:{DRAFT}:2026-11-22"]
    assert talk.desk.standing(talk.conversation_id) == ()


def test_a_tap_on_yes_agrees_on_this_channel_and_plans(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    (agreed,) = talk.desk.standing(talk.conversation_id)
    assert (agreed.purpose, agreed.channel.value) == (Purpose.REMINDERS, "telegram")
    assert talk.planned() == ["draft_waiting", "draft_waiting"]


@pytest.mark.parametrize("answer", ["không", "thôi ạ", "không đồng ý"])
def test_no_is_an_answer_and_keeps_nothing(talk: Talk, answer: str) -> None:
    talk.taps(f"notice:ask:{DRAFT}")
    refused = talk.says(answer)
    assert refused is not None and refused.phrases[0].id == "utter_notice_refused"
    assert talk.desk.standing(talk.conversation_id) == ()
    assert talk.file.waiting is None


def test_words_agree_only_while_the_question_is_open(talk: Talk) -> None:
    assert talk.says("đồng ý") is None
    talk.taps(f"notice:ask:{DRAFT}")
    assert talk.says("lệ phí bao nhiêu") is None
    assert talk.says("ok") is None
    assert talk.says("đồng ý ạ") is not None
    assert talk.desk.agreed(talk.conversation_id, Purpose.REMINDERS)


@pytest.mark.parametrize("act", [f"notice:yes:{DRAFT}", f"notice:yes:{DRAFT}:2020-01-01", "notice:yes"])
def test_nobody_agrees_to_a_text_they_have_not_seen(talk: Talk, act: str) -> None:
    assert talk.taps(act).phrases[0].id == "utter_notice_ask_reminders"
    assert talk.desk.standing(talk.conversation_id) == ()


@pytest.mark.parametrize(
    ("subject", "purpose"),
    [
        (DRAFT, Purpose.REMINDERS),
        (CODE, Purpose.FOLLOW),
        ("improve", Purpose.IMPROVE),
        ("save_draft", Purpose.SAVE_DRAFT),
    ],
)
def test_each_purpose_is_asked_for_alone(talk: Talk, subject: str, purpose: Purpose) -> None:
    talk.presses(talk.taps(f"notice:ask:{subject}"), 0)
    assert [one.purpose for one in talk.desk.standing(talk.conversation_id)] == [purpose]


def test_a_consent_counts_for_its_channel(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:{CODE}"), 0)
    assert talk.taps(f"notice:ask:{CODE}").phrases[0].id == "utter_notice_on_already"
    talk.channel = "zalo"
    assert talk.taps(f"notice:ask:{CODE}").phrases[0].id == "utter_notice_ask_follow"


def test_a_day_is_set_once_agreed(talk: Talk) -> None:
    asked = talk.says("nhắc tôi thứ hai")
    assert asked is not None and asked.phrases[0].id == "utter_notice_ask_reminders"
    assert talk.desk.wishes(talk.conversation_id) == ()
    planned = talk.presses(asked, 0)
    assert SAY.text(planned) == "Đã hẹn. Trợ lý sẽ nhắc anh/chị lúc 08:00 thứ Hai, ngày 30/11/2026."
    talk.says("nhac toi 3 ngay nua nhe")
    assert talk.desk.wishes(talk.conversation_id) == (at("27/11/2026 08:00"), at("30/11/2026 08:00"))


def test_a_wish_without_a_draft_can_be_agreed_to_as_well(talk: Talk) -> None:
    talk.file = CaseFile()
    asked = talk.says("nhắc tôi ngày mai")
    assert asked is not None
    talk.presses(asked, 0)
    assert talk.desk.wishes(talk.conversation_id) == (at("25/11/2026 08:00"),)


def test_a_wish_without_a_day_is_asked_for_one(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    asked = talk.says("nhắc tôi nhé")
    assert asked is not None and asked.phrases[0].id == "utter_notice_when"
    assert talk.says("lệ phí bao nhiêu vậy") is None
    assert talk.says("ngày mai") is not None
    assert talk.desk.wishes(talk.conversation_id) == (at("25/11/2026 08:00"),)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("nhắc tôi 20/11/2026", "utter_notice_past"),
        ("nhắc tôi 25/11/2027", "utter_notice_too_far"),
    ],
)
def test_days_that_make_no_sense_are_asked_about(talk: Talk, text: str, answer: str) -> None:
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    found = talk.says(text)
    assert found is not None and found.phrases[0].id == answer
    assert talk.desk.wishes(talk.conversation_id) == ()


def test_a_time_that_passed_before_the_citizen_agreed_is_asked_for_again(talk: Talk, clock: Clock) -> None:
    """Lost: a reminder "set" for an hour that is over."""
    asked = talk.says("nhắc tôi lúc 17h")
    assert asked is not None and asked.phrases[0].id == "utter_notice_ask_reminders"
    clock.time += 3 * 3600
    late = talk.says("đồng ý")
    assert late is not None and late.phrases[0].id == "utter_notice_past"
    assert talk.desk.wishes(talk.conversation_id) == ()
    assert talk.says("ngày mai") is not None
    assert talk.desk.wishes(talk.conversation_id) == (at("25/11/2026 08:00"),)


def test_a_wish_in_the_night_is_set_for_the_morning(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    talk.says("nhắc tôi 23h ngày mai")
    assert talk.desk.wishes(talk.conversation_id) == (at("26/11/2026 07:00"),)


def test_there_is_an_end_to_wishes(talk: Talk) -> None:
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    for days in range(1, 11):
        talk.says(f"nhắc tôi {days} ngày nữa")
    found = talk.says("nhắc tôi 11 ngày nữa")
    assert found is not None and found.phrases[0].id == "utter_notice_too_many"
    assert len(talk.desk.wishes(talk.conversation_id)) == 10


@pytest.mark.parametrize("text", ["đừng nhắc nữa", "tắt nhắc", "dung nhac toi nua"])
def test_one_sentence_stops_everything_we_would_write(talk: Talk, text: str) -> None:
    for subject in (DRAFT, CODE, "improve"):
        talk.presses(talk.taps(f"notice:ask:{subject}"), 0)
    talk.says("nhắc tôi ngày mai")
    found = talk.says(text)
    assert found is not None and found.phrases[0].id == "utter_notice_off"
    assert [one.purpose for one in talk.desk.standing(talk.conversation_id)] == [Purpose.IMPROVE]
    assert talk.planned() == []


@pytest.mark.parametrize("how", ["rút đồng ý", "notice:withdraw"])
def test_all_consents_are_withdrawn_as_easily(talk: Talk, how: str) -> None:
    for subject in (DRAFT, CODE, "improve", "save_draft"):
        talk.presses(talk.taps(f"notice:ask:{subject}"), 0)
    found = talk.taps(how) if how.startswith("notice") else talk.says(how)
    assert found is not None and found.phrases[0].id == "utter_notice_withdrawn"
    assert talk.desk.standing(talk.conversation_id) == ()
    assert talk.taps("notice:off").phrases[0].id == "utter_notice_nothing_on"


def test_what_was_agreed_to_is_told(talk: Talk) -> None:
    found = talk.says("tôi đã đồng ý gì")
    assert found is not None and found.phrases[0].id == "utter_notice_none"
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    talk.says("nhắc tôi thứ hai")
    text = SAY.text(talk.taps("notice:list"))
    assert "nhắc về hồ sơ đang chuẩn bị và ngày anh/chị hẹn — trên Telegram, từ ngày 24/11/2026" in text
    assert "08:00 thứ Hai, ngày 30/11/2026" in text


def test_where_nobody_can_be_written_to_nothing_is_promised(talk: Talk) -> None:
    talk.channel = "cmdline"
    found = talk.says("nhắc tôi ngày mai")
    assert found is not None and found.phrases[0].id == "utter_notice_unavailable"


def test_messages_and_buttons_of_others_are_left_alone(talk: Talk) -> None:
    assert not talk.flow.claims(talk.turn(act=f"guide:resume:{DRAFT}"), talk.file)
    other = replace(talk.file, waiting=Waiting("guide", "consent", DRAFT))
    assert not talk.flow.claims(talk.turn("đồng ý"), other)
    assert not talk.flow.claims(talk.turn("nhắc tôi lệ phí khai sinh"), talk.file)


def test_a_handed_in_draft_is_not_reminded_of(talk: Talk) -> None:
    talk.file = CaseFile((replace(READY.drafts[0], phase=Phase.SUBMITTED),), active=DRAFT)
    talk.presses(talk.taps(f"notice:ask:{DRAFT}"), 0)
    assert talk.planned() == []


def test_following_is_asked_for_and_begun_with_the_code_of_a_draft_handed_in(talk: Talk) -> None:
    done = replace(READY.drafts[0], phase=Phase.SUBMITTED, dossier=CODE)
    talk.file = CaseFile((done,), active=DRAFT)
    asked = talk.taps(f"notice:ask:{DRAFT}")
    assert asked.phrases[0].id == "utter_notice_ask_follow"
    assert talk.watched == []
    assert acts(talk.presses(asked, 0)) == ["notice:off"]
    assert set(talk.watched) == {CODE}


def test_a_dossier_never_looked_up_is_offered_for_it(talk: Talk) -> None:
    answer = talk.presses(talk.taps("notice:ask:H49.01-261122-0099"), 0)
    assert acts(answer) == ["follow:watch:H49.01-261122-0099", "notice:off"]


def test_reminders_keep_up_with_the_draft(talk: Talk) -> None:
    """Put off: asked about; said to be handed in: asked for the code; handed in: left in peace."""
    here, draft = talk.conversation_id, READY.drafts[0]
    busy = CaseFile((replace(draft, phase=Phase.CHECKLIST),), active=DRAFT)
    asking = READY.asking(Waiting("guide", "code", DRAFT))
    done = CaseFile((replace(draft, phase=Phase.SUBMITTED, dossier=CODE),))
    talk.desk.keep_up(here, busy, READY)
    assert talk.planned() == [], "nobody has agreed"
    talk.presses(talk.taps("notice:ask:reminders"), 0)
    for _again in range(2):
        talk.desk.keep_up(here, busy, READY)
        assert talk.planned() == ["draft_waiting", "draft_waiting"]
    talk.desk.keep_up(here, READY, READY.asking(Waiting("guide", "way", DRAFT)))
    assert talk.planned() == ["draft_waiting", "draft_waiting"]
    talk.desk.keep_up(here, READY, asking)
    assert talk.planned() == ["code_missing"]
    talk.desk.keep_up(here, asking, done)
    assert talk.planned() == []


def test_the_kind_of_question_is_told(talk: Talk) -> None:
    told = talk.flow.respond(talk.turn("tắt nhắc"), talk.file, Context())
    assert told.intent is Intent.PRIVACY_REQUEST
