"""A dossier takes days: questions in between, rests, several at once, slips, second thoughts, new records."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.answers.outcome import Outcome
from bot.catalogue.enums import Channel, Need
from bot.catalogue.records import Paper
from bot.dossiers.casefile import Phase
from bot.dossiers.milestone import DropOff
from tests.journeys.conversation import Conversation, text_of
from tests.journeys.guided import TO_BRING, answers, begins, checked, draft_of, given, section, titles
from tests.journeys.revised import desk_with, record

TO_THE_LIST = ("1", "benh vien", "da dang ky ket hon", "chua qua 60 ngay", "1")
"""Answers of a birth up to its papers."""


def test_three_questions_in_between_and_back_days_later(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, "1", "benh vien")
    begun = draft_of(citizen)
    for question, answer in (
        ("làm khai sinh mất bao nhiêu tiền", "không mất phí"),
        ("dang ky thuong tru can gi", "thường trú"),
    ):
        exchange = citizen.says(question)
        assert exchange.reply.outcome is Outcome.ANSWERED and answer in text_of(exchange)
        assert "Cha mẹ bé đã đăng ký kết hôn chưa" in text_of(exchange), "its own question comes again"
        assert "Đã đăng ký kết hôn" in titles(exchange)
    third = citizen.says("mấy giờ thì trung tâm mở cửa")
    assert "vẫn được giữ" in text_of(third), "after three it no longer insists"
    assert draft_of(citizen) == begun
    citizen.today += timedelta(days=4)
    resumed = citizen.says("tiep tuc")
    assert "lần trước: 22/11/2026" in text_of(resumed)
    listed = answers(citizen, "roi", "1", "1")
    assert draft_of(citizen).phase is Phase.CHECKLIST and draft_of(citizen).id == begun.id
    assert draft_of(citizen).touched_on == citizen.today
    assert "Giấy chứng sinh" in section(listed, TO_BRING)


def test_put_off_and_taken_up_with_the_ticks_kept(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, *TO_THE_LIST, "có 1")
    later = citizen.says("de sau nhe")
    assert "Tôi giữ hồ sơ" in text_of(later) and "xóa dữ liệu" in text_of(later)
    (draft,) = citizen.file.drafts
    assert draft.set_aside and citizen.file.active is None and citizen.file.waiting is None
    hello = citizen.says("1")
    assert "Đăng ký khai sinh" not in text_of(hello), "a put-off dossier does not catch what is said"
    citizen.today += timedelta(days=30)
    resumed = citizen.says("làm tiếp hồ sơ")
    assert "Anh/chị muốn nộp hồ sơ bằng cách nào" in text_of(resumed)
    assert len(draft_of(citizen).ticked) == 1 and len(draft_of(citizen).lacking) == 1


def test_several_dossiers_at_once(citizen: Conversation) -> None:
    """Beginning the second does not lose the first, and resuming asks which."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    citizen.says("1")
    asked = citizen.says("đăng ký thường trú cần giấy tờ gì")
    assert titles(asked)[-1].startswith("Làm hồ sơ “Đăng ký thường trú")
    second = citizen.presses("Làm hồ sơ")
    assert "“Đăng ký khai sinh” đang làm dở vẫn được giữ" in text_of(second)
    citizen.says("để sau")
    which = citizen.says("tiếp tục")
    assert "2 hồ sơ" in text_of(which)
    assert titles(which) == ("Đăng ký thường trú (nhập hộ khẩu)", "Đăng ký khai sinh")
    birth = citizen.presses("Đăng ký khai sinh")
    assert "Bé sinh ở đâu" in text_of(birth)
    assert given(draft_of(citizen)) == {"viec": "chi-khai-sinh"}
    assert [draft.procedure for draft in citizen.file.drafts] == ["1.001193", "1.004222"]


