"""The switch of each channel: stopped by staff with a comment, or by an error only they can mend."""

import logging
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.control.tables import stoppage
from bot.conversations.channel import Channel
from bot.database import insert_once

logger = logging.getLogger(__name__)


class Cause(str, Enum):
    """Why a channel stands still."""

    ORDERED = "ordered"
    """Staff switched it off: citizens who write are told so."""
    BROKEN = "broken"
    """The platform refuses us: nothing can be sent until somebody mends it."""


@dataclass(frozen=True)
class Stoppage:
    """``since``: POSIX seconds."""

    channel: Channel
    cause: Cause
    comment: str
    since: float


def stop(connection: Connection, channel: Channel, cause: Cause, comment: str, now: float) -> bool:
    """Stop a channel; False when it was stopped already. What is to be sent waits in the queues.

    An order goes before an error: whoever orders has the last word on when the channel runs again.
    """
    values = {"channel": channel.value, "cause": cause.value, "comment": comment, "since": now}
    stopped = insert_once(connection, stoppage, values)
    if not stopped and cause is Cause.ORDERED:
        broken = (stoppage.c.channel == channel.value) & (stoppage.c.cause == Cause.BROKEN.value)
        stopped = connection.execute(update(stoppage).where(broken).values(values)).rowcount == 1
    if stopped:
        logger.critical("channel %s stopped (%s): %s", channel.value, cause.value, comment)
    return stopped


def start(connection: Connection, channel: Channel) -> bool:
    """Let a channel run again; False when it was not stopped."""
    started: int = connection.execute(delete(stoppage).where(stoppage.c.channel == channel.value)).rowcount
    return started == 1


def stoppages(connection: Connection) -> dict[Channel, Stoppage]:
    """The channels that stand still."""
    rows = connection.execute(select(stoppage)).all()
    return {
        Channel(row.channel): Stoppage(Channel(row.channel), Cause(row.cause), row.comment, row.since)
        for row in rows
    }


def stopped(connection: Connection) -> dict[Channel, str]:
    """Stopped channels with the comment."""
    return {channel: found.comment for channel, found in stoppages(connection).items()}
