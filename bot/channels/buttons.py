"""Opaque ids of buttons: platforms and browsers see a token, what it means stays here."""

import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.engine import Connection

from bot.channels.message import Choice
from bot.channels.tables import button
from bot.clause import Clause, clause

KEPT_SECONDS = 30 * 24 * 3600.0


def new_token() -> str:
    """96 random bits as 16 characters; fits Telegram's 64 bytes with a prefix."""
    return secrets.token_urlsafe(12)


def remember(connection: Connection, conversation_id: str, choices: Mapping[str, Choice], now: float) -> None:
    """Keep what each token stands for in this conversation."""
    if not choices:
        return
    values: dict[str, Any] = {"conversation_id": conversation_id, "expires_at": now + KEPT_SECONDS}
    for place, (token, choice) in enumerate(choices.items()):
        values[f"token_{place}"], values[f"title_{place}"] = token, choice.title
        values[f"payload_{place}"] = choice.payload
    _kept(len(choices)).change(connection, **values)


@lru_cache(maxsize=16)
def _kept(count: int) -> Clause:
    """Inserts so many at once."""
    shared = {name: bindparam(name) for name in ("conversation_id", "expires_at")}
    own = ("token", "title", "payload")
    rows = [{**shared, **{name: bindparam(f"{name}_{place}") for name in own}} for place in range(count)]
    return clause(insert(button).values(rows))


def resolve(connection: Connection, conversation_id: str, token: str, now: float) -> Choice | None:
    """The choice behind a token; None when unknown, expired or of another conversation."""
    row = connection.execute(
        select(button).where(
            button.c.token == token, button.c.conversation_id == conversation_id, button.c.expires_at > now
        )
    ).one_or_none()
    return Choice(row.title, row.payload) if row else None