def test_the_same_dossier_for_somebody_else(citizen: Conversation) -> None:
    """Twins need two: the open one is offered first, a new one begins at the first question."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, "1", "benh vien", "để sau")
    again = begins(citizen, "dang ky khai sinh can giay to gi")
    assert titles(again) == ("Làm tiếp", "Làm hồ sơ mới")
    fresh = citizen.presses("Làm hồ sơ mới")
    assert "chỉ làm khai sinh" in text_of(fresh)
    assert [len(draft.answers) for draft in citizen.file.drafts] == [2, 0]


def test_one_step_back(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, "1", "o nha")
    back = citizen.says("quay lai cau truoc")
    assert "Bé sinh ở đâu" in text_of(back)
    assert given(draft_of(citizen)) == {"viec": "chi-khai-sinh"}
    citizen.says("quay lại")
    assert given(draft_of(citizen)) == {}
    first = citizen.says("quay lại")
    assert "chỉ làm khai sinh" in text_of(first), "before the first question there is nothing"


def test_a_slip_is_corrected_in_one_message(citizen: Conversation) -> None:
    """ "À nhầm, làm cho mẹ" after the next question has come already."""
    begins(citizen, "me toi 80 tuoi khong co luong huu, xin tro cap can gi")
    answers(citizen, "1", "từ đủ 75 tuổi", "không có", "đủ", "trực tiếp")
    unit = citizen.says("cho tôi")
    assert "cư trú ở xã, phường" in text_of(unit) and checked(draft_of(citizen)) == {"who": "myself"}
    again = citizen.says("à nhầm, làm cho mẹ")
    assert checked(draft_of(citizen)) == {"who": "other"}
    assert "cư trú ở xã, phường" in text_of(again)
    citizen.says("nham, nop qua buu dien")
    assert draft_of(citizen).way is Channel.POST
    assert checked(draft_of(citizen)) == {"who": "other"}


def test_an_answer_long_ago_is_corrected_and_the_papers_follow(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    first = citizen.says("1")
    listed = answers(citizen, *TO_THE_LIST[1:])
    assert "Giấy chứng sinh" in section(listed, TO_BRING)
    corrected = citizen.says("nhầm rồi, bé sinh ở nhà")
    assert given(draft_of(citizen))["noi-sinh"] == "tai-nha"
    to_bring = section(corrected, TO_BRING)
    assert "người làm chứng" in to_bring and "Giấy chứng sinh" not in to_bring
    assert "đã thay đổi so với lần trước" not in text_of(corrected), "the citizen changed, not the record"
    old = next(b["payload"] for b in first.buttons if b["title"].startswith("Bệnh viện, trạm"))
    listed = citizen.says(old)
    assert "Giấy chứng sinh" in section(listed, TO_BRING), "a button of an old message still answers"


def test_a_review_offers_to_change_one_answer(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, *TO_THE_LIST)
    review = citizen.says("xem lại câu trả lời")
    assert "Bé sinh ở đâu ạ? Bệnh viện, trạm y tế" in text_of(review)
    asked = citizen.presses("Sửa: Đã đăng ký kết hôn")
    assert "đã đăng ký kết hôn chưa" in text_of(asked)
    citizen.says("mẹ đơn thân")
    assert given(draft_of(citizen))["cha-me"] == "me-don-than"


def test_given_up_with_a_reason(citizen: Conversation) -> None:
    """Giving up is asked for once more; the reason is one tap and counted."""
    begins(citizen, "mở hộ kinh doanh cần giấy tờ gì")
    citizen.says("1")
    asked = citizen.says("thoi khong lam nua")
    assert draft_of(citizen).phase is Phase.BRANCHING, "a slip costs nothing"
    assert titles(asked) == ("Bỏ hồ sơ này", "Giữ lại, làm tiếp")
    why = citizen.presses("Bỏ hồ sơ này")
    assert "vì sao" in text_of(why) and len(titles(why)) == len(DropOff)
    citizen.presses("Chưa có tài khoản VNeID")
    (draft,) = citizen.file.drafts
    assert draft.phase is Phase.CANCELLED and draft.gave_up is DropOff.NO_ACCOUNT
    assert citizen.file.waiting is None
    citizen.says("tiếp tục")
    assert citizen.file.waiting is None and citizen.file.drafts == (draft,)


def test_kept_after_all(citizen: Conversation) -> None:
    begins(citizen, "mở hộ kinh doanh cần giấy tờ gì")
    answers(citizen, "1", "hủy hồ sơ")
    kept = citizen.presses("Giữ lại")
    assert draft_of(citizen).phase is Phase.BRANCHING and "định kinh doanh gì" in text_of(kept)


@pytest.mark.parametrize("ready", [False, True])
def test_the_record_changed_while_the_dossier_rested(citizen: Conversation, ready: bool) -> None:
    """A new paper in the law: the old list must not carry anybody to the counter."""
    begins(citizen, "uy quyen linh thay bao hiem xa hoi can giay to gi")
    answers(citizen, "đủ", "trực tiếp")
    if ready:
        answers(citizen, "cho tôi")
        assert draft_of(citizen).phase is Phase.READY
    citizen.says("để sau")
    old = record("1.001601")
    extra = Paper("Bản chụp giấy hẹn", Need.SUBMIT, copies=1)
    citizen.desk = desk_with(replace(old, papers=(*old.papers, extra)))
    citizen.today += timedelta(days=20)
    changed = citizen.says("tiếp tục")
    assert "đã thay đổi so với lần trước" in text_of(changed)
    assert "Bản chụp giấy hẹn" in section(changed, TO_BRING)
    assert draft_of(citizen).phase is Phase.CHECKLIST
    answers(citizen, "đủ", "cho tôi")
    assert draft_of(citizen).phase is Phase.READY


def test_a_change_beside_the_papers_to_bring_is_told_too(citizen: Conversation) -> None:
    """A number to have ready is no paper, but whoever does not know it cannot fill in the form."""
    begins(citizen, "uy quyen linh thay bao hiem xa hoi can giay to gi")
    answers(citizen, "đủ", "trực tiếp", "cho tôi", "để sau")
    old = record("1.001601")
    citizen.desk = desk_with(replace(old, papers=(*old.papers, Paper("Số sổ bảo hiểm", Need.NUMBER))))
    changed = citizen.says("tiếp tục")
    assert "đã thay đổi so với lần trước" in text_of(changed) and "Số sổ bảo hiểm" in text_of(changed)


def test_the_procedure_was_abolished_while_the_dossier_rested(citizen: Conversation) -> None:
    begins(citizen, "uy quyen linh thay bao hiem xa hoi can giay to gi")
    citizen.says("để sau")
    citizen.desk = desk_with(without=("1.001601",))
    gone = citizen.says("tiếp tục")
    assert "không còn trong danh mục" in text_of(gone)


def test_danger_told_in_the_middle(citizen: Conversation) -> None:
    """A life goes before papers, and the papers wait."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    citizen.says("1")
    before = citizen.file
    danger = citizen.says("chồng em đang đánh em, em sợ lắm")
    assert danger.reply.outcome is Outcome.SAFETY and "113" in text_of(danger)
    assert "Bé sinh ở đâu" not in text_of(danger)
    assert citizen.file == before
    citizen.says("benh vien")
    assert given(draft_of(citizen))["noi-sinh"] == "benh-vien"


