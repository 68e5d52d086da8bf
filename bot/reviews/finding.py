"""Finds the turns of a filter, page by page, in bounded time whatever the filter and however many turns.

No index serves every filter. One request therefore looks at no more than ``WINDOW`` turns of those an index
finds; a page may end early and say where to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.conversations.tables import message, turn
from bot.reviews.conditions import Key, base, newer, older, rest
from bot.reviews.filters import Filter
from bot.reviews.repeats import WITHIN_SECONDS, Asked, asked_again

WINDOW = 30_000
"""Turns that one request looks at."""
MOST_COMPARED = 400
"""Of those, the turns that are compared with what the citizen asked before."""
MOST_COUNTED = 1_000
_BATCH = 200


@dataclass(frozen=True)
class Found:
    """Ids of turns, the newest first. ``onward``: where the list goes on, None at its end."""

    ids: tuple[int, ...]
    onward: Key | None


@dataclass(frozen=True)
class Total:
    """``number`` turns, at most ``MOST_COUNTED``. ``more``: that and more; ``at_least``: the rest of the list
    was too long to look at.
    """

    number: int
    more: bool = False
    at_least: bool = False


def find_turns(
    connection: Connection,
    wanted: Filter,
    zone: tzinfo,
    limit: int,
    after: Key | None = None,
    window: int = WINDOW,
) -> Found:
    """The first ``limit`` turns of the filter, or those after a place in the list."""
    place = [older(after)] if after else []
    end = _end(connection, [*base(wanted, zone), *place], window)
    keys, end = _matching(connection, wanted, zone, limit + 1, place, end)
    shown = keys[:limit]
    onward = shown[-1] if len(keys) > limit else end
    return Found(tuple(key.id for key in shown), onward)


def first_page(
    connection: Connection, wanted: Filter, zone: tzinfo, limit: int, window: int = WINDOW
) -> tuple[Found, Total]:
    """The first ``limit`` turns of the filter, and how many it has: in one look, which is what takes time."""
    end = _end(connection, base(wanted, zone), window)
    keys, end = _matching(connection, wanted, zone, MOST_COUNTED + 1, [], end)
    shown = keys[:limit]
    onward = shown[-1] if len(keys) > limit else end
    if len(keys) > MOST_COUNTED:
        total = Total(MOST_COUNTED, more=True)
    else:
        total = Total(len(keys), at_least=end is not None)
    return Found(tuple(key.id for key in shown), onward), total


def neighbour(
    connection: Connection, wanted: Filter, zone: tzinfo, key: Key, *, back: bool, window: int = WINDOW
) -> int | None:
    """The turn after (``back``: before) this place in the list; None where the window has none."""
    if not back:
        return next(iter(find_turns(connection, wanted, zone, 1, key, window).ids), None)
    end = _end(connection, [*base(wanted, zone), newer(key)], window, back=True)
    found, _ = _matching(connection, wanted, zone, 1, [newer(key)], end, back=True)
    return found[0].id if found else None


def repeated_among(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those of the turns that ask again what the citizen had asked before (``bot.reviews.repeats``)."""
    again: frozenset[int] = frozenset()
    for start in range(0, len(ids), _BATCH):
        again |= _repeated(connection, ids[start : start + _BATCH])
    return again & frozenset(ids)


def _end(connection: Connection, where: list[ColumnElement], window: int, back: bool = False) -> Key | None:
    """The last turn of the window; None when there are no turns beyond it. The indexes alone tell."""
    query = select(turn.c.at, turn.c.id).where(*where).order_by(*_order(back)).offset(window - 1).limit(2)
    rows = connection.execute(query).all()
    return Key(rows[0].at, rows[0].id) if len(rows) == 2 else None


def _until(end: Key | None, back: bool = False) -> list[ColumnElement]:
    """``end`` itself is within."""
    if end is None:
        return []
    beyond = newer(end) if back else older(end)
    # The plain bound is what an index is good for.
    return [turn.c.at <= end.at if back else turn.c.at >= end.at, ~beyond]


def _matching(
    connection: Connection,
    wanted: Filter,
    zone: tzinfo,
    limit: int,
    place: list[ColumnElement],
    end: Key | None,
    back: bool = False,
) -> tuple[list[Key], Key | None]:
    """The first turns up to ``end``, and where it was given up looking: ``end``, or before it."""
    where = [*base(wanted, zone), *rest(wanted), *place, *_until(end, back)]
    query = select(turn.c.at, turn.c.id).where(*where).order_by(*_order(back))
    if not wanted.repeated:
        return [Key(row.at, row.id) for row in connection.execute(query.limit(limit))], end
    found: list[Key] = []
    candidates = [Key(row.at, row.id) for row in connection.execute(query.limit(MOST_COMPARED))]
    for start in range(0, len(candidates), _BATCH):
        batch = candidates[start : start + _BATCH]
        again = _repeated(connection, [key.id for key in batch])
        found += [key for key in batch if key.id in again]
        if len(found) >= limit:
            break
    given_up = candidates[-1] if len(candidates) == MOST_COMPARED else end
    return found[:limit], given_up


def _order(back: bool) -> tuple[Any, Any]:
    return (turn.c.at, turn.c.id) if back else (turn.c.at.desc(), turn.c.id.desc())


def _repeated(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Each is compared with what the same citizen asked in the week before it."""
    one, before = turn.alias(), turn.alias()
    week = (
        select(before.c.id)
        .join(one, one.c.conversation_id == before.c.conversation_id)
        .where(
            one.c.id.in_(ids),
            before.c.at >= one.c.at - WITHIN_SECONDS,
            before.c.at <= one.c.at,
        )
    )
    query = (
        select(
            turn.c.id,
            turn.c.conversation_id,
            turn.c.at,
            turn.c.intent,
            turn.c.procedure_code,
            message.c.body["text"].as_string().label("text"),
        )
        .join(
            message,
            (message.c.conversation_id == turn.c.conversation_id) & (message.c.seq == turn.c.seq),
            isouter=True,
        )
        .where(turn.c.id.in_(week))
    )
    return asked_again(
        Asked(
            row.id,
            row.conversation_id,
            row.at,
            row.intent,
            row.procedure_code,
            row.text or "",
        )
        for row in connection.execute(query)
    )
