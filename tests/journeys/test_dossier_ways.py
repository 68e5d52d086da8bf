"""Where and how to hand in: post, counter, without an account, with the portal down, with papers missing."""

from bot.catalogue.enums import Channel
from bot.dossiers.casefile import Phase
from tests.journeys.conversation import Conversation, text_of
from tests.journeys.guided import TO_BRING, answers, begins, checked, draft_of, section, titles


def test_a_procedure_of_level_two_sent_by_post(citizen: Conversation) -> None:
    """Nothing can be sent online: no portal, no account, no scans, but the post and what to keep."""
    begins(citizen, "toi muon khieu nai quyet dinh xu phat cua cong an tinh")
    assert draft_of(citizen).procedure == "1.003504"
    listed = citizen.says("tự viết đơn")
    assert "Đơn khiếu nại" in section(listed, TO_BRING) and "đại diện hợp pháp" not in text_of(listed)
    ways = citizen.says("du roi")
    assert titles(ways) == ("Nộp trực tiếp", "Gửi bưu điện", "Quay lại")
    assert "VNeID" not in text_of(ways)
    citizen.says("gui buu dien")
    ready = citizen.says("cho toi")
    draft = draft_of(citizen)
    assert draft.phase is Phase.READY and draft.way is Channel.POST
    text = text_of(ready)
    assert "số hiệu bưu gửi" in text and "bưu chính công ích" in text
    assert "VNeID" not in text and "Đăng nhập" not in text
    assert "Mở trang nộp hồ sơ" not in titles(ready) and "Cổng bị lỗi" not in titles(ready)


def test_a_procedure_that_is_only_done_at_a_counter(citizen: Conversation) -> None:
    """A VNeID account takes fingerprints: the way is not even asked for."""
    begins(citizen, "cap tai khoan dinh danh dien tu muc 2 can giay to gi")
    assert draft_of(citizen).procedure == "3.000228" and draft_of(citizen).way is Channel.COUNTER
    answers(citizen, "chua co", "tu du 14 tuoi", "còn hạn", "chinh chu")
    who = citizen.says("đủ giấy tờ rồi")
    assert "cho mình hay làm thay" in text_of(who), "there is nothing to choose"
    ready = citizen.says("cho em")
    assert draft_of(citizen).phase is Phase.READY
    assert "Mang bản chính để đối chiếu" in text_of(ready) and "Đăng nhập" not in text_of(ready)


def test_missing_papers_are_named_supplied_and_then_it_is_ready(citizen: Conversation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, "1", "benh vien", "da dang ky ket hon", "chua qua 60 ngay", "1")
    citizen.says("thieu 2")
    answers(citizen, "nop truc tiep", "cho toi")
    missing = citizen.says("phường Cao Xanh")
    assert draft_of(citizen).phase is Phase.NOT_READY
    text = text_of(missing)
    assert "chưa nộp được" in text and "Giấy chứng sinh" in text and "Tờ khai" not in text
    assert "Đã bổ sung, xem lại" in titles(missing) and "Tôi đã nộp" not in titles(missing)
    asked = citizen.says("da bo sung")
    assert "Giấy 2/2" in text_of(asked)
    still = citizen.says("chưa có ạ")
    assert draft_of(citizen).phase is Phase.NOT_READY and "Giấy chứng sinh" in text_of(still)
    citizen.presses("Đã bổ sung")
    ready = citizen.says("có rồi")
    assert draft_of(citizen).phase is Phase.READY and "đã sẵn sàng" in text_of(ready)


def test_papers_gone_through_one_by_one(citizen: Conversation) -> None:
    begins(citizen, "doi bang lai xe can gi")
    answers(citizen, "còn giữ, chưa hết hạn", "ô tô", "công dân việt nam, ở trong nước")
    first = citizen.presses("Còn thiếu")
    assert "Giấy 1/3" in text_of(first)
    answers(citizen, "có", "chua")
    citizen.presses("Có rồi")
    draft = draft_of(citizen)
    assert draft.phase is Phase.CHANNEL
    assert len(draft.ticked) == 2 and len(draft.lacking) == 1


def test_no_account_leads_to_another_way(citizen: Conversation) -> None:
    """186 of 382 who gave up had no account: the counter must be one tap away."""
    begins(citizen, "mở hộ kinh doanh cần giấy tờ gì")
    answers(citizen, "một mình", "nganh thong thuong", "chủ hộ tự nộp", "đủ rồi", "qua mạng", "bỏ qua")
    citizen.says("chua co")
    missing = citizen.says("rồi")
    assert draft_of(citizen).phase is Phase.NOT_READY
    text = text_of(missing)
    assert "Tài khoản VNeID mức 2" in text and "Đến Công an cấp xã" in text
    assert "không cần tài khoản VNeID" in text
    citizen.presses("Đổi cách nộp")
    ready = citizen.presses("Nộp trực tiếp")
    assert draft_of(citizen).phase is Phase.READY
    assert checked(draft_of(citizen)) == {"unit": "skip"}, "who hands in was asked as a branch question"
    assert "VNeID mức 2" not in text_of(ready)


