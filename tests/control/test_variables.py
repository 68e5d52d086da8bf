"""A changed text that lost a value would hide a fee; one with a value too many would end in an error."""

import pytest

from bot.control.variables import WrongTextError, check, fitting, pieces, variables

SHIPPED = {"utter_fee": "Lệ phí: {amount} (ngày {date}).", "utter_hello": "Xin chào."}


def test_pieces_are_words_and_values_in_order() -> None:
    assert pieces("Lệ phí: {amount} {{đ}}") == [
        ("Lệ phí: ", ""),
        ("", "amount"),
        (" {", ""),
        ("đ}", ""),
    ]
    assert variables(SHIPPED["utter_fee"]) == {"amount", "date"}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("utter_nothing", "Xin chào.", "name"),
        ("utter_hello", "   ", "empty"),
        ("utter_hello", "a" * 4001, "length"),
        ("utter_hello", "Xin chào {name}.", "variables"),
        ("utter_fee", "Lệ phí: {amount}.", "variables"),
        ("utter_fee", "Lệ phí: {amount (ngày {date}).", "braces"),
        ("utter_fee", "{amount.__class__} {date}", "braces"),
        ("utter_fee", "{amount!r} {date}", "braces"),
        ("utter_fee", "{amount:>9} {date}", "braces"),
        ("utter_fee", "{0} {amount} {date}", "braces"),
        ("utter_fee", "{} {amount} {date}", "braces"),
    ],
)
def test_what_may_not_stand_in_the_place_of_a_text(name: str, text: str, why: str) -> None:
    with pytest.raises(WrongTextError, match=f"^{why}$"):
        check(name, text, SHIPPED)


def test_values_may_change_places_and_come_twice() -> None:
    check("utter_fee", "Ngày {date}: {amount}; vâng, {amount}.", SHIPPED)


def test_a_change_that_fits_no_longer_is_not_said() -> None:
    """After an upgrade the shipped text is better than an error."""
    changed = {"utter_fee": "Phí {amount}.", "utter_hello": "Kính chào.", "utter_gone": "…"}
    assert fitting(changed, SHIPPED) == {"utter_hello": "Kính chào."}
