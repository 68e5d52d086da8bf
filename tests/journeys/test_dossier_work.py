"""A food stall, a driving licence, land and an allowance: what decides the papers is asked, not guessed."""

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


def test_a_household_business_for_a_food_stall(citizen: Conversation) -> None:
    """One person, one form: no authorisation, no contract."""
    begins(citizen, "tôi muốn mở quán ăn nhỏ, đăng ký hộ kinh doanh")
    assert draft_of(citizen).procedure == "1.001612"
    listed = answers(citizen, "mot nguoi dung ten", "quán ăn", "chu ho tu nop")
    assert given(draft_of(citizen)) == {
        "nguoi-mo": "mot-minh",
        "nganh-nghe": "an-uong",
        "nguoi-nop": "tu-nop",
    }
    to_bring = section(listed, TO_BRING)
    assert "1. Giấy đề nghị đăng ký hộ kinh doanh" in to_bring and "2." not in to_bring
    assert "định danh" in section(listed, BY_NUMBER)
    assert "an toàn thực phẩm" in text_of(listed), "a food stall has a duty beside the registration"
    answers(citizen, "du roi", "nop qua mang", "cho toi", "phuong Ha Tu", "co")
    ready = citizen.says("chup xong")
    assert draft_of(citizen).phase is Phase.READY
    assert "chưa có số tiền" in text_of(ready), "the council's fee is not in the data and must not be made up"


def test_a_family_business_handed_in_by_somebody_else(citizen: Conversation) -> None:
    begins(citizen, "mở hộ kinh doanh cần giấy tờ gì")
    listed = answers(citizen, "2", "nganh thong thuong", "nho nguoi khac nop", "chưa có")
    to_bring = section(listed, TO_BRING)
    assert to_bring.count("Văn bản ủy quyền") == 2 and "Thẻ căn cước" in to_bring


def test_a_driving_licence_that_ran_out_three_months_ago(citizen: Conversation) -> None:
    """Who asks for an exchange is sent to the examination before paying for anything."""
    begins(citizen, "bang lai het han 3 thang lam the nao")
    assert draft_of(citizen).procedure == "3.000347"
    sent_on = citizen.says("qua han roi")
    assert "sát hạch lại" in text_of(sent_on) and "mã 3.000346" in text_of(sent_on)
    assert titles(sent_on) == ("Chuyển sang thủ tục đó", "Quay lại")
    begun = citizen.says("ok")
    assert begun.reply.procedure_code == "3.000346"
    assert [draft.procedure for draft in citizen.file.drafts] == ["3.000346"]
    listed = answers(citizen, "bằng lái đã quá hạn", "còn giữ", "cong dan viet nam")
    to_bring = section(listed, TO_BRING)
    assert "Bản sao giấy phép lái xe quá hạn" in to_bring and "khám sức khỏe" in to_bring
    assert "khóa đào tạo" not in to_bring


def test_a_licence_that_was_not_run_out_after_all(citizen: Conversation) -> None:
    """ "Quay lại" leads back to the question, not into the other procedure."""
    begins(citizen, "doi bang lai xe can gi")
    citizen.says("quá hạn")
    citizen.presses("Quay lại")
    listed = answers(citizen, "con giu, chua het han", "xe may", "1")
    assert draft_of(citizen).procedure == "3.000347"
    assert given(draft_of(citizen))["tinh-trang"] == "con-han"
    assert "khám sức khỏe" not in section(listed, TO_BRING)


def test_the_first_land_certificate_in_a_commune_that_was_split(citizen: Conversation) -> None:
    """The old commune went to several new ones: the guide asks which, and never picks one itself."""
    citizen.says("muon lam so do lan dau")
    citizen.presses("Làm sổ đỏ lần đầu")
    citizen.presses("Chuẩn bị hồ sơ")
    assert draft_of(citizen).procedure == "1.013978"
    noted = answers(citizen, "mua bang giay viet tay", "xa cu bi chia ve nhieu noi")
    assert given(draft_of(citizen)) == {"nguon-goc": "giay-tay", "ten-xa": "bi-chia"}
    assert "Lưu ý" in text_of(noted)
    listed = answers(citizen, "một người hoặc vợ chồng", "không có", "tự làm")
    assert "chữ ký của bên chuyển" in section(listed, TO_BRING)
    answers(citizen, "đủ", "nộp trực tiếp", "cho tôi")
    which = citizen.says("phuong Ha Khau")
    assert draft_of(citizen).unit is None
    assert {"Phường Tuần Châu", "Phường Việt Hưng"} <= {title.split(" (")[0] for title in titles(which)}
    ready = citizen.presses("Phường Việt Hưng")
    assert draft_of(citizen).unit == "06661" and draft_of(citizen).phase is Phase.READY
    assert "Phường Việt Hưng" in text_of(ready) and "Tuần Châu" not in text_of(ready)


def test_an_allowance_for_a_mother_of_eighty(citizen: Conversation) -> None:
    """The daughter files: the case is the mother's, the authorisation the daughter's."""
    begins(citizen, "me toi 80 tuoi khong co luong huu, xin tro cap can gi")
    assert draft_of(citizen).procedure == "1.014027"
    answers(citizen, "xin hưởng lần đầu", "tu du 75 tuoi tro len")
    listed = citizen.says("không có")
    assert given(draft_of(citizen)) == {"viec": "lan-dau", "tuoi": "tu-75", "luong-huu": "khong"}
    assert "hộ nghèo" not in section(listed, TO_BRING)
    answers(citizen, "có đủ", "trực tiếp")
    ready = answers(citizen, "làm hộ mẹ tôi", "phường Cẩm Phả")
    draft = draft_of(citizen)
    assert draft.phase is Phase.READY and draft.way is Channel.COUNTER
    assert checked(draft)["who"] == "other"
    assert "giấy ủy quyền" in text_of(ready) and "Nghị định 118/2025/NĐ-CP" in text_of(ready)


def test_an_allowance_below_the_age_is_stopped_with_another_way(citizen: Conversation) -> None:
    begins(citizen, "xin tro cap huu tri xa hoi cho bo")
    citizen.says("1")
    stopped = citizen.says("duoi 70 tuoi")
    assert "chưa nộp được" in text_of(stopped) and "1.001776" in text_of(stopped)
    assert draft_of(citizen).phase is Phase.BRANCHING
