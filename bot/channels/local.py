"""The loopback REST channel of Rasa, with every message cleaned and masked before Rasa stores it."""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint

from bot.answers.incoming import receive


class LocalInput(RestInput):  # type: ignore[misc]
    """``POST /webhooks/local/webhook {"sender", "message"}`` as Rasa's own rest channel.

    It has no authentication: it serves the chat of this machine and tests, never the internet.
    """

    @classmethod
    def name(cls) -> str:
        """Path segment of the channel."""
        return "local"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the rest channel over a safe message."""

        async def safely(message: UserMessage) -> Any:
            message.text = receive(message.text or "")
            return await on_new_message(message)

        routes: Blueprint = super().blueprint(safely)
        return routes
