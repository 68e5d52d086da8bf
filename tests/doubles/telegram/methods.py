"""The methods of the bot, by lower-case name (Telegram does not mind the case)."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.doubles.telegram.errors import ApiError
from tests.doubles.telegram.hooks import HOOK_METHODS
from tests.doubles.telegram.messages import MESSAGE_METHODS
from tests.doubles.telegram.params import Params
from tests.doubles.telegram.profile import PROFILE_METHODS
from tests.doubles.telegram.sending import SENDING_METHODS
from tests.doubles.telegram.state import State

Method = Callable[[State, Params], Awaitable[Any]]

METHODS: dict[str, Method] = {
    name.lower(): method
    for group in (HOOK_METHODS, MESSAGE_METHODS, PROFILE_METHODS, SENDING_METHODS)
    for name, method in group.items()
}


def find_method(name: str) -> Method:
    """Raises ``ApiError`` 404."""
    method = METHODS.get(name.lower())
    if method is None:
        raise ApiError(404, "Not Found: method not found")
    return method
