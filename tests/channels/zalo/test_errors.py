"""Zalo's error table: a wrong class loses an answer, sends it twice or hammers a closed door."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.channels.states import Fate
from bot.channels.zalo.answer import UNREADABLE_ERROR, Answer, read_answer
from bot.channels.zalo.errors import judge, reach, wants_token
from bot.conversations.channel import Reach

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 22, 5, tzinfo=timezone.utc).timestamp()


def answer(error: int | str, status: int = 200) -> Answer:
    return read_answer(status, {}, f'{{"error":{error},"message":"x"}}'.encode())


@pytest.mark.parametrize(
    ("codes", "fate"),
    [
        ([-32, -200, -211], Fate.RETRY),
        ([-219, -221, -222, -227, -223, -224, -209, -212, -202, -204, -205, -240], Fate.OPERATOR),
        ([-216, -220, -124], Fate.OPERATOR),
        ([-201, -210, -233, -100, -248, -249, -108, -109, -123, -999, 1], Fate.DEAD),
        ([-213, -217, -230, -232, -237, -244, -305, -311], Fate.UNREACHABLE),
        ([-234, -144], Fate.LATER),
    ],
)
def test_every_code_has_its_fate(codes, fate):
    for code in codes:
        for written in (code, f'"{code}"'):
            found = judge(answer(written), NOON, ZONE)
            assert (found.fate, found.error) == (fate, f"zalo {code}")


def test_codes_that_ask_for_a_new_token():
    for code in (-216, -220, -124):
        assert wants_token(answer(code))
    assert wants_token(Answer(401)) and wants_token(answer('"unauthorized"', 401))
    assert not wants_token(answer(-213)) and not wants_token(answer(0))


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (500, Fate.RETRY),
        (502, Fate.UNKNOWN),
        (503, Fate.RETRY),
        (504, Fate.UNKNOWN),
        (408, Fate.RETRY),
        (429, Fate.RETRY),
        (401, Fate.OPERATOR),
        (403, Fate.OPERATOR),
        (404, Fate.OPERATOR),
        (302, Fate.OPERATOR),
        (400, Fate.DEAD),
        (413, Fate.DEAD),
        (200, Fate.UNKNOWN),
    ],
)
def test_answers_without_a_code(status, fate):
    """A proxy's page in place of Zalo's answer does not tell whether the message went out."""
    assert judge(read_answer(status, {}, b"<html>"), NOON, ZONE).fate is fate


def test_success_carries_the_message_id():
    body = b'{"error":0,"message":"Success","data":{"message_id":"m1","user_id":"u","quota":{}}}'
    sent = judge(read_answer(200, {}, body), NOON, ZONE)
    assert (sent.fate, sent.external_id, sent.error) == (Fate.SENT, "m1", "")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'{"error":"0"}', 0),
        (b'{"error":" -213 "}', -213),
        (b'{"error":null,"data":{}}', 0),
        (b'{"error":"what"}', UNREADABLE_ERROR),
        (b'{"error":true}', UNREADABLE_ERROR),
        (b'{"error":-213.5}', UNREADABLE_ERROR),
        (b"[]", 0),
    ],
)
def test_codes_come_as_numbers_and_as_strings(body, error):
    assert read_answer(200, {}, body).error == error


def test_pauses():
    assert judge(answer(-32), NOON, ZONE).retry_after == 10
    assert judge(answer(-211), NOON, ZONE).retry_after == 300
    assert judge(answer(-200), NOON, ZONE).retry_after is None
    told = {"Retry-After": "7", "X-RateLimit-Remain": "0"}
    found = read_answer(503, told, b"")
    assert (judge(found, NOON, ZONE).retry_after, found.remain) == (7, 0)
    assert judge(read_answer(200, {"Retry-After": "soon"}, b'{"error":-32}'), NOON, ZONE).retry_after == 10


@pytest.mark.parametrize(
    ("hour", "minute", "hours"),
    [(22, 0, 8.0), (23, 30, 6.5), (0, 0, 6.0), (5, 59, 1 / 60), (6, 0, 24.0)],
)
def test_the_night_ends_at_six_in_vietnam(hour, minute, hours):
    now = datetime(2026, 11, 22, hour, minute, tzinfo=ZONE).timestamp()
    found = judge(answer(-234), now, ZONE).retry_after
    assert found == pytest.approx(hours * 3600)


def test_the_daily_limit_ends_at_midnight():
    assert judge(answer(-144), NOON, ZONE).retry_after == 12 * 3600


def test_who_left_is_told_from_whose_window_closed():
    assert reach("zalo -213") is Reach.BLOCKED and reach("zalo -217") is Reach.BLOCKED
    assert reach("zalo -230") is Reach.WINDOW_CLOSED
