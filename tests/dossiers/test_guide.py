"""The guide over made-up procedures: what is told, what is remembered, and what is not taken for granted."""

from datetime import date

import pytest
from msgspec.structs import replace

from bot.answers.intent import Intent
from bot.catalogue.enums import Channel
from bot.dossiers.casefile import Phase
from tests.dossiers.records import ABROAD, BIRTH, CASES_ONLY, PASSPORT
from tests.dossiers.talking import Talk, knowledge

TO_THE_LIST = ("bệnh viện", "chưa quá 60 ngày")


@pytest.fixture
def talk() -> Talk:
    return Talk()


def phase(talk: Talk) -> Phase:
    return talk.draft.phase


def begun(talk: Talk, code: str = BIRTH.code) -> str:
    return talk.press(f"start:{code}")


def test_from_the_wish_to_the_code(talk: Talk) -> None:
    assert "Bé sinh ở đâu" in begun(talk)
    listed = talk.go(*TO_THE_LIST)
    assert "1. Tờ khai" in listed and "2. Giấy chứng sinh" in listed and "Sinh ở bệnh viện" in listed
    assert "người làm chứng" not in listed
    talk.go("đủ", "qua mạng", "cho tôi", "hong gai", "có")
    ready = talk.go("có")
    assert phase(talk) is Phase.READY and talk.draft.unit == "06685"
    assert "nop.example.vn" in ready and "phường Hồng Gai (tên mới)" in ready
    assert "mã hồ sơ" in talk.go("đã nộp")
    done = talk.say("H49.22-261122-0001", Intent.DOSSIER_STATUS, dossier="H49.22-261122-0001")
    assert phase(talk) is Phase.SUBMITTED and "H49.22-261122-0001" in done
    assert talk.file.active is None and talk.file.waiting is None


def test_an_old_name_of_the_commune_is_enough(talk: Talk) -> None:
    begun(talk)
    talk.go(*TO_THE_LIST, "đủ", "qua mạng", "cho tôi")
    assert "nay là Phường Hồng Gai" in talk.go("em ở bạch đằng")
    assert talk.context.unit == talk.draft.unit == "06685"


def test_a_note_and_a_stop(talk: Talk) -> None:
    begun(talk)
    stopped = talk.go("ở nhà", "không")
    assert "chưa nộp được" in stopped and "Cần người làm chứng việc sinh" in stopped
    assert "người làm chứng không" in talk.go("quay lại"), "back leads to the question that stopped it"
    noted = talk.go("có", "đã quá 60 ngày")
    assert "Lưu ý: Phải nộp lệ phí" in noted and "Văn bản người làm chứng" in noted


def test_another_procedure_takes_the_place_of_the_wrong_one(talk: Talk) -> None:
    begun(talk)
    assert ABROAD.code in talk.go("nước ngoài")
    talk.go("ok")
    assert [draft.procedure for draft in talk.file.drafts] == [ABROAD.code]


def test_declining_another_procedure_asks_again(talk: Talk) -> None:
    begun(talk)
    asked = talk.go("nước ngoài", "không")
    assert "Bé sinh ở đâu" in asked and talk.draft.answers == ()


def test_a_correction_long_after(talk: Talk) -> None:
    begun(talk)
    talk.go(*TO_THE_LIST, "đủ", "trực tiếp", "cho tôi")
    talk.go("nhầm, làm cho mẹ")
    assert [given.option for given in talk.draft.checks] == ["other"]
    talk.go("à nhầm, bé sinh ở nhà")
    assert talk.draft.answers[0].option == "o-nha"
    assert talk.file.waiting is not None and talk.file.waiting.topic == "question"


def test_a_correction_that_fits_nothing_changes_nothing(talk: Talk) -> None:
    begun(talk)
    talk.go(*TO_THE_LIST)
    before = talk.draft
    talk.go("nhầm, con voi màu xanh")
    assert talk.draft == before


def test_cases_of_a_record_without_questions_are_asked(talk: Talk) -> None:
    """Most of the catalogue has no questions: its cases are offered instead."""
    asked = begun(talk, CASES_ONLY.code)
    assert "trường hợp nào" in asked
    listed = talk.go("bị mất")
    assert "Giấy chứng sinh" in listed
    talk.press(f"start:{CASES_ONLY.code}")
    corrected = talk.go("quay lại")
    assert "trường hợp nào" in corrected


def test_what_is_not_known_is_said(talk: Talk) -> None:
    told = begun(talk, "1.000005")
    assert "chưa có dữ liệu về thành phần hồ sơ" in told
    ready = talk.go("cho tôi")
    assert phase(talk) is Phase.READY and talk.draft.way is Channel.COUNTER
    assert "chưa có dữ liệu" in ready, "the fee is not known either"


@pytest.mark.parametrize(
    ("said", "told"),
    [("để sau", "Tôi giữ hồ sơ"), ("bỏ hồ sơ này", "Bỏ hồ sơ"), ("xem lại câu trả lời", "đã trả lời")],
)
def test_a_draft_is_left_in_words_also_after_another_flow_has_asked(talk: Talk, said: str, told: str) -> None:
    """Lost: the way out, in an answer about something else."""
    begun(talk)
    talk.go(*TO_THE_LIST)
    talk.file = talk.file.asking(None)
    assert told in talk.go(said)


def test_changed_papers_are_told_when_it_is_taken_up_again(talk: Talk) -> None:
    begun(talk)
    talk.go(*TO_THE_LIST, "đủ", "để sau")
    talk.replace(knowledge(replace(BIRTH, papers=(*BIRTH.papers, PASSPORT))))
    told = talk.say("tiếp tục", Intent.RESUME_DOSSIER)
    assert "đã thay đổi so với lần trước" in told and "Hộ chiếu" in told
    assert phase(talk) is Phase.CHECKLIST


def test_a_question_that_is_gone_from_the_record_is_not_missed(talk: Talk) -> None:
    begun(talk)
    talk.go(*TO_THE_LIST, "để sau")
    talk.replace(knowledge(replace(BIRTH, questions=BIRTH.questions[:1])))
    told = talk.say("tiếp tục", Intent.RESUME_DOSSIER)
    assert "Giấy chứng sinh" in told and "60 ngày" not in told


def test_a_procedure_that_is_gone(talk: Talk) -> None:
    begun(talk)
    talk.file = replace(talk.file, drafts=(replace(talk.draft, procedure="9.999999"),))
    told = talk.say("tiếp tục", Intent.RESUME_DOSSIER)
    assert "không còn trong danh mục" in told


def test_beginning_twice_offers_the_open_one(talk: Talk) -> None:
    begun(talk)
    talk.go("bệnh viện", "để sau")
    assert "chuẩn bị dở" in begun(talk)
    talk.press(f"new:{BIRTH.code}")
    assert [len(draft.answers) for draft in talk.file.drafts] == [1, 0]
    assert len({draft.id for draft in talk.file.drafts}) == 2


def test_no_more_than_a_dozen_are_kept(talk: Talk) -> None:
    for _ in range(15):
        talk.press(f"new:{BIRTH.code}")
    assert len(talk.file.drafts) == 12


def test_days_are_those_of_the_turn(talk: Talk) -> None:
    begun(talk)
    assert talk.draft.started_on == talk.draft.touched_on == date(2026, 11, 23)
