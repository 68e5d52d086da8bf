"""Names of procedures for lists: read from the catalogue without its index."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.about.lines import shortened
from bot.catalogue.tables import procedure, procedure_version


def labels(connection: Connection, codes: Collection[str]) -> dict[str, str]:
    """The everyday name of each procedure by code, short enough for a list; unknown codes are left out."""
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    version = procedure_version.c
    query = (
        select(procedure.c.code, version.name, version.short_name)
        .join(procedure_version, version.procedure_id == procedure.c.id)
        .where(procedure.c.code.in_(sorted(wanted)), version.superseded_at.is_(None))
    )
    return {row.code: shortened(row.short_name or row.name) for row in connection.execute(query)}


def fields(connection: Connection) -> list[str]:
    """All fields of the catalogue by name."""
    version = procedure_version.c
    query = select(version.field).where(version.superseded_at.is_(None), version.field != "").distinct()
    return sorted(connection.execute(query).scalars())
