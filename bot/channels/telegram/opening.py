"""Whether the channel is on."""

from bot.channels.telegram.client import Client
from bot.settings import Settings


def open_client(settings: Settings) -> Client | None:
    """Calls of the configured bot; None while token or secret is missing: the channel is then off."""
    if not settings.telegram_token or not settings.telegram_secret:
        return None
    return Client(settings.telegram_token, settings.telegram_api_url)
