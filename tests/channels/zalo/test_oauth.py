"""Authorising the account: a pair that is lost locks the province out of its own channel."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

from bot.channels.zalo.answer import read_answer
from bot.channels.zalo.oauth import Pair, challenge, pair_of, permission_url


def pair(body: str) -> Pair | None:
    return pair_of(read_answer(200, {}, body.encode()))


def test_a_pair_with_its_life_as_a_string():
    assert pair('{"access_token":"a","refresh_token":"r","expires_in":"90000"}') == Pair("a", "r", 90000)
    assert pair('{"access_token":"a","refresh_token":"r","expires_in":3600}') == Pair("a", "r", 3600)


def test_a_pair_with_an_odd_life_is_kept():
    for life in ('"soon"', "null", "-1", "true", "1.5"):
        assert pair(f'{{"access_token":"a","refresh_token":"r","expires_in":{life}}}') == Pair(
            "a", "r", 90000
        )


def test_an_error_is_no_pair():
    assert pair('{"error":-14020,"error_name":"Invalid refresh token"}') is None
    assert pair('{"access_token":"a"}') is None
    assert pair("<html>") is None


def test_tokens_are_not_shown():
    assert "secret" not in repr(Pair("secret-a", "secret-r", 1))


def test_challenge_is_s256_of_a_43_character_verifier():
    verifier, shown = challenge()
    assert len(verifier) == 43 and len(shown) == 43
    assert base64.urlsafe_b64decode(shown + "=") == hashlib.sha256(verifier.encode()).digest()


def test_permission_link():
    url = urlsplit(permission_url("https://oauth.zaloapp.com/", "1", "https://a.vn/x?y=1", "c", "s"))
    assert url.path == "/v4/oa/permission"
    assert parse_qs(url.query) == {
        "app_id": ["1"],
        "redirect_uri": ["https://a.vn/x?y=1"],
        "code_challenge": ["c"],
        "state": ["s"],
    }
