"""What is to be done, compared. Families of procedures differ in nothing else."""

import numpy as np
import pytest

from bot.catalogue.search.deeds import Deed, DeedTables, agreement, bits


@pytest.mark.parametrize(
    ("said", "named", "expected"),
    [
        ({Deed.EXTEND}, {Deed.EXTEND, Deed.CHANGE}, (True, False, False)),
        ({Deed.EXTEND}, {Deed.BEGIN}, (False, True, False)),
        ({Deed.EXTEND}, set(), (False, False, False)),
        (set(), {Deed.BEGIN}, (False, False, False)),
        (set(), {Deed.AGAIN}, (False, False, True)),
        (set(), {Deed.AGAIN, Deed.BEGIN}, (False, False, False)),
        (set(), set(), (False, False, False)),
    ],
)
def test_a_deed_said_and_a_deed_named(said, named, expected):
    found = agreement(bits(said), np.array([bits(named)]))
    assert tuple(line.tolist() for line in found) == tuple([value] for value in expected)


TABLES = DeedTables(
    {
        "change": {"said": ["sửa", "sửa tên"], "named": ["sửa đổi"]},
        "none": {"said": ["trà sữa", "sửa xe"], "named": []},
    }
)


@pytest.mark.parametrize(
    ("question", "deeds"),
    [
        ("đăng ký hộ kinh doanh bán tra sua", set()),
        ("mo tiem sua xe", set()),
        ("mở tiệm sửa xe", set()),
        ("ban tra sua muon sua ten", {Deed.CHANGE}),
        ("sua giay phep", {Deed.CHANGE}),
    ],
)
def test_goods_and_repairs_are_no_change(question: str, deeds: set[Deed]) -> None:
    """Whoever opens a shop for milk tea, written without accents, was told how to change a registration."""
    assert TABLES.said(question.split()) == deeds
