"""What citizens lose when these fail: sending without being asked, or not knowing what happens next."""

from datetime import date

import msgspec
import pytest
from sqlalchemy.engine import Engine

from bot.answers.turn import Mention
from bot.catalogue.enums import Channel
from bot.dossiers.casefile import Phase
from bot.dossiers.checklist import checklist_of
from bot.gateways.offering import Offers
from bot.gateways.onestop.errors import Cause, UnavailableError
from bot.gateways.onestop.services import OneStop
from bot.gateways.states import RegistrationState, SubmissionState
from bot.gateways.submissions.sender import Sender
from bot.gateways.vault import Vault
from tests.doubles.gov.government import Government
from tests.gateways.counter import APPLICANT, CONVERSATION, DRAFT, KEY, NOW, onestop
from tests.gateways.talk import BIRTH, CATALOGUE, POLICE, READY, TODAY, Talk, with_phase


def test_nothing_is_announced_before_the_citizen_agrees(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    said = talk.press("register")
    assert "phường Hà Tu" in said and "Đăng ký khai sinh" in said and "đồng ý không" in said
    assert "Giấy chứng sinh" in said, "papers not ticked are named"
    assert talk.registrations.of_draft(CONVERSATION, DRAFT) is None
    assert talk.say("không") == "Vâng, tôi không làm gì thêm. Hồ sơ vẫn được giữ ở đây."
    assert talk.registrations.of_draft(CONVERSATION, DRAFT) is None


def test_a_receipt_for_a_working_day(sqlite_engine: Engine) -> None:
    """Sunday the 22nd; Tuesday the 24th is a holiday."""
    talk = Talk(sqlite_engine)
    talk.press("register")
    said = talk.say("dong y")
    found = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert said is not None and found is not None and found.code in said
    days = [offer.rpartition(":")[2] for offer in talk.offered]
    assert days == ["2026-11-23", "2026-11-25", "2026-11-26", "2026-11-27", "any"]
    final = talk.press("day", "2026-11-25")
    assert "ngày 25/11/2026" in final and "không phải Giấy tiếp nhận" in final
    assert talk.offered[0] == f"https://tro-ly.example/phieu-hen/{found.token}"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("25/11", date(2026, 11, 25)),
        ("ngày 26 tháng 11", date(2026, 11, 26)),
        ("ngày mai", date(2026, 11, 23)),
        ("thứ 6", date(2026, 11, 27)),
        ("thu nam nhe", date(2026, 11, 26)),
        ("hôm nào cũng được", None),
    ],
)
def test_a_day_in_words(typed: str, day: date | None, sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    said = talk.say(typed)
    found = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.day == day
    assert said is not None and "Phiếu hẹn" in said


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-28", "2026-11-20", "2027-06-01", "hom nao"])
def test_days_on_which_nobody_can_come_are_asked_again(day: str, sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    assert "ngày nào" in talk.press("day", day)
    found = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.day is None


def test_a_question_in_between_is_left_to_others(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    assert talk.say("lệ phí làm giấy khai sinh ngày 1/1/2026 là bao nhiêu tiền vậy") is None
    assert talk.say("hủy phiếu hẹn") is not None


def test_without_a_commune_it_is_asked_for(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine, msgspec.structs.replace(READY, unit=None))
    assert "xã, phường" in talk.press("register")
    said = talk.say("phường Hà Tu", Mention("unit", "06652"))
    assert said is not None and "phường Hà Tu" in said
    assert talk.file.drafts[0].unit == "06652"


def test_a_receipt_can_be_taken_back_and_made_anew(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    talk.press("day", "any")
    assert "chắc chắn" in talk.press("withdraw")
    said = talk.say("có")
    assert said is not None and "đã hủy" in said
    found = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.state is RegistrationState.WITHDRAWN
    talk.press("register-yes")
    again = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert again is not None and again.state is RegistrationState.REGISTERED and again.code != found.code


def test_what_the_counter_said_is_shown(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    found = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert found is not None
    talk.registrations.refuse(found.code, "Thiếu giấy chứng sinh")
    assert "Thiếu giấy chứng sinh" in talk.press("state")


@pytest.mark.parametrize("phase", [Phase.BRANCHING, Phase.CHECKLIST])
def test_an_unfinished_draft_goes_back_to_the_guide(phase: Phase, sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine, with_phase(phase))
    for verb in ("register", "register-yes", "onestop", "onestop-yes"):
        assert "làm tiếp" in talk.press(verb)
        assert talk.offered == [f"guide:resume:{DRAFT}"]


def test_another_services_procedure_is_sent_to_the_portal(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine, with_phase(Phase.READY, procedure=POLICE.code))
    for verb in ("register", "register-yes", "onestop", "onestop-yes"):
        assert "3.000333" in talk.press(verb)
        assert talk.offered == ["https://dichvucong.gov.vn"]


def test_closed_ways_say_where_to_go(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine, register=False, onestop=False)
    for verb in ("register", "register-yes", "day", "onestop", "onestop-yes"):
        assert "Cổng Dịch vụ công" in talk.press(verb)
    assert "chưa có phiếu hẹn" in talk.press("withdraw-yes")


def test_a_draft_that_is_gone(sqlite_engine: Engine) -> None:
    assert "không còn được giữ" in Talk(sqlite_engine, with_phase(Phase.CANCELLED)).press("register-yes")
    assert "không còn được giữ" in Talk(sqlite_engine).press("nonsense")


def test_the_one_stop_way_leads_to_a_page_and_sends_nothing(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    said = talk.press("onestop")
    assert "chưa có gì được gửi" in said
    assert talk.submissions.of_draft(CONVERSATION, DRAFT) is None
    talk.say("tiếp tục")
    found = talk.submissions.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.state is SubmissionState.OPEN and found.code is None
    assert talk.offered[0] == f"https://tro-ly.example/nop-ho-so/{found.token}"


def _handed_in(talk: Talk) -> None:
    talk.press("onestop-yes")
    found = talk.submissions.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.token is not None
    talk.submissions.submit(found.token, APPLICANT)


def test_a_sent_dossier_has_its_code_in_the_case_file(sqlite_engine: Engine, gov: Government) -> None:
    talk = Talk(sqlite_engine)
    _handed_in(talk)
    assert "đang được gửi" in talk.press("state")
    Sender(sqlite_engine, onestop(gov.url), Vault(KEY)).once(NOW)
    said = talk.press("state")
    draft = talk.file.drafts[0]
    assert draft.dossier is not None and draft.dossier in said and draft.phase is Phase.SUBMITTED
    assert "8 giờ làm việc" in said


def test_an_outage_is_said_with_what_becomes_of_the_dossier(
    sqlite_engine: Engine, gov: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise UnavailableError(Cause.MAINTENANCE)

    talk = Talk(sqlite_engine)
    _handed_in(talk)
    with monkeypatch.context() as patched:
        patched.setattr(OneStop, "create", down)
        Sender(sqlite_engine, onestop(gov.url), Vault(KEY)).once(NOW)
    said = talk.press("state")
    assert "gián đoạn" in said and "xếp hàng" in said and "không bị gửi hai lần" in said
    assert f"submit:register:{DRAFT}" in talk.offered and "https://thutuc.dichvucong.gov.vn/p/1.001193" in (
        talk.offered
    )
    other = Talk(sqlite_engine, msgspec.structs.replace(READY, id="ba9876543210"))
    assert "gián đoạn" in other.press("onestop")


def test_a_dossier_with_us_is_taken_back_at_once(sqlite_engine: Engine, gov: Government) -> None:
    talk = Talk(sqlite_engine)
    _handed_in(talk)
    assert "chắc chắn rút" in talk.press("withdraw")
    assert "đã được rút" in talk.press("withdraw-yes")
    Sender(sqlite_engine, onestop(gov.url), Vault(KEY)).once(NOW)
    assert gov.created() == 0


def test_ways_are_offered_where_they_lead_somewhere() -> None:
    offers = Offers(CATALOGUE, register=True, onestop=True)
    online = msgspec.structs.replace(READY, way=Channel.ONLINE)
    police = msgspec.structs.replace(online, procedure=POLICE.code)
    assert len(offers.buttons(BIRTH, READY, TODAY)) == len(offers.buttons(BIRTH, online, TODAY)) == 1
    assert offers.buttons(POLICE, police, TODAY) == ()
    assert offers.buttons(BIRTH, with_phase(Phase.CHECKLIST), TODAY) == ()
    closed = Offers(CATALOGUE, register=False, onestop=False)
    assert closed.buttons(BIRTH, READY, TODAY) == closed.buttons(BIRTH, online, TODAY) == ()


def test_one_dossier_does_not_go_two_ways(sqlite_engine: Engine, gov: Government) -> None:
    """Lost: two dossiers of one matter, one of which is refused or paid for twice."""
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    for verb in ("onestop", "onestop-yes"):
        assert "hủy cách này trước" in talk.press(verb)
    assert talk.submissions.of_draft(CONVERSATION, DRAFT) is None
    talk.press("withdraw-yes")
    _handed_in(talk)
    for verb in ("register", "register-yes"):
        assert "hủy cách này trước" in talk.press(verb)
    found = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.state is RegistrationState.WITHDRAWN


def test_a_page_left_open_closes_when_the_citizen_goes_to_the_counter(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("onestop-yes")
    found = talk.submissions.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.token is not None
    talk.press("register-yes")
    assert talk.submissions.submit(found.token, APPLICANT) is None


def test_a_receipt_shows_the_draft_as_it_is_now(sqlite_engine: Engine) -> None:
    """Lost: a way to the counter, with the papers of a case that was corrected since."""
    talk = Talk(sqlite_engine)
    talk.press("register-yes")
    before = talk.registrations.of_draft(CONVERSATION, DRAFT)
    items = checklist_of(BIRTH, ()).to_bring
    talk.file = talk.file.with_draft(msgspec.structs.replace(READY, ticked=(items[0].id,)))
    talk.press("register")
    after = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert before is not None and after is not None and after.code == before.code
    assert [paper.ticked for paper in after.described.papers] == [True, False]
    talk.registrations.accept(after.code, "quay 1")
    talk.file = talk.file.with_draft(READY)
    talk.press("register")
    settled = talk.registrations.of_draft(CONVERSATION, DRAFT)
    assert settled is not None and settled.described == after.described


@pytest.mark.parametrize("verb", ["onestop", "onestop-yes"])
def test_a_page_is_not_shown_again_while_questions_are_open(verb: str, sqlite_engine: Engine) -> None:
    """Lost: a dossier sent with the answers of before a correction."""
    talk = Talk(sqlite_engine)
    talk.press("onestop-yes")
    talk.file = talk.file.with_draft(with_phase(Phase.BRANCHING))
    assert "chưa nộp được" in talk.press(verb)


def test_a_page_not_completed_shows_the_draft_as_it_is_now(sqlite_engine: Engine) -> None:
    talk = Talk(sqlite_engine)
    talk.press("onestop-yes")
    before = talk.submissions.of_draft(CONVERSATION, DRAFT)
    items = checklist_of(BIRTH, ()).to_bring
    talk.file = talk.file.with_draft(msgspec.structs.replace(READY, ticked=(items[0].id,)))
    talk.press("onestop")
    after = talk.submissions.of_draft(CONVERSATION, DRAFT)
    assert before is not None and after is not None and after.token == before.token
    assert [paper.ticked for paper in before.described.papers] == [False, False]
    assert [paper.ticked for paper in after.described.papers] == [True, False]
