"""Which papers to bring: by case, and what need not be brought."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.answers.about.documents import compose
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.enums import Need
from bot.catalogue.records import Case, Paper

if TYPE_CHECKING:
    from bot.answers.wording import Wording
    from tests.answers.about.conftest import MakeAsked, MakeRecord, Say


DOCUMENTS = Intent.ASK_DOCUMENTS
FORM = Paper("Tờ khai nuôi chim", originals=1, form="TK01")
HEALTH = Paper("Giấy khám sức khỏe của chim", originals=1, copies=2)


def test_papers_are_grouped_by_what_to_do_with_them(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Who copies papers that are only a number, or in the register, wastes a morning."""
    papers = (
        FORM,
        Paper("Căn cước", Need.NUMBER, database="Cơ sở dữ liệu dân cư"),
        Paper("Sổ đỏ", Need.SHOW),
        Paper("Giấy khai sinh", Need.DATABASE, database="Cơ sở dữ liệu hộ tịch"),
    )
    text = say(compose(record(papers=papers), asked(DOCUMENTS), {}))
    assert text.startswith(
        "Cấp giấy phép nuôi chim: hồ sơ gồm\n"
        "Phải nộp:\n- Tờ khai nuôi chim (1 bản chính; biểu mẫu: TK01)\n"
        "Mang theo để xuất trình:\n- Sổ đỏ\n"
        "Chỉ cần cung cấp số, không phải nộp giấy:\n- Căn cước (tra cứu trong Cơ sở dữ liệu dân cư)\n"
        "Không cần nộp nếu đã có trong cơ sở dữ liệu:\n"
    )


def test_known_case_gets_common_and_own_papers_only(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Papers of other people's situations must not be collected in vain."""
    cases = (Case("ca-canh", "Chim cảnh", (HEALTH,)), Case("ga", "Gà chọi", (Paper("Cam kết"),)))
    answer = compose(record(papers=(FORM,), cases=cases), asked(DOCUMENTS, case_id="ca-canh"), {})
    text = say(answer)
    assert "trường hợp “Chim cảnh”" in text
    assert "Tờ khai nuôi chim" in text
    assert "- Giấy khám sức khỏe của chim (1 bản chính; 2 bản sao)" in text
    assert "Cam kết" not in text
    assert answer.buttons == ()


def test_few_cases_are_shown_with_their_extra_papers(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Two or three situations are read faster than asked for."""
    cases = (Case("a", "Chim cảnh", (HEALTH,)), Case("b", "Gà chọi"), Case("c", "Vẹt", note="Hỏi xã."))
    text = say(compose(record(papers=(FORM,), cases=cases), asked(DOCUMENTS), {}))
    assert "Trường hợp “Chim cảnh”, thêm:\n- Giấy khám sức khỏe của chim" in text
    assert "Trường hợp “Gà chọi”: nguồn không ghi thêm giấy tờ.\nTrường hợp “Vẹt”: Hỏi xã\n" in text


def test_many_cases_ask_which_one_with_buttons(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Five lists at once bury the one that counts."""
    cases = tuple(Case(f"c{n}", f"Trường hợp {n}", (Paper(f"Giấy {n}"),)) for n in range(1, 6))
    answer = compose(record(papers=(FORM,), cases=cases), asked(DOCUMENTS), {})
    text = say(answer)
    assert "Anh/chị thuộc trường hợp nào?\n- Trường hợp 1\n" in text
    assert "Giấy 1" not in text
    assert [button.payload for button in answer.buttons][:2] == [
        f'/select_option{{"code":"{answer.procedure_code}","case":"c1"}}',
        f'/select_option{{"code":"{answer.procedure_code}","case":"c2"}}',
    ]


def test_at_most_two_mistakes(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The reasons dossiers come back help only when they are few."""
    text = say(
        compose(record(papers=(FORM,), mistakes=("Ảnh mờ.", "Thiếu chữ ký.", "Sai tên.")), asked(), {})
    )
    assert "Hay bị trả lại vì:\n- Ảnh mờ\n- Thiếu chữ ký\n" in text
    assert "Sai tên" not in text


def test_paper_named_in_the_question_comes_first_with_its_case(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """ "Có cần giấy khám sức khỏe không" deserves its answer before the list, also without accents."""
    procedure = record(papers=(FORM,), cases=(Case("a", "Chim cảnh", (HEALTH,)),))
    for question in ("nuôi chim có cần giấy khám sức khỏe không", "nuoi chim can giay kham suc khoe ko"):
        text = say(compose(procedure, asked(DOCUMENTS, text=question), {}))
        assert text.startswith(
            "Về giấy tờ anh/chị hỏi, hồ sơ có ghi:\n- Trường hợp Chim cảnh: Giấy khám sức khỏe của chim"
        )


def test_words_of_the_procedure_itself_name_no_paper(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Every question contains the procedure's name; it must not pick out a paper."""
    text = say(compose(record(papers=(FORM,)), asked(DOCUMENTS, text="nuôi chim cần giấy tờ gì"), {}))
    assert "Về giấy tờ anh/chị hỏi" not in text


def test_record_without_papers_says_so_and_where_to_ask(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """Silence of the record is not "no papers needed"."""
    answer = compose(record(), asked(DOCUMENTS), {})
    assert answer.outcome is Outcome.NO_DATA
    assert "chưa có dữ liệu về giấy tờ phải nộp của thủ tục này" in say(answer)
    assert "quầy Trung tâm Phục vụ hành chính công" in say(answer)
    assert "https://example.vn/1" in say(answer)


def test_the_checklist_names_every_paper_once(record: MakeRecord, asked: MakeAsked, wording: Wording) -> None:
    """A paper of two cases is told for each: what is ticked off must be what the text asks for."""
    cases = (Case("a", "Chim cảnh", (HEALTH,)), Case("b", "Gà chọi", (HEALTH,)), Case("c", "Vẹt"))
    papers = (FORM, Paper("Căn cước", Need.NUMBER))
    listed = compose(record(papers=papers, cases=cases), asked(DOCUMENTS), {}).checklist
    assert [wording.value(line) for line in listed] == [
        "Tờ khai nuôi chim (1 bản chính; biểu mẫu: TK01)",
        "Căn cước (chỉ cần cung cấp số)",
        "Trường hợp Chim cảnh: Giấy khám sức khỏe của chim (1 bản chính; 2 bản sao)",
        "Trường hợp Gà chọi: Giấy khám sức khỏe của chim (1 bản chính; 2 bản sao)",
    ]


def test_a_known_case_has_the_checklist_of_its_own(
    record: MakeRecord, asked: MakeAsked, wording: Wording
) -> None:
    cases = (Case("a", "Chim cảnh", (HEALTH,)), Case("b", "Gà chọi", (Paper("Cam kết"),)))
    answer = compose(record(papers=(FORM, FORM), cases=cases), asked(DOCUMENTS, case_id="b"), {})
    lines = [wording.value(line) for line in answer.checklist]
    assert lines == ["Tờ khai nuôi chim (1 bản chính; biểu mẫu: TK01)", "Cam kết"]


def test_the_papers_of_today_are_no_checklist_for_another_day(record: MakeRecord, asked: MakeAsked) -> None:
    """The caution stands in the text; a printed list would be taken for the papers of that day."""
    for day in (date(2020, 6, 1), date(2027, 1, 1)):
        assert compose(record(papers=(FORM,)), asked(DOCUMENTS, as_of=day), {}).checklist == ()
