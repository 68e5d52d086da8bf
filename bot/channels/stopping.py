"""The switch of each channel: stopped by an operator with a comment, or by an error only they can mend."""

import logging

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from bot.channels.metrics import STOPPED
from bot.channels.tables import stoppage
from bot.conversations.channel import Channel
from bot.database import insert_once

logger = logging.getLogger(__name__)


def stop(connection: Connection, channel: Channel, cause: str, comment: str, now: float) -> bool:
    """Stop sending on a channel; False when it was stopped already. Messages wait in the queues."""
    values = {"channel": channel.value, "cause": cause, "comment": comment, "since": now}
    stopped = insert_once(connection, stoppage, values)
    if stopped:
        STOPPED.labels(channel.value).set(1)
        logger.critical("channel %s stopped (%s): %s", channel.value, cause, comment)
    return stopped


def start(connection: Connection, channel: Channel) -> bool:
    """Let a channel run again; False when it was not stopped."""
    started: int = connection.execute(delete(stoppage).where(stoppage.c.channel == channel.value)).rowcount
    STOPPED.labels(channel.value).set(0)
    return started == 1


def stopped(connection: Connection) -> dict[Channel, str]:
    """Stopped channels with the comment."""
    return {Channel(row.channel): row.comment for row in connection.execute(select(stoppage))}
