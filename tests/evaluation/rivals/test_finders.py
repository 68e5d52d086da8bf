"""The plain ways to find a procedure. A rival that is set up badly would make ours look better than it is."""

from datetime import date

import pytest

from bot.catalogue.records import Procedure, Source
from bot.evaluation.rivals.bm25 import Bm25
from bot.evaluation.rivals.fuzzy import Fuzzy
from bot.evaluation.rivals.names import names_of
from bot.evaluation.rivals.ours import OurSearch
from tests.working import ROOT


def named(code: str, name: str, short: str = "", *aliases: str) -> Procedure:
    source = Source("Nguồn", checked_on=date(2026, 11, 1))
    return Procedure(code=code, name=name, source=source, short_name=short, aliases=aliases)


CATALOGUE = [
    named("1.000001", "Đăng ký khai sinh", "Khai sinh", "làm giấy khai sinh cho bé"),
    named("1.000002", "Đăng ký lại khai sinh"),
    named("1.000003", "Cấp giấy phép lái xe hạng A1", "", "thi bằng xe máy"),
    named("1.000004", "Đăng ký kết hôn"),
]


def test_each_name_is_given_once_and_cleaned():
    twice = named("1", "Đăng  ký kết hôn", "Đăng ký kết hôn", "lấy vợ", "")
    assert names_of(twice) == ("Đăng ký kết hôn", "lấy vợ")


@pytest.mark.parametrize(
    "finder",
    [Bm25(CATALOGUE), Fuzzy(CATALOGUE), OurSearch(CATALOGUE, ROOT / "data" / "search")],
    ids=["bm25", "rapidfuzz", "ours"],
)
class TestEveryFinder:
    def test_an_alias_leads_to_its_procedure(self, finder):
        assert finder("thi bằng xe máy").codes[0] == "1.000003"
        assert finder("thi bang xe may").codes[0] == "1.000003"

    def test_every_procedure_is_named_once(self, finder):
        codes = finder("đăng ký khai sinh").codes
        assert len(set(codes)) == len(codes)
        assert {"1.000001", "1.000002"} <= set(codes)

    def test_signs_alone_break_nothing(self, finder):
        assert isinstance(finder('?! " * ').codes, tuple)


@pytest.mark.parametrize("finder", [Bm25(CATALOGUE), OurSearch(CATALOGUE, ROOT / "data" / "search")])
def test_the_nearer_of_two_alike_names_comes_first(finder):
    assert finder("dang ky lai khai sinh").codes[:2] == ("1.000002", "1.000001")


def test_to_rapidfuzz_a_name_that_was_said_whole_is_as_near_as_a_longer_one():
    """Both names consist of words of the question only; the order of the catalogue decides."""
    assert Fuzzy(CATALOGUE)("dang ky lai khai sinh").codes[:2] == ("1.000001", "1.000002")


def test_bm25_ranks_by_hand():
    """``lai`` stands in one document, ``ket`` in one, ``khai`` in two: the rarer word decides."""
    assert Bm25(CATALOGUE)("khai kết").codes == ("1.000004", "1.000001", "1.000002")
    assert Bm25(CATALOGUE)("hoàn toàn khác").codes == ()
