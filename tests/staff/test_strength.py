"""What is lost when these fail: passwords that are guessed first are taken, or good ones are not."""

import pytest

from bot.staff.lockout import locked_seconds
from bot.staff.passwords import one_time_password
from bot.staff.strength import is_weak


@pytest.mark.parametrize(
    "password",
    [
        "",
        "k7#vRt2!pQz",
        "x" * 257,
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "abcdefghijkl123",
        "password1234",
        "P@ssw0rd!2026",
        "Matkhau@123456",
        "Mật khẩu 2026!",
        "quangninh2026",
        "QuangNinh@HaLong1",
        "qwertyuiop123",
        "1q2w3e4r5t6y",
        "nguyenthilan1",
        "NguyenThiLan2026",
        "Nguyễn.Thị.Lan.99",
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    assert is_weak(password, "nguyenthilan")


@pytest.mark.parametrize(
    "password",
    [
        "thuyền buồm 47 cánh",
        "k7#vRt2!pQzm",
        "con mèo ăn cá ở Bãi Cháy",
        "Gà trống gáy lúc 4 giờ",
        "u8w2n5c9d3k7",
    ],
)
def test_phrases_and_generated_passwords_are_taken(password: str) -> None:
    assert not is_weak(password, "nguyenthilan")


def test_passwords_given_out_are_strong_legible_and_different() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200 and not any(is_weak(password, "admin") for password in made)
    assert not set("".join(made)) & set("lo01I O")


def test_a_lock_grows_and_ends() -> None:
    minutes = [locked_seconds(failures) / 60 for failures in range(12)]
    assert minutes == [0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 240, 240]
    assert locked_seconds(10**9) == 4 * 3600
