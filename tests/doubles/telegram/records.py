"""What the double remembers for the test to look at."""

from typing import Any

import msgspec


class Button(msgspec.Struct, frozen=True):
    title: str
    data: str = ""
    url: str = ""


class Sent(msgspec.Struct):
    """A message of the bot, as it looked when it reached the phone.

    ``seq`` counts all messages from 1; ``at``: the platform's time. ``source``: what the bot wrote, before
    HTML was read. ``markup``: the keyboard of any kind. ``answered`` false: the bot was never told.
    """

    seq: int
    user: int
    message_id: int
    text: str
    source: str
    rows: list[list[Button]]
    at: float
    entities: list[dict[str, Any]] = []
    markup: dict[str, Any] | None = None
    file: dict[str, Any] | None = None
    edited: bool = False
    answered: bool = True

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.rows for button in row]

    @property
    def titles(self) -> list[str]:
        return [button.title for button in self.buttons]


class Call(msgspec.Struct):
    """One call of the bot. ``code``: HTTP status meant for it, 0 where it had no effect and no answer.
    ``fault``: what was done to it, if anything.
    """

    seq: int
    method: str
    user: int
    ok: bool
    code: int
    description: str
    fault: str
    at: float


class Attempt(msgspec.Struct):
    """One delivery of one copy (the first is 0) to the hook. ``status`` 0: no answer. No ``error``: taken."""

    update_id: int
    copy: int
    attempt: int
    status: int
    error: str
    at: float
