"""Lists a page at a time: nothing twice, nothing lost, numbers that go on."""

import pytest

from bot.answers.context import ListQuery
from bot.answers.lists import listing
from bot.answers.lists.selection import select
from bot.answers.outcome import Outcome
from bot.catalogue.enums import Scope
from bot.catalogue.records import Procedure, Source
from bot.catalogue.view import Catalogue

TWENTY = Catalogue(
    {
        f"1.0000{n:02}": Procedure(f"1.0000{n:02}", f"Thủ tục {n}", Source("Nguồn"), field="Đất đai")
        for n in range(1, 21)
    },
    {},
)
LAND = ListQuery(field="Đất đai")


def codes(query, catalogue):
    return [c.code for c in listing.compose(query, catalogue).candidates]


def test_pages_cover_the_list_without_repeats_or_gaps():
    pages = [codes(ListQuery(field="Đất đai", page=page), TWENTY) for page in range(3)]
    assert [len(page) for page in pages] == [8, 8, 4]
    assert sum(pages, []) == [p.code for p in select(LAND, TWENTY)]


def test_numbers_go_on_and_the_last_page_has_no_more_button(wording):
    second = listing.compose(ListQuery(field="Đất đai", page=1), TWENTY)
    text = wording.text(second)
    assert "Từ 9 đến 16" in text and "\n9. " in text and "\n16. " in text and "Còn 4 thủ tục" in text
    assert [b.payload for b in second.buttons] == ['/select_option{"page":2}']
    assert listing.compose(ListQuery(field="Đất đai", page=2), TWENTY).buttons == ()


@pytest.mark.parametrize(("page", "count"), [(99, 4), (-1, 8)])
def test_a_page_that_is_not_there_shows_the_nearest(page, count):
    assert len(codes(ListQuery(field="Đất đai", page=page), TWENTY)) == count


def test_only_the_level_asked_for_is_listed(catalogue):
    full = codes(ListQuery(level="full"), catalogue)
    assert set(full) == {"1.001193", "2.000635", "1.001612", "1.013962"}


def test_what_is_full_at_the_land_office_is_not_listed_as_full_at_the_commune(catalogue):
    at_commune = codes(ListQuery(level="full", unit="06994"), catalogue)
    assert "1.013962" not in at_commune and "1.001193" in at_commune
    assert codes(ListQuery(level="full", agency="H49.50"), catalogue) == ["1.013962"]


def test_own_procedures_come_before_nationwide_ones(catalogue):
    found = select(ListQuery(field="Đất đai"), catalogue)
    assert [p.scope for p in found] == [Scope.IN_FORCE, Scope.IN_FORCE, Scope.NATIONWIDE]


def test_an_empty_list_is_no_data_and_says_what_was_looked_for(catalogue, wording):
    answer = listing.compose(ListQuery(field="Hàng không"), catalogue)
    assert answer.outcome is Outcome.NO_DATA and "lĩnh vực Hàng không" in wording.text(answer)


def test_a_list_names_its_source_and_day(catalogue, wording):
    assert "03/10/2026" in wording.text(listing.compose(ListQuery(field="Hộ tịch"), catalogue))
