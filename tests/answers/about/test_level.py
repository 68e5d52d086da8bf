"""Level answers: the publication is quoted, the law only cautions, old scales never stand alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.about.level import compose
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import Handler, LevelScheme, LevelValue
from bot.catalogue.records import Era, LevelReading
from bot.catalogue.units import Unit

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, MakeStatement, Say


Agencies = Mapping[str, Agency]
LEVEL = Intent.ASK_LEVEL


def test_full_level_names_agencies_date_link_and_source(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """Otherwise the citizen cannot tell who promised what, since when, and where to click."""
    procedure = record(levels=(statement(submit_url="nop.example.vn/nop-ho-so?"),))
    answer = compose(procedure, asked(LEVEL), agencies)
    text = say(answer)
    assert answer.outcome is Outcome.ANSWERED
    assert text.startswith("Cấp giấy phép nuôi chim: dịch vụ công trực tuyến toàn trình.")
    assert "54 xã, phường, đặc khu" in text
    assert "ngày 10/11/2026" in text
    assert "https://nop.example.vn/nop-ho-so " in text
    assert answer.sources[0].dated == date(2026, 11, 10)
    assert answer.procedure_code == "1.000001"


def test_stricter_law_is_a_caution_and_does_not_replace_the_publication(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """A couple told "all online" would never come to sign; a hidden publication would be our invention."""
    reading = LevelReading(LevelValue.PARTIAL, "Hai bên phải cùng ký", "Luật Hộ tịch Điều 18", ("Đến ký sổ",))
    text = say(compose(record(levels=(statement(),), reading=reading), asked(LEVEL), agencies))
    assert "dịch vụ công trực tuyến toàn trình." in text
    assert "theo quy định: Hai bên phải cùng ký (Luật Hộ tịch Điều 18)" in text
    assert "- Đến ký sổ" in text
    assert "không phải đến cơ quan" not in text


def test_agreeing_reading_explains_a_partial_service(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """ "Một phần" alone does not tell what the citizen has to travel for."""
    reading = LevelReading(LevelValue.PARTIAL, "Phải nộp sổ đỏ bản gốc")
    partial = statement(LevelValue.PARTIAL)
    text = say(compose(record(levels=(partial,), reading=reading), asked(LEVEL), agencies))
    assert "Phải nộp sổ đỏ bản gốc" in text
    assert "chưa khớp" not in text


def test_published_reason_wins_over_our_reading(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """The agency has to publish its reason; ours must not hide it."""
    reading = LevelReading(LevelValue.PARTIAL, "Lý do của chúng tôi")
    partial = statement(LevelValue.PARTIAL, reason="Phải kiểm tra tại chỗ", legal_basis="Luật Chim Điều 2")
    text = say(compose(record(levels=(partial,), reading=reading), asked(LEVEL), agencies))
    assert "Phải kiểm tra tại chỗ (Luật Chim Điều 2)" in text
    assert "Lý do của chúng tôi" not in text


def test_agencies_that_differ_are_listed_apart(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """1.013962 is partial at communes and full at the land office: one word for both would be wrong."""
    levels = (statement(agencies=("H49.22", "CN-VPDKDD")), statement(LevelValue.PARTIAL))
    text = say(compose(record(levels=levels), asked(LEVEL), agencies))
    assert (
        "- Sở Nông nghiệp và Môi trường; 13 chi nhánh Văn phòng đăng ký đất đai: "
        "dịch vụ công trực tuyến toàn trình"
    ) in text
    assert "- 54 xã, phường, đặc khu: dịch vụ công trực tuyến một phần" in text


def test_unit_hears_its_own_level_first(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, ha_tu: Unit, say: Say
) -> None:
    """A resident of Hà Tu asks about Hà Tu; the rest fits one line."""
    levels = (statement(agencies=("H49.22",)), statement(LevelValue.PARTIAL, agencies=("H49.115",)))
    lines = say(compose(record(levels=levels), asked(LEVEL, unit=ha_tu), agencies)).split("\n")
    assert lines[0].endswith("dịch vụ công trực tuyến một phần.")
    assert "phường Hà Tu" in lines[1]
    assert lines[2] == "Nơi khác: dịch vụ công trực tuyến toàn trình tại Sở Nông nghiệp và Môi trường."


def test_newer_publication_of_an_agency_replaces_only_that_agency(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """A department's correction must neither be lost nor wipe out what holds for the communes."""
    levels = (
        statement(agencies=("XA", "H49.22"), stated_on=date(2026, 10, 25)),
        statement(LevelValue.PARTIAL, agencies=("H49.22",)),
    )
    text = say(compose(record(levels=levels), asked(LEVEL), agencies))
    assert "- 54 xã, phường, đặc khu: dịch vụ công trực tuyến toàn trình" in text
    assert "- Sở Nông nghiệp và Môi trường: dịch vụ công trực tuyến một phần" in text


