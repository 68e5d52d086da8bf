"""Staff stop and start channels: each time with a comment, each time in the audit log."""

from collections.abc import Collection

from sqlalchemy.engine import Connection

from bot.control.stopping import Cause, start, stop
from bot.conversations.channel import Channel
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor


def switch_off(
    connection: Connection, actor: Actor, channels: Collection[Channel], comment: str, now: float
) -> list[Channel]:
    """Stop channels; those that ran until now. Raises ``ValueError`` without a comment."""
    comment = _said(comment)
    done = [channel for channel in channels if stop(connection, channel, Cause.ORDERED, comment, now)]
    _record(connection, actor, Action.CHANNEL_STOPPED, done, comment, now)
    return done


def switch_on(
    connection: Connection, actor: Actor, channels: Collection[Channel], comment: str, now: float
) -> list[Channel]:
    """Let channels run again; those that stood still. Raises ``ValueError`` without a comment."""
    comment = _said(comment)
    done = [channel for channel in channels if start(connection, channel)]
    _record(connection, actor, Action.CHANNEL_STARTED, done, comment, now)
    return done


def _said(comment: str) -> str:
    if not comment.strip():
        raise ValueError("comment")
    return comment.strip()


def _record(
    connection: Connection, actor: Actor, action: Action, done: Collection[Channel], comment: str, now: float
) -> None:
    for channel in done:
        audit.record(connection, actor, action, f"channel:{channel.value}", now, reason=comment)
