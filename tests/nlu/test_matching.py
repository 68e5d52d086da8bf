"""Units, agencies, fields and levels found in messages."""

from pathlib import Path

import pytest

from bot.nlu.matching import Gazetteer
from bot.nlu.name_tables import read_names

UNITS = """code,name,type,short_name
22,Tỉnh Quảng Ninh,tinh,Quảng Ninh
193,Thành phố Hạ Long,thanh_pho,Hạ Long
06688,Phường Hạ Long,phuong,Hạ Long
06673,Phường Bãi Cháy,phuong,Bãi Cháy
06994,Đặc khu Vân Đồn,dac_khu,Vân Đồn
"""
AGENCIES = """code,name,kind
H49.29,Sở Y tế,department
G12,Bảo hiểm xã hội tỉnh Quảng Ninh,social_insurance
H49.101,Ủy ban nhân dân phường Hạ Long,commune
"""
FIELDS = """alias,field
đất đai,Đất đai
"""


@pytest.fixture
def names(tmp_path: Path) -> Gazetteer:
    for name, table in (("units", UNITS), ("agencies", AGENCIES), ("fields", FIELDS)):
        (tmp_path / f"{name}.csv").write_text(table, encoding="utf-8")
    return Gazetteer(read_names(tmp_path, tmp_path / "fields.csv"))


def found(names: Gazetteer, text: str) -> list[tuple[str, str, str]]:
    return [(match.entity, match.value, text[match.start : match.end]) for match in names.find(text)]


def test_ward_and_former_city_of_one_name_are_told_apart(names: Gazetteer) -> None:
    """They lie kilometres apart: a mix-up sends the citizen to the wrong counter."""
    assert found(names, "nộp ở phường Hạ Long") == [("unit", "Phường Hạ Long", "phường Hạ Long")]
    assert found(names, "nop o tp ha long") == [("unit", "Thành phố Hạ Long", "tp ha long")]


def test_short_name_of_two_units_keeps_both_codes(names: Gazetteer) -> None:
    (match,) = names.find("em ở Hạ Long")
    assert match.codes == ("193", "06688")


def test_short_name_counts_only_after_a_word_of_place(names: Gazetteer) -> None:
    """'nhà bãi cháy' is a fire, not the ward Bãi Cháy."""
    assert found(names, "nhà bãi cháy hết") == []
    assert found(names, "tại Bãi Cháy") == [("unit", "Bãi Cháy", "Bãi Cháy")]


def test_agency_is_found_with_and_without_the_province(names: Gazetteer) -> None:
    assert found(names, "sở y tế") == [("agency", "Sở Y tế", "sở y tế")]
    assert found(names, "bảo hiểm xã hội tỉnh")[0][1] == "Bảo hiểm xã hội tỉnh Quảng Ninh"


def test_field_is_found(names: Gazetteer) -> None:
    assert found(names, "thủ tục dat dai") == [("field", "Đất đai", "dat dai")]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("toàn trình chưa", "full"),
        ("thủ tục một phần", "partial"),
        ("mức độ 3", "3"),
        ("mức 4", "4"),
        ("cấp 4 là gì", "4"),
        ("level 4", "4"),
        ("cap do 2", "2"),
    ],
)
def test_level_words(names: Gazetteer, text: str, level: str) -> None:
    assert [match.value for match in names.find(text) if match.entity == "level"] == [level]


@pytest.mark.parametrize(
    "text", ["vneid mức 2", "định danh mức độ 2", "học cấp 3", "trường cấp 2", "cấp hai", "bằng cấp 3"]
)
def test_other_levels_are_not_levels_of_online_service(names: Gazetteer, text: str) -> None:
    """'mức 2 VNeID' is about an account; an answer about online levels would be wrong."""
    assert [match for match in names.find(text) if match.entity == "level"] == []


def test_offsets_are_those_of_the_text_sent(names: Gazetteer) -> None:
    text = "Dạ,  em ở   PHƯỜNG  Hạ Long ạ"
    (match,) = names.find(text)
    assert text[match.start : match.end] == "PHƯỜNG  Hạ Long"