def test_old_word_only_in_brackets_and_with_the_caveat(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """The scales do not translate one to one; a bare "mức 4" would promise too much."""
    procedure = record(levels=(statement(),))
    assert "mức độ 4" not in say(compose(procedure, asked(LEVEL), agencies))
    text = say(compose(procedure, asked(LEVEL, old_scale=True), agencies))
    assert "toàn trình (cách gọi cũ: gần với mức độ 4)" in text
    assert "chỉ là gần đúng" in text


def test_variants_of_the_service_are_listed(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """Choosing the wrong row on the portal sends the dossier back."""
    levels = (
        statement(variant="Nuôi tại nhà"),
        statement(variant="Nuôi tại trại", service_code="1.000001.02", trial=True),
    )
    text = say(compose(record(levels=levels), asked(LEVEL), agencies))
    assert "- Nuôi tại nhà (mã dịch vụ 1.000001.01): " in text
    assert "- Nuôi tại trại (mã dịch vụ 1.000001.02): " in text
    assert "thử nghiệm" in text


def test_variant_that_repeats_the_name_is_left_out(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """Upper-case copies of the name only make the answer longer."""
    procedure = record(levels=(statement(variant="THỦ TỤC CẤP GIẤY PHÉP NUÔI CHIM"),))
    assert "mã dịch vụ" not in say(compose(procedure, asked(LEVEL), agencies))


def test_publication_older_than_thirty_days_is_said_to_be_old(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """Levels change; an old list must not sound like today's."""
    procedure = record(levels=(statement(stated_on=date(2026, 10, 3)),))
    assert "đã hơn 30 ngày" in say(compose(procedure, asked(LEVEL), agencies))


def test_without_a_publication_no_level_is_claimed(
    record: MakeRecord, asked: MakeAsked, agencies: Agencies, say: Say
) -> None:
    """A guessed level costs a wasted day; police run their own system and the citizen should know."""
    procedure = record(handler=Handler.POLICE, authority="Công an cấp xã")
    answer = compose(procedure, asked(LEVEL), agencies)
    assert answer.outcome is Outcome.NO_DATA
    assert "chưa có dữ liệu công bố mức độ của Quảng Ninh cho thủ tục này" in say(answer)
    assert "do cơ quan Công an giải quyết" in say(answer)
    assert "toàn trình" not in say(answer)


def test_question_about_2020_gets_the_scale_and_agency_of_its_time(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """Who kept a 2020 paper has to recognise it; today's word follows so that nobody acts on the past."""
    history = (
        Era(date(2025, 6, 30), "Nghị định 168/2025", authority="Phòng Tài chính - Kế hoạch huyện"),
        Era(date(2022, 8, 14), "Danh mục 2020", scheme=LevelScheme.S2011, level=LevelValue.THREE),
    )
    procedure = record(levels=(statement(),), history=history)
    text = say(compose(procedure, asked(LEVEL, as_of=date(2020, 6, 1)), agencies))
    assert "vào ngày 01/06/2020: mức độ 3 theo thang 4 mức cũ" in text
    assert "Phòng Tài chính - Kế hoạch huyện" in text
    assert "Nay đã thay đổi: dịch vụ công trực tuyến toàn trình (danh mục công bố ngày 10/11/2026)" in text


def test_earlier_day_without_history_has_no_data(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Agencies, say: Say
) -> None:
    """Today's level must not be passed off as that of 2019."""
    answer = compose(record(levels=(statement(),)), asked(LEVEL, as_of=date(2019, 1, 1)), agencies)
    assert answer.outcome is Outcome.NO_DATA
    assert "chưa có dữ liệu về mức độ trực tuyến vào ngày 01/01/2019" in say(answer)
    assert "Hiện nay: dịch vụ công trực tuyến toàn trình" in say(answer)
