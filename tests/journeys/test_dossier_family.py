"""Births and marriages from the wish to the verdict: the papers of one's own case and no others."""

from bot.catalogue.enums import Channel
from bot.dossiers.casefile import Phase
from tests.journeys.conversation import Conversation, text_of
from tests.journeys.guided import (
    BY_NUMBER,
    TO_BRING,
    answers,
    begins,
    checked,
    draft_of,
    given,
    section,
    titles,
)


def test_the_birth_of_a_child_of_a_single_mother(citizen: Conversation) -> None:
    """She must not be sent away for a marriage certificate she does not have."""
    asked = begins(citizen, "em muốn làm khai sinh cho con")
    assert asked.reply.procedure_code == "1.001193"
    assert "Anh/chị chỉ làm khai sinh" in text_of(asked)
    citizen.presses("Chỉ làm khai sinh")
    citizen.says("sinh o benh vien")
    noted = citizen.says("em la me don than")
    assert "Tôi ghi: Chưa, mẹ đứng khai một mình" in text_of(noted)
    listed = answers(citizen, "chua qua 60 ngay", "1")
    draft = draft_of(citizen)
    assert draft.phase is Phase.CHECKLIST
    assert given(draft) == {
        "viec": "chi-khai-sinh",
        "noi-sinh": "benh-vien",
        "cha-me": "me-don-than",
        "thoi-han": "dung-han",
        "nguoi-nop": "cha-me",
    }
    to_bring = section(listed, TO_BRING)
    assert "1. Tờ khai đăng ký khai sinh" in to_bring and "2. Giấy chứng sinh" in to_bring
    assert "3." not in to_bring
    assert "kết hôn" not in to_bring + section(listed, BY_NUMBER)
    assert "người làm chứng" not in text_of(listed)
    citizen.presses("Có đủ rồi")
    citizen.presses("Nộp qua mạng")
    citizen.says("cho em")
    answers(citizen, "phường Hồng Gai", "co roi")
    ready = citizen.says("đã chụp xong")
    assert draft_of(citizen).phase is Phase.READY
    text = text_of(ready)
    assert "đã sẵn sàng" in text and "phường Hồng Gai (tên mới)" in text
    assert "không mất phí" in text and "1.001193" in text and "Nguồn:" in text
    assert "Tôi đã nộp" in titles(ready) and "Mở trang nộp hồ sơ" in titles(ready)


def test_a_birth_at_home_with_married_parents(citizen: Conversation) -> None:
    """Another place of birth and another mother get another list."""
    begins(citizen, "lam khai sinh cho be can giay to gi")
    listed = answers(citizen, "chi lam khai sinh", "be sinh o nha", "da dang ky ket hon", "qua 60 ngay", "1")
    assert given(draft_of(citizen))["thoi-han"] == "qua-han"
    assert "người làm chứng" in section(listed, TO_BRING)
    assert "Giấy chứng nhận kết hôn" in section(listed, BY_NUMBER)
    assert "Giấy chứng sinh" not in section(listed, TO_BRING)


def test_a_birth_abroad_is_sent_to_the_procedure_for_it(citizen: Conversation) -> None:
    """Filing the wrong procedure costs weeks; the draft that led astray does not linger."""
    begins(citizen, "muon lam giay khai sinh cho con")
    answers(citizen, "1")
    sent_on = citizen.says("con sinh ở nước ngoài")
    assert "2.000528" in text_of(sent_on) and "làm theo thủ tục khác" in text_of(sent_on)
    begun = citizen.says("đồng ý")
    assert begun.reply.procedure_code == "2.000528"
    assert [draft.procedure for draft in citizen.file.drafts] == ["2.000528"]


def test_a_marriage_with_one_side_working_abroad(citizen: Conversation) -> None:
    """He needs a paper of the embassy; she must not hear of it at the counter for the first time."""
    begins(citizen, "dang ky ket hon can gi")
    citizen.says("mot ben dang di lam o nuoc ngoai")
    listed = answers(citizen, "đủ tuổi rồi", "chua ai ket hon", "cùng đến được")
    draft = draft_of(citizen)
    assert draft.procedure == "1.000894" and draft.phase is Phase.CHECKLIST
    assert given(draft) == {
        "hai-ben": "lam-viec-nuoc-ngoai",
        "tuoi": "du",
        "tung-ket-hon": "chua",
        "cung-den": "duoc",
    }
    assert "cơ quan đại diện Việt Nam ở nước ngoài" in section(listed, TO_BRING)
    assert "Trường hợp: Đang công tác, học tập, lao động" in text_of(listed)
    assert "ly hôn" not in section(listed, TO_BRING)
    citizen.says("đủ cả")
    citizen.says("ra phuong")
    assert draft_of(citizen).way is Channel.COUNTER
    citizen.says("cho toi")
    ready = citizen.says("phường Bãi Cháy")
    assert draft_of(citizen).phase is Phase.READY
    assert checked(draft_of(citizen)) == {"who": "myself"}, "neither account nor scans matter at a counter"
    assert "Mang bản chính để đối chiếu" in text_of(ready)


def test_abroad_alone_is_not_enough_to_tell_who_is_meant(citizen: Conversation) -> None:
    """Working abroad, living abroad and being a foreigner need three kinds of papers."""
    begins(citizen, "đăng ký kết hôn cần gì")
    unclear = citizen.says("có người ở nước ngoài")
    assert "chưa rõ ý" in text_of(unclear) and "Một bên định cư ở nước ngoài" in titles(unclear)
    assert draft_of(citizen).answers == ()


def test_a_marriage_with_a_foreigner_is_another_procedure(citizen: Conversation) -> None:
    """The papers of a marriage between Vietnamese would be refused."""
    begins(citizen, "toi muon dang ky ket hon can chuan bi gi")
    sent_on = citizen.presses("Một bên là người nước ngoài")
    assert "mã 2.000806" in text_of(sent_on)
    begun = citizen.presses("Chuyển sang thủ tục đó")
    assert draft_of(citizen).procedure == begun.reply.procedure_code == "2.000806"
    listed = answers(
        citizen, "nguoi nuoc ngoai", "dang o trong nuoc", "chưa từng kết hôn", "không", "chưa xin"
    )
    assert draft_of(citizen).phase is Phase.CHECKLIST
    to_bring = section(listed, TO_BRING)
    assert "Hộ chiếu của người nước ngoài" in to_bring and "tổ chức y tế" in to_bring


def test_too_young_to_marry_is_told_before_any_paper(citizen: Conversation) -> None:
    begins(citizen, "đăng ký kết hôn cần gì")
    citizen.says("1")
    stopped = citizen.says("có người chưa đủ tuổi")
    assert "chưa nộp được hồ sơ" in text_of(stopped) and "18 tuổi" in text_of(stopped)
    assert draft_of(citizen).phase is Phase.BRANCHING
    back = citizen.says("nham")
    assert "Nam đã đủ 20 tuổi" in text_of(back)
    assert given(draft_of(citizen)) == {"hai-ben": "trong-nuoc"}
