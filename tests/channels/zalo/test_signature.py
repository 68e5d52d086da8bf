"""A wrong signature check either shuts the channel or lets anybody write as any citizen."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.signature import is_fresh, seconds, sign, verified

APP = "5055000000000000001"
SECRET = "oa-secret-key-for-tests"
STAMP = "1717061839659"
BODY = (
    '{"event_name":"user_send_text","app_id":"5055000000000000001","sender":{"id":"5510185758261927916"},'
    '"recipient":{"id":"1646843870823903717"},"message":{"text":"Xin chào","msg_id":"e2a641af6661713b2874"},'
    '"timestamp":"1717061839659"}'
).encode()
MAC = "mac=b7ea627c6e7e79d6d01316a0d398423fb6a60f5a3fabd651961d1fbb8b67c102"


def test_the_computed_vector_is_met():
    assert len(BODY) == 232
    assert sign(APP, BODY, STAMP, SECRET) == MAC
    assert verified(APP, BODY, SECRET, MAC, [STAMP]) == STAMP


def test_the_header_timestamp_or_the_body_timestamp_may_be_the_signed_one():
    assert verified(APP, BODY, SECRET, MAC, ["1717061839000", STAMP]) == STAMP
    assert verified(APP, BODY, SECRET, MAC, [STAMP, "1717061839000"]) == STAMP


def test_capital_hex_is_the_same_signature():
    assert verified(APP, BODY, SECRET, MAC.replace("mac=", "MAC=").upper(), [STAMP]) == STAMP


def test_wrong_variants_of_the_formula_are_refused():
    wrong = [
        hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest(),
        hashlib.sha256(BODY + SECRET.encode()).hexdigest(),
        hashlib.sha256(b"1646843870823903717" + BODY + STAMP.encode() + SECRET.encode()).hexdigest(),
    ]
    for value in wrong:
        assert verified(APP, BODY, SECRET, f"mac={value}", [STAMP]) is None
    assert verified(APP, BODY, SECRET, MAC.removeprefix("mac="), [STAMP]) is None
    assert verified(APP, BODY, SECRET, MAC.replace("mac=", "sha256="), [STAMP]) is None
    assert verified(APP, BODY, SECRET, "", [STAMP]) is None
    assert verified(APP, BODY, SECRET, "mac=ký", [STAMP]) is None


def test_an_unset_secret_verifies_nothing():
    assert verified(APP, BODY, "", sign(APP, BODY, STAMP, ""), [STAMP]) is None


def test_bytes_cannot_move_from_the_body_into_the_timestamp():
    """The parts are joined without a mark between them."""
    assert verified(APP, BODY[:-1], SECRET, MAC, ["}" + STAMP]) is None


@given(st.binary(max_size=50), st.integers(0, 10**6))
def test_any_other_body_is_refused(extra, cut):
    changed = BODY[: cut % len(BODY)] + extra
    assert (verified(APP, changed, SECRET, MAC, [STAMP]) is None) == (changed != BODY)


def test_timestamps_are_milliseconds_and_seconds_are_understood():
    assert seconds(STAMP) == 1717061839.659
    assert seconds("1717061839") == 1717061839.0


def test_a_call_is_fresh_for_24_hours_in_both_directions():
    at = 1717061839.659
    assert is_fresh(STAMP, at + 24 * 3600)
    assert is_fresh(STAMP, at - 24 * 3600)
    assert not is_fresh(STAMP, at + 24 * 3600 + 1)
    assert not is_fresh(STAMP, at - 24 * 3600 - 1)
