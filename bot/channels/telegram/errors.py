"""What may go wrong with a call to the Bot API, and what it means for the message it carried."""

import re

from bot.channels.adapter import Sent
from bot.channels.states import Fate

_SAFE = re.compile(r"[^\w ':.,/-]")
_ENTITIES = "can't parse entities"
# Descriptions of errors 400 that are about the citizen and not about the message.
_NOBODY = ("chat not found", "peer_id_invalid", "user not found")


class NotSentError(Exception):
    """The request did not leave: nothing can have happened at Telegram."""


class NoAnswerError(Exception):
    """The request left and no answer came: it may have been carried out."""


class ApiError(Exception):
    """Telegram refused. ``code``: HTTP-like; ``retry_after``: seconds; ``str()`` quotes no message."""

    def __init__(self, code: int, description: str = "", retry_after: float | None = None) -> None:
        # What follows a second colon may quote the message.
        cause = ":".join(description.split(":")[:2])
        self.code, self.retry_after = code, retry_after
        self.cause = _SAFE.sub("", cause)[:100]
        super().__init__(f"{code} {self.cause}".rstrip())

    @property
    def is_markup(self) -> bool:
        """Whether the message would be taken without its HTML."""
        return self.code == 400 and _ENTITIES in self.cause

    @property
    def is_file_size(self) -> bool:
        """Whether a file is larger than bots may fetch."""
        return self.code == 400 and "file is too big" in self.cause


CallError = NotSentError | NoAnswerError | ApiError


def fate(error: CallError) -> Sent:
    """What a failed call means for its part."""
    if isinstance(error, NotSentError):
        return Sent(Fate.RETRY, error=f"not sent: {error}")
    if isinstance(error, NoAnswerError):
        return Sent(Fate.UNKNOWN, error=f"no answer: {error}")
    return Sent(_fate_of(error), error=str(error), retry_after=error.retry_after)


def _fate_of(error: ApiError) -> Fate:
    if error.code == 429 or error.code >= 500:
        return Fate.RETRY
    if error.code == 403 or (error.code == 400 and any(word in error.cause.lower() for word in _NOBODY)):
        return Fate.UNREACHABLE
    # 404 is a wrong token or address, 409 another program at our bot, 3xx a proxy in between.
    if error.code in (401, 404, 409) or error.code < 400:
        return Fate.OPERATOR
    return Fate.DEAD