def test_an_answer_that_only_sounds_dangerous(citizen: Conversation) -> None:
    """ "Có người chưa đủ tuổi" is a button's title, not a call for help."""
    begins(citizen, "đăng ký kết hôn cần gì")
    answers(citizen, "1")
    stopped = citizen.says("có người chưa đủ tuổi")
    assert stopped.reply.outcome is Outcome.GUIDED and given(draft_of(citizen))["tuoi"] == "chua"


def test_a_question_that_could_be_an_answer(citizen: Conversation) -> None:
    """ "Không có giấy chứng sinh thì sao" must not be noted as a birth without one."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    citizen.says("1")
    asked = citizen.says("khong co giay chung sinh thi sao")
    assert given(draft_of(citizen)) == {"viec": "chi-khai-sinh"}
    assert "Bé sinh ở đâu" in text_of(asked)
    citizen.says("2")
    assert given(draft_of(citizen))["noi-sinh"] == "mang-thai-ho", "numbers pick from the question asked last"


def test_an_answer_that_could_be_a_question(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, "1", "benh vien")
    asked = citizen.says("đăng ký kết hôn cần giấy tờ gì")
    assert asked.reply.outcome is Outcome.ANSWERED and "cha-me" not in given(draft_of(citizen))
    citizen.says("đã đăng ký kết hôn rồi ạ")
    assert given(draft_of(citizen))["cha-me"] == "da-ket-hon"


def test_numbers_pick_from_the_list_shown_last(citizen: Conversation) -> None:
    """Two lists in one conversation: an old one must never begin the wrong dossier."""
    citizen.says("bat dau lam ho so khai sinh")
    offered = citizen.says("thu tuc dat dai can gi")
    assert offered.reply.outcome is Outcome.ASKED_BACK
    first = offered.reply.context.options[0]
    picked = citizen.says("1")
    assert picked.reply.procedure_code == first and citizen.file.drafts == ()


def test_a_whole_journey_without_accents(citizen: Conversation) -> None:
    begins(citizen, "lam giay khai sinh cho chau can gi")
    answers(citizen, "chi lam khai sinh", "sinh o benh vien", "da dang ky ket hon roi")
    answers(citizen, "chua qua", "cha hoac me", "co du roi a", "nop qua mang", "cho toi", "phuong ha tu")
    answers(citizen, "co roi", "chup xong")
    assert draft_of(citizen).phase is Phase.READY
    done = answers(citizen, "nop xong roi", "H49.14-261122-0007")
    assert citizen.file.drafts[0].dossier == "H49.14-261122-0007"
    assert "H49.14-261122-0007" in text_of(done)


def test_beginning_before_choosing_asks_which_of_those_offered(citizen: Conversation) -> None:
    """A general lecture on portals would lose whoever was one tap from the start."""
    citizen.says("con toi sinh o nha gio lam giay khai sinh the nao")
    asked = citizen.says("chuan bi ho so")
    assert "1. Đăng ký khai sinh" in text_of(asked)
    citizen.says("1")
    assert draft_of(citizen).procedure == "1.001193"
