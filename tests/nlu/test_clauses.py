"""Danger told in passing must be heard, and a message of one part must not be taken apart."""

from bot.nlu.clauses import clauses


def test_a_message_is_cut_where_a_second_thought_begins():
    assert list(clauses("đăng ký khai sinh, mà nhà tôi đang cháy")) == [
        "đăng ký khai sinh",
        "nhà tôi đang cháy",
    ]


def test_without_accents_as_well():
    assert list(clauses("lam can cuoc nhung nha toi dang chay")) == ["lam can cuoc", "nha toi dang chay"]


def test_one_part_stays_whole():
    assert list(clauses("đăng ký khai sinh cần gì")) == []


def test_scraps_are_no_clauses():
    assert list(clauses("dạ, đăng ký khai sinh cần gì, ạ")) == []
