"""Keeps the review list: contradictions appear once and are marked resolved when they are gone."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue import tables_context as c
from bot.catalogue.contradictions import Contradiction


def store(
    connection: Connection,
    found: Iterable[Contradiction],
    examined: AbstractSet[str],
    run_id: int,
    now: datetime,
) -> None:
    """Add what is new; resolve open entries of ``examined`` procedures that were not found again."""
    table = c.contradiction
    rows = connection.execute(select(table).where(table.c.resolved_at.is_(None))).mappings()
    open_ids = {(row["kind"], row["subject"], row["evidence"]): row["id"] for row in rows}
    current = {(item.kind.value, item.subject, item.evidence) for item in found}
    fresh = [
        {"kind": k, "subject": s, "evidence": e, "found_at": now, "import_run_id": run_id}
        for k, s, e in sorted(current - open_ids.keys())
    ]
    if fresh:
        connection.execute(insert(table), fresh)
    for key, row_id in open_ids.items():
        if key not in current and key[1] in examined:
            connection.execute(update(table).where(table.c.id == row_id).values(resolved_at=now))
