"""What Zalo's error codes mean for a part that was to be sent."""

from datetime import datetime, time, timedelta
from enum import IntEnum
from http import HTTPStatus
from zoneinfo import ZoneInfo

from bot.channels.adapter import Sent
from bot.channels.states import Fate
from bot.channels.zalo.answer import UNREADABLE_ERROR, Answer
from bot.conversations.channel import Reach


class Code(IntEnum):
    """Codes with a meaning of their own."""

    RATE = -32
    ATTACHMENT_EXPIRED = -100
    ZBS_TOKEN = -124
    ZBS_DAILY_LIMIT = -144
    SYSTEM = -200
    OUT_OF_QUOTA = -211
    NOT_FOLLOWED = -213
    TOKEN_INVALID = -216
    BLOCKED = -217
    TOKEN_EXPIRED = -220
    NIGHT = -234


TOKEN = frozenset({Code.TOKEN_INVALID, Code.TOKEN_EXPIRED, Code.ZBS_TOKEN})
# Account unverified or gone, application inactive or not authorised, package, API not registered or old.
OPERATOR = frozenset({-202, -204, -205, -209, -212, -219, -221, -222, -223, -224, -227, -240})
# Not followed, blocked, over 7 days, no interaction, group, kind refused by the citizen, 48 hours, quota.
UNREACHABLE = frozenset({-213, -217, -230, -232, -237, -244, -305, -311})

# The address of the API or the permission to use it is wrong, not the message.
_WRONG_DOOR = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
# A proxy lost Zalo's answer: the message may have gone out.
_BEHIND_A_PROXY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
_RATE_PAUSE = 10.0
_QUOTA_PAUSE = 300.0
_MORNING = time(6)
_MIDNIGHT = time(0)


def wants_token(answer: Answer) -> bool:
    """Whether the access token was refused: refresh it once and repeat the call once."""
    return answer.error in TOKEN or answer.status == HTTPStatus.UNAUTHORIZED


def judge(answer: Answer, now: float, zone: ZoneInfo) -> Sent:
    """Fate of a call. ``now``: POSIX seconds; night and daily limits end by the clock of ``zone``."""
    failed = answer.status != HTTPStatus.OK
    if answer.error and not (failed and answer.error == UNREADABLE_ERROR):
        return _by_code(answer, now, zone)
    reason = f"http {answer.status}"
    if not failed:
        return Sent(Fate.SENT, answer.message_id) if answer.read else Sent(Fate.UNKNOWN, error="no json")
    if answer.status in _BEHIND_A_PROXY:
        return Sent(Fate.UNKNOWN, error=reason)
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        return Sent(Fate.RETRY, error=reason, retry_after=answer.retry_after or _RATE_PAUSE)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.REQUEST_TIMEOUT:
        return Sent(Fate.RETRY, error=reason, retry_after=answer.retry_after)
    wrong_door = answer.status < HTTPStatus.BAD_REQUEST or answer.status in _WRONG_DOOR
    stop = wrong_door or answer.status == HTTPStatus.UNAUTHORIZED
    return Sent(Fate.OPERATOR if stop else Fate.DEAD, error=reason)


def _by_code(answer: Answer, now: float, zone: ZoneInfo) -> Sent:
    code = answer.error
    reason = f"zalo {code}"
    if code == Code.RATE:
        return Sent(Fate.RETRY, error=reason, retry_after=answer.retry_after or _RATE_PAUSE)
    if code == Code.SYSTEM:
        return Sent(Fate.RETRY, error=reason, retry_after=answer.retry_after)
    if code == Code.OUT_OF_QUOTA:
        return Sent(Fate.RETRY, error=reason, retry_after=answer.retry_after or _QUOTA_PAUSE)
    if code == Code.NIGHT:
        return Sent(Fate.LATER, error=reason, retry_after=until(_MORNING, now, zone))
    if code == Code.ZBS_DAILY_LIMIT:
        return Sent(Fate.LATER, error=reason, retry_after=until(_MIDNIGHT, now, zone))
    if code in UNREACHABLE:
        return Sent(Fate.UNREACHABLE, error=reason)
    if code in OPERATOR or code in TOKEN:
        return Sent(Fate.OPERATOR, error=reason)
    return Sent(Fate.DEAD, error=reason)


def until(hour: time, now: float, zone: ZoneInfo) -> float:
    """Seconds from ``now`` until the clock of ``zone`` next shows ``hour``; never 0."""
    here = datetime.fromtimestamp(now, zone)
    then = datetime.combine(here.date(), hour, zone)
    if then <= here:
        then += timedelta(days=1)
    return then.timestamp() - now


def reach(error: str) -> Reach:
    """How a citizen can be reached after ``Fate.UNREACHABLE`` with this ``Sent.error``."""
    refused = {f"zalo {Code.NOT_FOLLOWED}", f"zalo {Code.BLOCKED}"}
    return Reach.BLOCKED if error in refused else Reach.WINDOW_CLOSED
