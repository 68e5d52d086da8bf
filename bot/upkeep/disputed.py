"""Open contradictions in the catalogue: a work list, the most asked for first, then the most popular."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.tables import procedure, procedure_version
from bot.catalogue.tables_context import contradiction
from bot.upkeep.demand import demand


@dataclass(frozen=True)
class Disputed:
    """``subject``: code of the procedure called ``label``, or the key of a figure, which has none.

    ``evidence``: the words that disagree; ``asked``: turns about the procedure in the last 30 days.
    """

    kind: ContradictionKind
    subject: str
    label: str
    evidence: str
    found_at: datetime
    asked: int


def disputed(
    connection: Connection,
    now: float,
    kind: ContradictionKind | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[Disputed]:
    """Of one kind or of all."""
    table, version = contradiction.c, procedure_version.c
    asked = demand(table.subject, now).label("asked")
    query = (
        select(contradiction, version.name, version.short_name, asked)
        .select_from(
            contradiction.outerjoin(procedure, procedure.c.code == table.subject).outerjoin(
                procedure_version,
                (version.procedure_id == procedure.c.id) & version.superseded_at.is_(None),
            )
        )
        .where(table.resolved_at.is_(None))
        .order_by(asked.desc(), func.coalesce(version.popularity, 0).desc(), table.subject, table.id)
        .limit(limit)
        .offset(offset)
    )
    if kind is not None:
        query = query.where(table.kind == kind.value)
    return [
        Disputed(
            kind=ContradictionKind(row.kind),
            subject=row.subject,
            label=row.short_name or row.name or "",
            evidence=row.evidence,
            found_at=row.found_at,
            asked=int(row.asked),
        )
        for row in connection.execute(query)
    ]


def kinds(connection: Connection) -> Mapping[ContradictionKind, int]:
    """How many are open of each kind there is, the most first."""
    query = (
        select(contradiction.c.kind, func.count())
        .where(contradiction.c.resolved_at.is_(None))
        .group_by(contradiction.c.kind)
    )
    found = [(ContradictionKind(name), int(count)) for name, count in connection.execute(query)]
    return dict(sorted(found, key=lambda one: (-one[1], one[0].value)))
