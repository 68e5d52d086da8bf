"""What is lost when these fail: the way to the portal, or the trust that our links lead only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from bot.leaving import Departure, departure_url, read_departure

SECRET = "a secret of the tests alone"
THERE = Departure("0123456789ab", "1.001193", "web", "https://dichvucong.gov.vn/p?ma=1.001193&a=b#c")


def token_of(url: str) -> str:
    return url.rsplit("/di/", 1)[1]


def test_a_link_leads_where_it_was_signed_for() -> None:
    url = departure_url("https://tro-ly.example.vn", SECRET, THERE)
    assert url.startswith("https://tro-ly.example.vn/di/") and "?" not in url
    assert read_departure(token_of(url), SECRET) == THERE


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_a_changed_link_leads_nowhere(place: int, letter: str) -> None:
    token = token_of(departure_url("", SECRET, THERE))
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    assert read_departure(changed, SECRET) in (None, THERE)
    assert (read_departure(changed, SECRET) == THERE) <= _same_bits(changed, token)


@pytest.mark.parametrize("token", ["", "x", ".", "a.b", "x" * 5000, "Ă" * 20])
def test_what_is_no_link_of_ours_is_none(token: str) -> None:
    assert read_departure(token, SECRET) is None


def test_another_secret_or_another_page_of_ours_signs_no_way_out() -> None:
    token = token_of(departure_url("", SECRET, THERE))
    assert read_departure(token, "another secret") is None
    rows = ["0123456789ab", "1.001193", "web", "https://example.com"]
    for salt in ("dvc-to-khai", "dvc-danh-muc"):
        assert read_departure(str(URLSafeSerializer(SECRET, salt=salt).dumps(rows)), SECRET) is None
    signed = URLSafeSerializer(SECRET, salt="dvc-di")
    for other in (rows[:2], {"url": "https://example.com"}, "https://example.com", [1, 2, 3, 4]):
        assert read_departure(str(signed.dumps(other)), SECRET) is None


def _same_bits(changed: str, token: str) -> bool:
    """The last letter of base64 has bits that count for nothing."""
    return changed == token or changed[:-1] == token[:-1]
