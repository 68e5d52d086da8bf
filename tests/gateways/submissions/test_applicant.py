"""What citizens lose when these fail: a form that takes what is wrong, or does not take what is right."""

import pytest

from bot.gateways.submissions.applicant import applicant_of


@pytest.mark.parametrize(
    "phone", ["0912345678", "0912 345 678", "+84912345678", "02033 888 888", "(0912).345.678"]
)
def test_telephones(phone: str) -> None:
    given, wrong = applicant_of(" Nguyễn  Thị Thử ", phone, "Tổ 1, phường Hà Tu")
    assert wrong == ()
    assert given.phone.lstrip("+").isdigit()
    assert "Thử" not in repr(given)


@pytest.mark.parametrize(
    ("name", "phone", "address", "wrong"),
    [
        ("", "0912345678", "Tổ 1, Hà Tu", ("name",)),
        ("Thử 1", "0912345678", "Tổ 1, Hà Tu", ("name",)),
        ("Thử", "12345", "Tổ 1, Hà Tu", ("phone",)),
        ("Thử", "022089001234", "HT", ("phone", "address")),
        ("T" * 101, "0912345678", "x" * 251, ("name", "address")),
    ],
)
def test_what_cannot_be_right(name: str, phone: str, address: str, wrong: tuple[str, ...]) -> None:
    assert applicant_of(name, phone, address)[1] == wrong
