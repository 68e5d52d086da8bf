"""Old places and new communes. A wrong name sends the dossier to the wrong counter."""

import pytest

from bot.answers.lists import units
from bot.answers.outcome import Outcome
from bot.catalogue.units import Extent, OldUnit, Unit, UnitType
from bot.catalogue.view import Catalogue


def test_a_plain_old_commune_is_translated_and_named(catalogue, wording):
    answer = units.compose(("Phường Hà Lầm",), (), catalogue)
    text = wording.text(answer)
    assert answer.outcome is Outcome.ANSWERED
    assert "Phường Hà Lầm (Thành phố Hạ Long cũ) nay thuộc Phường Hà Lầm Mới" in text
    assert "1679/NQ-UBTVQH15" in text and "Trung tâm Phục vụ hành chính công" in text


@pytest.mark.parametrize("name", ["Hà Lầm", "ha lam", "phường hà lầm", "P. Hà Lầm".replace("P. ", "phường ")])
def test_the_type_word_and_accents_are_optional(catalogue, name):
    assert [u.code for u, _ in units.successors(name, catalogue)] == ["06673"]


def test_a_split_commune_asks_one_question_with_a_button_per_part(catalogue, wording):
    answer = units.compose(("Phường Cao Thắng",), (), catalogue)
    assert answer.outcome is Outcome.ASKED_BACK
    assert "được chia về nhiều nơi" in wording.text(answer)
    assert [b.payload for b in answer.buttons] == [
        '/select_option{"unit":"06673"}',
        '/select_option{"unit":"06676"}',
    ]


def test_one_name_of_two_places_asks_which_district(catalogue, wording):
    answer = units.compose(("Hồng Phong",), (), catalogue)
    assert answer.outcome is Outcome.ASKED_BACK
    text = wording.text(answer)
    assert "Có nhiều nơi từng tên là" in text and "Đông Triều" in text and "Vân Đồn" in text


def test_a_commune_of_today_says_what_it_was_formed_from(catalogue, wording):
    text = wording.text(units.compose((), ("06673",), catalogue))
    assert "một phần Phường Cao Thắng" in text and "- Phường Hà Lầm" in text


def test_an_unknown_place_asks(catalogue):
    assert units.compose(("Phường Không Có",), ("99999",), catalogue).outcome is Outcome.ASKED_BACK
    assert units.compose((), (), catalogue).outcome is Outcome.ASKED_BACK


def with_parts(*parts: OldUnit) -> Catalogue:
    unit = Unit("06820", "Phường Uông Bí", UnitType.PHUONG, "Uông Bí", basis="NQ", formed_from=parts)
    return Catalogue({}, {}, (unit,))


@pytest.mark.parametrize("name", ["Phương Nam", "phuong nam", "Phường Phương Nam", "phuong phuong nam"])
def test_a_name_that_begins_like_a_type_word_is_found(name):
    """Phương Nam, Phương Đông: "phuong" is part of the name there, not "phường"."""
    found = units.successors(name, with_parts(OldUnit("Phường Phương Nam", "06838", "Uông Bí", Extent.FULL)))
    assert len(found) == 1


def test_land_without_people_is_no_successor():
    """Only land moved: nobody's home is there, so nobody is asked about it."""
    part = OldUnit("Xã Đồng Lâm", "07033", "Hạ Long", Extent.PART, area_only=True)
    assert units.successors("Đồng Lâm", with_parts(part)) == ()


def test_never_more_than_four_buttons():
    part = OldUnit("Phường X", "1", "Hạ Long", Extent.PART)
    many = tuple(
        (Unit(str(n), f"Phường {n}", UnitType.PHUONG, str(n), basis="NQ", formed_from=(part,)), part)
        for n in range(6)
    )
    assert len(units.which_part(many).buttons) == 4


def test_one_commune_is_offered_once():
    part_a, part_b = (OldUnit("Xã Y", code, "A", Extent.FULL) for code in ("1", "2"))
    one = Unit("10", "Phường Y", UnitType.PHUONG, "Y", basis="NQ", formed_from=(part_a, part_b))
    two = Unit("20", "Phường Z", UnitType.PHUONG, "Z", basis="NQ", formed_from=(part_a,))
    answer = units.which_part(((one, part_a), (one, part_b), (two, part_a)))
    assert [b.payload for b in answer.buttons] == [
        '/select_option{"unit":"10"}',
        '/select_option{"unit":"20"}',
    ]
