"""The database that the commands of ``bot catalogue`` work on."""

from sqlalchemy.engine import Engine

from bot.database import connect, upgrade
from bot.settings import get_settings


def opened() -> Engine:
    """The database of the settings with today's tables."""
    url = get_settings().database_url
    upgrade(url)
    return connect(url)