def test_the_portal_is_down(citizen: Conversation) -> None:
    """What is prepared is kept, and the counter may not refuse."""
    begins(citizen, "dang ky ket hon can gi")
    answers(citizen, "1", "du tuoi", "cả hai chưa từng kết hôn", "cùng đến được", "đủ", "trực tuyến")
    answers(citizen, "tôi", "hồng gai", "có", "đã chụp")
    assert draft_of(citizen).phase is Phase.READY
    down = citizen.says("không vào được cổng")
    text = text_of(down)
    assert "không vào được" in text and "mã OTP" in text and "Trung tâm Phục vụ" in text
    assert "vẫn được giữ" in text
    assert draft_of(citizen).phase is Phase.READY
    ready = citizen.presses("Nộp trực tiếp")
    assert draft_of(citizen).way is Channel.COUNTER and draft_of(citizen).phase is Phase.READY
    assert "Mang bản chính" in text_of(ready) and "Cổng bị lỗi" not in titles(ready)


def test_handed_in_without_a_code_is_not_handed_in(citizen: Conversation) -> None:
    """A saved draft on the portal is the usual way to lose a month."""
    begins(citizen, "uy quyen linh thay bao hiem xa hoi can giay to gi")
    answers(citizen, "đủ", "nộp trực tiếp", "cho tôi")
    asked = citizen.says("da nop roi")
    assert "H49" in text_of(asked) and draft_of(citizen).phase is Phase.READY
    none = citizen.says("không thấy mã")
    assert "chưa được gửi đi" in text_of(none) and "bản nháp" in text_of(none)
    assert draft_of(citizen).phase is Phase.READY and draft_of(citizen).dossier is None
    assert titles(none) == ("Làm tiếp", "Để sau")


def test_a_code_told_ends_the_preparation(citizen: Conversation) -> None:
    begins(citizen, "ủy quyền lĩnh thay bảo hiểm xã hội cần giấy tờ gì")
    answers(citizen, "đủ", "gửi bưu điện", "cho tôi", "đã gửi")
    done = citizen.says("ma ho so cua toi la h49.12-261120-0001")
    (draft,) = citizen.file.drafts
    assert draft.phase is Phase.SUBMITTED and draft.dossier == "H49.12-261120-0001"
    assert citizen.file.waiting is None and citizen.file.active is None
    assert "H49.12-261120-0001" in text_of(done) and "Xem tình trạng hồ sơ" in titles(done)
    citizen.says("tiếp tục")
    assert citizen.file.waiting is None and citizen.file.drafts == (draft,)


def test_a_procedure_without_questions_and_papers(citizen: Conversation) -> None:
    """Where nothing is known, that is said, and the rest of the way is still shown."""
    begun = begins(citizen, "giấy phép bán lẻ rượu làm thế nào")
    assert draft_of(citizen).procedure == "2.000620"
    assert "chưa có dữ liệu về thành phần hồ sơ" in text_of(begun)
    assert not draft_of(citizen).answers
    ready = citizen.says("cho tôi")
    assert draft_of(citizen).phase is Phase.READY
    assert "hỏi Trung tâm Phục vụ hành chính công" in text_of(ready) and "2.000620" in text_of(ready)


def test_an_old_commune_is_resolved_to_the_one_of_today(citizen: Conversation) -> None:
    """Choosing the agency by its old name sends a dossier back."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(
        citizen, "1", "benh vien", "da dang ky ket hon", "chua qua 60 ngay", "1", "du", "qua mang", "cho toi"
    )
    noted = citizen.says("em o bach dang")
    assert "nay là Phường Hồng Gai" in text_of(noted)
    ready = answers(citizen, "co", "co")
    assert "phường Hồng Gai (tên mới)" in text_of(ready)
    assert citizen.context.unit == draft_of(citizen).unit == "06685"


def test_a_district_of_the_past_is_no_commune(citizen: Conversation) -> None:
    """ "Hạ Long" was a city of twenty communes: the guide may not pick one."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(
        citizen, "1", "benh vien", "da dang ky ket hon", "chua qua 60 ngay", "1", "du", "qua mang", "cho toi"
    )
    again = citizen.says("thành phố hạ long")
    assert draft_of(citizen).unit is None and "chưa nhận ra" in text_of(again)
    citizen.says("phường Hạ Long")
    assert draft_of(citizen).unit is not None
