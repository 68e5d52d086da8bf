"""The address of a form must not be made by others, live for ever, or tell who somebody is."""

import base64
import zlib

import pytest

from bot.dossiers.casefile import Given
from bot.forms.tokens import (
    Case,
    ExpiredError,
    ForgedError,
    checklist_url,
    form_url,
    read_checklist_token,
    read_form_token,
)
from tests.forms.conftest import BASE, SECRET, Clock

ANSWERS = (Given("noi-sinh", "benh-vien"), Given("cha-me", "me-don-than"))
CASE = Case("1.001193", (("noi-sinh", "benh-vien"), ("cha-me", "me-don-than")), "06685", "khai-sinh")
DAY = 24 * 3600


def made(clock: Clock) -> str:
    url = form_url(BASE, SECRET, "khai-sinh", "1.001193", ANSWERS, "06685", clock)
    assert url.startswith(f"{BASE}/to-khai/")
    return url.rpartition("/")[2]


def test_an_address_leads_back_to_its_case_for_seven_days(clock: Clock) -> None:
    token = made(clock)
    assert read_form_token(token, SECRET, clock) == CASE
    assert CASE.given == ANSWERS
    clock.now += 7 * DAY
    assert read_form_token(token, SECRET, clock) == CASE
    clock.now += 1
    with pytest.raises(ExpiredError):
        read_form_token(token, SECRET, clock)


@pytest.mark.parametrize("bad", ["", "abc", "a.b.c", "x" * 5000, "WyJhIl0.a.b", "đường"])
def test_what_we_did_not_sign_is_refused(clock: Clock, bad: str) -> None:
    with pytest.raises(ForgedError):
        read_form_token(bad, SECRET, clock)


def test_a_changed_address_or_one_of_another_page_or_secret_is_refused(clock: Clock) -> None:
    token = made(clock)
    other = checklist_url(BASE, SECRET, "1.001193", ANSWERS, None, clock).rpartition("/")[2]
    assert read_checklist_token(other, SECRET, clock).procedure == "1.001193"
    for bad, secret in ((f"X{token[1:]}", SECRET), (token, "another secret"), (other, SECRET)):
        with pytest.raises(ForgedError):
            read_form_token(bad, secret, clock)


def test_the_address_holds_codes_only(clock: Clock) -> None:
    token = made(clock)
    packed = base64.urlsafe_b64decode(token.strip(".").split(".")[0] + "==")
    text = (zlib.decompress(packed) if token.startswith(".") else packed).decode()
    expected = '["1.001193",[["noi-sinh","benh-vien"],["cha-me","me-don-than"]],"06685","khai-sinh"]'
    assert text == expected
