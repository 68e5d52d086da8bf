"""What citizens lose when these fail: their rights over their data, without knowing whom to write to."""

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.contact import Contact
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.reply import Reply
from bot.answers.turn import Pressed, Turn
from bot.dossiers.casefile import CaseFile
from bot.knowledge_source import wording_from
from bot.privacy.asking import OFFERED, About, Asked, Unasked, read_asking
from bot.privacy.flow import PrivacyFlow
from bot.privacy.kinds import RequestKind, RequestState
from bot.privacy.opening import read_asking_words
from tests.conftest import ROOT

SAY = wording_from(ROOT / "domain.yml")
WORDS = read_asking_words(ROOT / "data")
TODAY = date(2026, 11, 24)


class Desk:
    """A desk that takes one request of each kind."""

    def __init__(self) -> None:
        self.asked: dict[int, Asked] = {}
        self.refuses: Unasked | None = None

    def open(self, conversation_id: str, kind: RequestKind, channel: str) -> Asked | Unasked:
        if self.refuses:
            return self.refuses
        standing = [one for one in self.running(conversation_id) if one.kind is kind]
        made = Asked(len(self.asked) + 1, kind, RequestState.NEW, date(2026, 11, 26), date(2026, 12, 4))
        one = standing[0] if standing else made
        self.asked[one.number] = one
        return one

    def running(self, conversation_id: str) -> tuple[Asked, ...]:
        return tuple(one for one in self.asked.values() if one.state is RequestState.NEW)

    def cancel(self, conversation_id: str, number: int) -> bool:
        if number in self.asked:
            self.asked[number] = replace(self.asked[number], state=RequestState.CANCELLED)
        return number in self.asked


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def flow(desk: Desk) -> PrivacyFlow:
    return PrivacyFlow(desk, WORDS, Contact())


def hear(flow: PrivacyFlow, text: str = "", act: str | None = None, channel: str = "zalo") -> Answer | None:
    pressed = Pressed(act=act) if act else None
    turn = Turn(text, (), TODAY, (), pressed, None, channel, "c" * 32 if channel else "", "m1")
    if not flow.claims(turn, CaseFile()):
        return None
    told = flow.respond(turn, CaseFile(), Context())
    # A turn may be run again after a crash.
    assert flow.respond(turn, CaseFile(), Context()) == told
    (answer,) = told.answers
    assert SAY.text(answer) and all(SAY.value(button.title) for button in answer.buttons)
    return answer


def acts(answer: Answer | None) -> list[str]:
    assert answer is not None
    return [button.payload.split('"')[3] for button in answer.buttons]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Cho tôi xem dữ liệu của tôi", RequestKind.VIEW),
        ("ban luu gi ve toi vay", None),
        ("bạn lưu gì về tôi", RequestKind.VIEW),
        ("xin sửa dữ liệu của tôi với ạ", RequestKind.CORRECT),
        ("toi yeu cau xoa du lieu ca nhan", RequestKind.ERASE),
        ("gửi tôi bản sao dữ liệu của tôi", RequestKind.COPY),
        ("tôi phản đối xử lý dữ liệu của tôi", RequestKind.OBJECT),
        ("hủy yêu cầu xóa dữ liệu", About.MINE),
        ("cho tôi xem dữ liệu đất đai", None),
        ("xem dữ liệu của tôi trong cơ sở dữ liệu dân cư", None),
        ("sửa dữ liệu hộ tịch của tôi", None),
        ("lệ phí bao nhiêu", None),
    ],
)
def test_only_a_wish_about_our_own_data_is_heard(text: str, wanted: RequestKind | About | None) -> None:
    """There are procedures about data as well: those stay questions about procedures."""
    assert read_asking(text, WORDS) is wanted


def test_nothing_is_sent_before_it_is_confirmed(flow: PrivacyFlow, desk: Desk) -> None:
    asked = hear(flow, "cho tôi xem dữ liệu của tôi")
    assert acts(asked) == ["privacy:open:view", "privacy:no"] and not desk.asked
    assert asked is not None and "2 ngày làm việc" in SAY.text(asked) and "10 ngày" in SAY.text(asked)
    assert hear(flow, act="privacy:no") is not None and not desk.asked


def test_number_and_days_are_told(flow: PrivacyFlow) -> None:
    done = hear(flow, act="privacy:open:view")
    assert done is not None and acts(done) == ["privacy:cancel:1"]
    text = SAY.text(done)
    assert "Số tiếp nhận: 1" in text and "26/11/2026" in text and "04/12/2026" in text
    again = hear(flow, "cho tôi xem dữ liệu của tôi")
    assert again is not None and again.phrases[0].id == "utter_data_already"


def test_it_can_be_taken_back(flow: PrivacyFlow, desk: Desk) -> None:
    hear(flow, act="privacy:open:erase")
    listed = hear(flow, "hủy yêu cầu xóa dữ liệu")
    assert acts(listed) == ["privacy:cancel:1"]
    ended = hear(flow, act="privacy:cancel:1")
    assert ended is not None and ended.phrases[0].id == "utter_data_cancelled" and not desk.running("")
    none = hear(flow, act="privacy:mine")
    assert none is not None and none.phrases[0].id == "utter_data_none"
    for nothing in ("privacy:cancel:9", "privacy:cancel:x", "privacy:cancel"):
        over = hear(flow, act=nothing)
        assert over is not None and over.phrases[0].id == "utter_data_over"


def test_every_kind_can_be_chosen_on_every_channel(flow: PrivacyFlow) -> None:
    """Zalo shows five buttons, each of at most 100 characters."""
    menu = hear(flow, "yêu cầu về dữ liệu của tôi")
    assert acts(menu) == [f"privacy:ask:{kind.value}" for kind in OFFERED] and len(OFFERED) <= 5
    for act in acts(menu):
        assert hear(flow, act=act) is not None
    for strange in ("privacy:ask:withdraw", "privacy:open:x", "privacy:x"):
        assert acts(hear(flow, act=strange)) == acts(menu)


@pytest.mark.parametrize(
    ("why", "said"),
    [(Unasked.TOO_MANY, "utter_data_too_many"), (Unasked.UNAVAILABLE, "utter_privacy_request")],
)
def test_who_cannot_be_served_here_learns_where(
    flow: PrivacyFlow, desk: Desk, why: Unasked, said: str
) -> None:
    desk.refuses = why
    answer = hear(flow, act="privacy:open:view")
    assert answer is not None and answer.phrases[0].id == said
    nowhere = hear(flow, "cho tôi xem dữ liệu của tôi", channel="")
    assert nowhere is not None and nowhere.phrases[0].id == "utter_privacy_request"


def test_what_is_told_of_these_rights_leads_to_them(flow: PrivacyFlow) -> None:
    told = Reply(
        (Answer(Outcome.GUIDED, (phrase("utter_privacy_request", contact="x"),)),),
        Context(),
        Intent.PRIVACY_REQUEST,
    )
    turn = Turn("lộ số căn cước", (), TODAY, channel="web", conversation_id="c" * 32, message_id="m1")
    reply, _ = flow.added(turn, told, CaseFile())
    assert acts(reply.answers[0]) == ["privacy:menu"]
    assert flow.added(replace(turn, channel=""), told, CaseFile())[0] == told
