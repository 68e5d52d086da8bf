"""Counts by hand over the procedures of the fixture.

In force here: nine (not the nationwide ones: thường trú, giấy phép lái xe, land transfer, two piers).
Stated: full 3 (khai sinh, trích lục, hộ kinh doanh), partial 4 (hôn nhân, chuyển nhượng tại Quảng Ninh,
xây dựng, chứng thực), mixed 1 (đính chính); unstated 1 (khai thác gỗ).
"""

from datetime import date

import pytest

from bot.answers.context import ListQuery
from bot.answers.lists import counting
from bot.answers.lists.counting import percent, years_of
from bot.answers.lists.selection import Tally, tally, within
from bot.answers.outcome import Outcome
from bot.catalogue.enums import LevelValue


@pytest.fixture
def say(wording, catalogue):
    def saying(query, year=None):
        return wording.text(counting.compose(query, catalogue, year))

    return saying


def test_the_whole_city_by_hand(catalogue):
    found = within(ListQuery(), catalogue)
    counted = tally(found, None, catalogue)
    assert counted == Tally(full=3, partial=4, information=0, mixed=1, unstated=1)
    assert (counted.stated, counted.total) == (8, 9)


def test_a_count_of_one_level_agrees_with_the_split_beside_it(say):
    """1.446 "toàn trình" in one line and 1.439 in the next would make the citizen distrust both."""
    text = say(ListQuery(level="full"))
    assert "Có 3 thủ tục trực tuyến toàn trình" in text
    assert "bằng 37,5% trong 8 thủ tục có công bố mức độ" in text
    assert "3 thủ tục chỉ ở mức toàn trình, 4 thủ tục chỉ ở mức một phần, 1 thủ tục có mức khác nhau" in text


def test_a_department_by_hand(say):
    """ "bao nhiêu thủ tục của Sở Xây dựng là một phần?": one of one."""
    text = say(ListQuery(agency="H49.18", level="partial"))
    assert "Có 1 thủ tục trực tuyến một phần (Sở Xây dựng), bằng 100,0% trong 1 thủ tục" in text


def test_a_procedure_that_differs_by_agency_is_no_longer_mixed_at_one_of_them(catalogue):
    land = ListQuery(agency="H49.50")
    assert tally(within(land, catalogue), "H49.50", catalogue) == Tally(1, 1, 0, 0, 0)
    commune = tally(within(ListQuery(agency="XA"), catalogue), "XA", catalogue)
    assert commune == Tally(full=3, partial=3, information=0, mixed=0, unstated=0)


def test_a_commune_offers_what_its_group_offers(catalogue):
    by_unit = within(ListQuery(unit="06994"), catalogue)
    assert {p.code for p in by_unit} == {p.code for p in within(ListQuery(agency="XA"), catalogue)}


def test_a_field_counts_nationwide_procedures_too(say):
    assert "Danh mục của tôi có 3 thủ tục (lĩnh vực Đất đai), trong đó 2 thủ tục" in say(
        ListQuery(field="Đất đai")
    )


def test_field_and_agency_are_both_named(say):
    text = say(ListQuery(field="Hộ tịch", agency="H49.94"))
    assert "(lĩnh vực Hộ tịch, UBND đặc khu Vân Đồn)" in text and "có 3 thủ tục" in text


def test_a_count_names_its_source_and_day(say):
    assert "03/10/2026" in say(ListQuery(level="full"))


def test_nothing_to_count_is_said_not_counted_as_zero(catalogue):
    answer = counting.compose(ListQuery(field="Hàng không"), catalogue)
    assert answer.outcome is Outcome.NO_DATA


def test_a_field_without_published_levels_gives_no_share_of_nothing(say):
    text = say(ListQuery(field="Lâm nghiệp", level="full"))
    assert "Có 0 thủ tục" in text and "có 1 thủ tục" in text


def test_the_two_shares_of_2020_stay_apart_with_their_denominators(say):
    """621/1.742 and 529/1.484 both print as 35,6 % and mean different things."""
    text = say(ListQuery(), 2020)
    assert "621/1.742 (tổng số thủ tục), bằng 35,6%" in text
    assert "529/1.484 (dịch vụ mức 3 và 4), bằng 35,6%" in text
    assert text.count("35,6%") == 2


def test_the_contradiction_of_a_figure_is_shown(say):
    assert "Lưu ý: 1.509 + 282 + 100 = 1.891" in say(ListQuery(), 2020)


def test_a_figure_that_must_not_be_quoted_is_not(say):
    assert "19%" not in say(ListQuery(), 2020)


def test_a_year_without_figures_is_admitted(catalogue):
    answer = counting.compose(ListQuery(), catalogue, 2014)
    assert answer.outcome is Outcome.NO_DATA


def test_the_year_of_a_figure_is_its_day_or_the_words_of_its_source(catalogue):
    by_key = {s.key: s for s in catalogue.statistics}
    assert years_of(by_key["level-4"]) == {2020}
    assert by_key["total"].as_of == date(2020, 12, 31) and years_of(by_key["total"]) == {2020}


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1439, 1848, "77,9"),
        (621, 1742, "35,6"),
        (529, 1484, "35,6"),
        (1847, 1848, "99,9"),
        (1, 2885, "0,1"),
        (5, 5, "100,0"),
        (0, 5, "0,0"),
        (0, 0, "0"),
    ],
)
def test_a_share_never_rounds_some_to_all_or_none(part, whole, text):
    assert percent(part, whole) == text


def test_every_level_has_its_count():
    counted = Tally(full=1, partial=2, information=3, mixed=4, unstated=5)
    assert [counted.of(v) for v in (LevelValue.FULL, LevelValue.PARTIAL, LevelValue.INFORMATION)] == [1, 2, 3]
