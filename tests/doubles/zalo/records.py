"""What the platform remembers for the test to look at."""

from typing import Any

import msgspec


class Sent(msgspec.Struct):
    """A message that reached a citizen's phone.

    ``seq`` counts all messages from 1; ``at``: the platform's time. ``attachment``: as sent, without buttons.
    ``answered`` false: the caller was never told (it got a hang, a reset or a 5xx).
    ``via``: ``cs``, ``template`` or ``operator`` (a person wrote it in the account's manager).
    """

    seq: int
    user: str
    kind: str
    text: str
    buttons: list[dict[str, Any]]
    attachment: dict[str, Any] | None
    message_id: str
    at: float
    billable: bool
    via: str
    answered: bool = True
    echo: int = 0
    """``Event.seq`` of its echo; 0: none."""

    @property
    def titles(self) -> list[str]:
        return [button["title"] for button in self.buttons]


class Event(msgspec.Struct):
    """Something announced. ``delivered``: copies acknowledged; ``given_up``: copies whose ladder ended."""

    seq: int
    name: str
    user: str
    msg_id: str
    body: str
    headers: dict[str, str]
    copies: int = 1
    delivered: int = 0
    given_up: int = 0


class Attempt(msgspec.Struct):
    """One delivery of one copy. ``attempt`` 0 is the first; ``outcome``: ok, status, timeout or broken."""

    event: int
    name: str
    user: str
    msg_id: str
    copy: int
    attempt: int
    outcome: str
    status: int
    at: float


class Call(msgspec.Struct):
    """One call to the API. ``code``: the body's error (0: fine); ``fault``: the trouble it met."""

    seq: int
    path: str
    user: str
    status: int
    code: int
    fault: str
    at: float
