import pytest

from bot.handoffs.canned import load_canned, replies, save_canned
from bot.handoffs.filling import Variable, fill, has_gap, variables_in
from tests.conftest import ROOT

SHIPPED = ROOT / "data" / "console" / "canned.yaml"


def test_ten_shipped_replies_are_loaded_once(connection, noon):
    assert load_canned(connection, SHIPPED, noon) == 10
    assert load_canned(connection, SHIPPED, noon + 1) == 0
    found = replies(connection)
    assert len(found) == 10
    assert {variable for one in found for variable in variables_in(one.text)} == set(Variable)
    everything = dict.fromkeys(Variable, "…")
    assert not any(has_gap(fill(one.text, everything)) for one in found)


def test_a_restart_does_not_undo_what_staff_wrote(connection, noon):
    load_canned(connection, SHIPPED, noon)
    save_canned(connection, "chao", " Chào  mới ", "Chào {name}.", 7, noon + 1)
    save_canned(connection, "le-phi", "Lệ phí", "{fee}", 7, noon + 1, active=False)
    save_canned(connection, "them", "Thêm", "Gọi {hotline}.", 7, noon + 1)
    load_canned(connection, SHIPPED, noon + 2)
    found = {one.shortcut: one for one in replies(connection)}
    assert (found["chao"].title, found["chao"].text, found["chao"].changed_by) == (
        "Chào mới",
        "Chào {name}.",
        7,
    )
    assert "le-phi" not in found and "them" in found
    assert len(replies(connection, only_active=False)) == 11


@pytest.mark.parametrize(
    ("shortcut", "title", "text"),
    [
        ("Có dấu", "a", "a"),
        ("", "a", "a"),
        ("a" * 41, "a", "a"),
        ("a", " ", "a"),
        ("a", "a" * 121, "a"),
        ("a", "a", " "),
        ("a", "a", "{số}"),
    ],
)
def test_a_reply_that_cannot_be_used_is_not_saved(connection, noon, shortcut, title, text):
    with pytest.raises(ValueError, match="."):
        save_canned(connection, shortcut, title, text, 7, noon)
    assert replies(connection, only_active=False) == []
