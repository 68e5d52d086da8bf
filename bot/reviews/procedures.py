"""Procedures for a reviewer to choose from, and which version of them an answer stood on."""

from collections.abc import Collection
from datetime import datetime, timezone

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from bot.catalogue.tables import procedure, procedure_version
from bot.text.fold import clean, fold

_LONGEST_QUERY = 200


def find_procedures(connection: Connection, words: str, limit: int = 20) -> list[tuple[str, str]]:
    """(code, name) of those whose code begins so, or whose name has all the words, accents or not; names
    that begin with them first, then the shorter.
    """
    asked = fold(clean(words[:_LONGEST_QUERY]))
    if not asked:
        return []
    wanted = asked.split()
    query = (
        select(procedure.c.code, procedure_version.c.name)
        .join(procedure_version, procedure_version.c.procedure_id == procedure.c.id)
        .where(procedure_version.c.superseded_at.is_(None))
    )
    found = []
    for code, name in connection.execute(query):
        plain = fold(clean(name))
        if fold(code).startswith(asked):
            found.append((0, len(name), code, name))
        elif all(word in plain for word in wanted):
            found.append((1 if plain.startswith(asked) else 2, len(name), code, name))
    return [(code, name) for _, _, code, name in sorted(found)[:limit]]


def versions_at(connection: Connection, codes: Collection[str], at: float) -> dict[str, int]:
    """Number of the version of each record that was believed at a moment."""
    then = datetime.fromtimestamp(at, timezone.utc)
    version = procedure_version
    query = (
        select(procedure.c.code, func.max(version.c.version_no))
        .join(version, version.c.procedure_id == procedure.c.id)
        .where(
            procedure.c.code.in_(list(codes)),
            version.c.recorded_at <= then,
            or_(version.c.superseded_at.is_(None), version.c.superseded_at > then),
        )
        .group_by(procedure.c.code)
    )
    return dict(connection.execute(query).all())
