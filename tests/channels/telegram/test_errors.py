"""A wrong reading of an error loses an answer, repeats it, or stops the whole channel."""

import pytest

from bot.channels.states import Fate
from bot.channels.telegram.errors import ApiError, CallError, NoAnswerError, NotSentError, fate


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (NotSentError("ClientConnectorError"), Fate.RETRY),
        (NoAnswerError("TimeoutError"), Fate.UNKNOWN),
        (ApiError(429, "Too Many Requests: retry after 7", 7), Fate.RETRY),
        (ApiError(500, "Internal Server Error"), Fate.RETRY),
        (ApiError(502), Fate.RETRY),
        (ApiError(403, "Forbidden: bot was blocked by the user"), Fate.UNREACHABLE),
        (ApiError(403, "Forbidden: user is deactivated"), Fate.UNREACHABLE),
        (ApiError(400, "Bad Request: chat not found"), Fate.UNREACHABLE),
        (ApiError(400, "Bad Request: PEER_ID_INVALID"), Fate.UNREACHABLE),
        (ApiError(400, "Bad Request: message is too long"), Fate.DEAD),
        (ApiError(400, "Bad Request: BUTTON_DATA_INVALID"), Fate.DEAD),
        (ApiError(413, "Request Entity Too Large"), Fate.DEAD),
        (ApiError(401, "Unauthorized"), Fate.OPERATOR),
        (ApiError(404, "Not Found"), Fate.OPERATOR),
        (ApiError(409, "Conflict: terminated by other getUpdates request"), Fate.OPERATOR),
        (ApiError(302), Fate.OPERATOR),
    ],
)
def test_each_failure_has_one_fate(error: CallError, expected: Fate) -> None:
    assert fate(error).fate is expected


def test_the_pause_telegram_asks_for_is_kept() -> None:
    assert fate(ApiError(429, "Too Many Requests: retry after 7", 7)).retry_after == 7


def test_an_error_never_quotes_the_message() -> None:
    told = 'Bad Request: can\'t parse entities: Unsupported start tag "Nguyễn Văn An" at byte offset 12'
    error = ApiError(400, told)
    assert error.is_markup
    assert str(error) == "400 Bad Request: can't parse entities"
