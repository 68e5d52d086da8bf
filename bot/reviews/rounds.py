"""Audits: a sample of turns, who labels what of it, and what the labels say."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, insert, or_, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import turn
from bot.reviews.results import Item, Result, result_of
from bot.reviews.sampling import draw
from bot.reviews.tables import audit_item, audit_round, turn_label
from bot.reviews.verdict import Verdict

LARGEST = 2000
TITLE_LENGTH = 120


@dataclass(frozen=True)
class Round:
    """A sample of ``size`` turns with ``since`` <= at < ``until`` (POSIX seconds)."""

    id: int
    title: str
    since: float
    until: float
    seed: int
    size: int
    second_share: float
    created_by: int | None
    created_at: float


def draw_round(
    connection: Connection,
    title: str,
    since: float,
    until: float,
    size: int,
    second_share: float,
    seed: int,
    account_id: int,
    now: float,
) -> Round | None:
    """Draw a sample of the turns the assistant was asked in; None where there are none.

    A turn that was drawn before is left out: its labels belong to that audit. Strata are outcome and channel.
    Raises ``ValueError`` for a period, size or share that makes no sense.
    """
    if since >= until or not 1 <= size <= LARGEST or not 0 <= second_share <= 1:
        raise ValueError("no such sample")
    drawn_before = exists().where(audit_item.c.turn_id == turn.c.id)
    query = select(turn.c.id, turn.c.outcome, turn.c.channel).where(
        turn.c.at >= since, turn.c.at < until, turn.c.intent != "", ~drawn_before
    )
    strata: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, outcome, channel in connection.execute(query):
        strata[(outcome, channel)].append(number)
    drawn = draw(strata, size, second_share, seed)
    if not drawn:
        return None
    values = {
        "title": title[:TITLE_LENGTH],
        "since": since,
        "until": until,
        "seed": seed,
        "size": len(drawn),
        "second_share": second_share,
        "created_by": account_id,
        "created_at": now,
    }
    made = int(connection.execute(insert(audit_round).values(values)).inserted_primary_key[0])
    items = [
        {"round_id": made, "turn_id": one.turn_id, "place": place, "twice": one.twice}
        for place, one in enumerate(drawn, 1)
    ]
    connection.execute(insert(audit_item), items)
    return find_round(connection, made)


def find_round(connection: Connection, round_id: int) -> Round | None:
    """The audit with this id."""
    row = connection.execute(select(audit_round).where(audit_round.c.id == round_id)).one_or_none()
    return Round(**row._mapping) if row else None


def rounds(connection: Connection, limit: int = 50) -> list[Round]:
    """The newest first."""
    query = select(audit_round).order_by(audit_round.c.id.desc()).limit(limit)
    return [Round(**row._mapping) for row in connection.execute(query)]


def result(connection: Connection, round_id: int) -> Result:
    """What the labels given so far say."""
    return results(connection, [round_id])[round_id]


def results(connection: Connection, round_ids: Sequence[int]) -> Mapping[int, Result]:
    """The same for several audits. Turns erased since they were drawn are gone from the audit too."""
    query = (
        select(audit_item, turn_label.c.account_id, turn_label.c.verdict, turn.c.outcome, turn.c.channel)
        .join(turn, turn.c.id == audit_item.c.turn_id)
        .join(
            turn_label,
            (turn_label.c.turn_id == audit_item.c.turn_id) & (turn_label.c.round_id == audit_item.c.round_id),
            isouter=True,
        )
        .where(audit_item.c.round_id.in_(round_ids))
        .order_by(audit_item.c.round_id, audit_item.c.place, turn_label.c.at, turn_label.c.id)
    )
    found: dict[int, dict[int, Item]] = {number: {} for number in round_ids}
    for row in connection.execute(query):
        items = found[row.round_id]
        item = items.get(row.turn_id) or Item(2 if row.twice else 1, row.outcome, row.channel)
        given = ((row.account_id, Verdict(row.verdict)),) if row.verdict else ()
        items[row.turn_id] = Item(item.needed, item.outcome, item.channel, item.given + given)
    return {number: result_of(list(items.values())) for number, items in found.items()}


def next_for(connection: Connection, round_id: int, account_id: int) -> int | None:
    """The next turn of an audit that needs a label of this reviewer; None when there is none left."""
    query = _open_to(round_id, account_id).order_by(audit_item.c.place).limit(1)
    found: int | None = connection.execute(query).scalar_one_or_none()
    return found


def beside(connection: Connection, round_id: int, turn_id: int, *, back: bool) -> int | None:
    """The turn after (``back``: before) one of an audit, in the order it was drawn."""
    here = select(audit_item.c.place).where(
        audit_item.c.round_id == round_id, audit_item.c.turn_id == turn_id
    )
    at = here.scalar_subquery()
    beyond = audit_item.c.place < at if back else audit_item.c.place > at
    order = audit_item.c.place.desc() if back else audit_item.c.place
    query = select(audit_item.c.turn_id).where(audit_item.c.round_id == round_id, beyond).order_by(order)
    found: int | None = connection.execute(query.limit(1)).scalar_one_or_none()
    return found


def _open_to(round_id: int, account_id: int) -> Any:
    of_turn = and_(turn_label.c.turn_id == audit_item.c.turn_id, turn_label.c.round_id == round_id)
    given = select(func.count()).select_from(turn_label).where(of_turn).correlate(audit_item)
    by_me = exists().where(of_turn & (turn_label.c.account_id == account_id))
    count = given.scalar_subquery()
    return select(audit_item.c.turn_id).where(
        audit_item.c.round_id == round_id, ~by_me, or_(count == 0, and_(audit_item.c.twice, count < 2))
    )
