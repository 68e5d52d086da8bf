"""Forms, legal texts, conditions and results: shown when recorded, admitted when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.about import eligibility, form, legal_basis, result
from bot.answers.outcome import Outcome
from bot.catalogue.records import Form, Paper, Result

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, Say


def test_form_with_code_and_issuing_text(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The code is what the counter asks for."""
    forms = (Form("Tờ khai nuôi chim", "TK01", "Thông tư 1/2026"),)
    text = say(form.compose(record(forms=forms), asked(), {}))
    assert "- Tờ khai nuôi chim (ký hiệu: TK01)\n" in text
    assert "Ban hành mẫu: Thông tư 1/2026" in text


def test_form_is_found_among_the_papers(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Thin records name the form only with the paper."""
    papers = (Paper("Đơn xin nuôi chim", form="Mẫu 2"), Paper("Ảnh"))
    text = say(form.compose(record(papers=papers), asked(), {}))
    assert "mẫu cần điền\n- Đơn xin nuôi chim (ký hiệu: Mẫu 2)\n" in text
    assert "Ảnh" not in text


def test_long_lists_of_laws_are_cut_with_a_count(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Forty decrees on a phone hide the two that matter."""
    laws = tuple(f"Nghị định {number}/2026/NĐ-CP" for number in range(1, 16))
    text = say(legal_basis.compose(record(legal_basis=laws), asked(), {}))
    assert "- Nghị định 12/2026/NĐ-CP\nCòn 3 văn bản khác" in text
    assert "Nghị định 13/2026" not in text


def test_conditions_then_applicants(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The assistant shows the rule and does not judge the person."""
    procedure = record(conditions=("Chim khỏe mạnh.",), applicants=("Công dân Việt Nam", "Tổ chức"))
    text = say(eligibility.compose(procedure, asked(), {}))
    assert "Điều kiện:\n- Chim khỏe mạnh\nĐối tượng: Công dân Việt Nam, Tổ chức\n" in text


def test_applicants_alone_do_not_mean_no_conditions(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Silence of the source must not sound like "everybody may"."""
    text = say(eligibility.compose(record(applicants=("Tổ chức",)), asked(), {}))
    assert "Nguồn không ghi điều kiện riêng" in text


def test_result_with_and_without_validity(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """A paper that is valid six months is fetched at the right time."""
    dated = say(result.compose(record(results=(Result("Giấy phép", "6 tháng kể từ ngày cấp"),)), asked(), {}))
    assert "anh/chị nhận được Giấy phép (hiệu lực: 6 tháng kể từ ngày cấp)" in dated
    silent = say(result.compose(record(results=(Result("Giấy phép"),)), asked(), {}))
    assert "không ghi thời hạn hiệu lực" in silent


def test_missing_facts_are_no_data(record: MakeRecord, asked: MakeAsked) -> None:
    """ "Chưa có dữ liệu" is an answer, an empty list is not."""
    for module in (eligibility, form, legal_basis, result):
        assert module.compose(record(), asked(), {}).outcome is Outcome.NO_DATA
