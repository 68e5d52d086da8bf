"""Why a request of the widget is refused: a closed list, each with its sentence in ``domain.yml``."""

from enum import Enum

from starlette.responses import JSONResponse

from bot.channels.web.texts import Say


class Code(str, Enum):
    """The value is what the widget reads; its sentence is ``utter_channel_error_<value>``."""

    BAD_REQUEST = "bad_request"
    EMPTY_TEXT = "empty_text"
    TEXT_TOO_LONG = "text_too_long"
    UNKNOWN_FILE = "unknown_file"
    NO_SESSION = "no_session"
    SESSION_EXPIRED = "session_expired"
    SESSION_ERASED = "session_erased"
    FOREIGN_ORIGIN = "foreign_origin"
    NOT_FOUND = "not_found"
    NOTHING_SAID = "nothing_said"
    BODY_TOO_BIG = "body_too_big"
    FILE_TOO_BIG = "file_too_big"
    FILE_TYPE = "file_type"
    FILE_FAILED = "file_failed"
    CONTENT_TYPE = "content_type"
    TOO_MANY = "too_many"
    TOO_MANY_STREAMS = "too_many_streams"
    UNAVAILABLE = "unavailable"

    @property
    def status(self) -> int:
        """HTTP status."""
        return _STATUS[self]


_STATUS = {
    Code.BAD_REQUEST: 400,
    Code.EMPTY_TEXT: 400,
    Code.TEXT_TOO_LONG: 400,
    Code.UNKNOWN_FILE: 400,
    Code.NO_SESSION: 401,
    Code.SESSION_EXPIRED: 401,
    Code.SESSION_ERASED: 401,
    Code.FOREIGN_ORIGIN: 403,
    Code.NOT_FOUND: 404,
    Code.NOTHING_SAID: 409,
    Code.BODY_TOO_BIG: 413,
    Code.FILE_TOO_BIG: 413,
    Code.FILE_TYPE: 415,
    Code.FILE_FAILED: 415,
    Code.CONTENT_TYPE: 415,
    Code.TOO_MANY: 429,
    Code.TOO_MANY_STREAMS: 429,
    Code.UNAVAILABLE: 503,
}


class ApiError(Exception):
    """Ends a request. ``retry_after``: whole seconds, for 429 and 503."""

    def __init__(self, code: Code, retry_after: int | None = None) -> None:
        super().__init__(code.value)
        self.code = code
        self.retry_after = retry_after


def error_response(error: ApiError, say: Say) -> JSONResponse:
    """``{"error": {"code", "message"}}`` with the status of the code."""
    headers = {"Cache-Control": "no-store"}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    body = {"error": {"code": error.code.value, "message": say(f"error_{error.code.value}")}}
    return JSONResponse(body, error.code.status, headers)
