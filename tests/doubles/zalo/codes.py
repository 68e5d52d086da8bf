"""Error codes of the platform; errors come with HTTP 200."""

from enum import IntEnum


class Code(IntEnum):
    """``SECRET``, ``GRANT`` and ``CODE`` of OAuth are assumed: only -14002, -14003 and -14020 are known."""

    RATE = -32
    ATTACHMENT_EXPIRED = -100
    TEMPLATE = -109
    TEMPLATE_EMPTY = -111
    TEMPLATE_DATA = -112
    SYSTEM = -200
    PARAMETER = -201
    OVER_LIMIT = -210
    QUOTA = -211
    NOT_FOLLOWED = -213
    TOKEN = -216
    BLOCKED = -217
    TOKEN_EXPIRED = -220
    SEVEN_DAYS = -230
    NO_INTERACTION = -232
    UNSUPPORTED = -233
    NIGHT = -234
    OLD_API = -240
    REPLIES_SPENT = -311
    APP = -14002
    REDIRECT = -14003
    SECRET = -14004
    GRANT = -14005
    CODE = -14006
    REFRESH = -14020


MESSAGES = {
    Code.RATE: "Your application reached limit call api",
    Code.ATTACHMENT_EXPIRED: "Attachment has expired",
    Code.TOKEN: "Access token is invalid",
    Code.TOKEN_EXPIRED: "Access token has expired",
    Code.NOT_FOLLOWED: "User has not followed OA",
    Code.BLOCKED: "User has blocked OA",
    Code.SEVEN_DAYS: "User has not interacted with the OA in the past 7 days",
    Code.REFRESH: "Invalid refresh token",
}


class RefusedError(Exception):
    """The platform says no."""

    def __init__(self, code: int, why: str = "") -> None:
        known = MESSAGES.get(Code(code), "") if code in Code._value2member_map_ else ""
        self.code = int(code)
        self.why = why or known or "Error"
        super().__init__(f"{self.code} {self.why}")
