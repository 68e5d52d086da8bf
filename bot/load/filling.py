"""Stored conversations by the million."""

from collections.abc import Iterator
from itertools import islice

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from bot.conversations.sessions import session
from bot.database import connect
from bot.dossiers.casefile import CaseFile
from bot.dossiers.tables import case_file
from bot.load.ground import Databases

_BATCH = 10_000
_SETTLE = {
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)",),
    "postgresql": ("VACUUM (ANALYZE)", "CHECKPOINT"),
}


def fill(databases: Databases, held: int, size: int) -> None:
    """Conversations number ``held`` to ``size``: what one that was really held left behind, and a case file
    each. Raises ``sqlalchemy.exc.NoResultFound`` when none was held yet.
    """
    tracker, catalogue = connect(databases.tracker), connect(databases.catalogue)
    with tracker.connect() as connection:
        body = connection.execute(select(session.c.body).limit(1)).scalar_one()
    empty = msgspec.to_builtins(CaseFile())
    numbers = iter(range(held, size))
    while batch := list(islice(numbers, _BATCH)):
        with tracker.begin() as connection:
            connection.execute(insert(session), [{"sender_id": name_of(n), "body": body} for n in batch])
        with catalogue.begin() as connection:
            connection.execute(insert(case_file), list(_files(batch, empty)))
    for engine in (tracker, catalogue):
        _settle(engine)
        engine.dispose()


def name_of(number: int) -> str:
    """Of the citizen of a stored conversation."""
    return f"stored-{number:09}"


def _files(batch: list[int], empty: object) -> Iterator[dict[str, object]]:
    for number in batch:
        yield {
            "conversation_id": name_of(number),
            "body": empty,
            "before": empty,
            "message_id": "",
            "updated_at": float(number),
        }


def _settle(engine: Engine) -> None:
    """Nothing is left to be tidied while others measure."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in _SETTLE[engine.dialect.name]:
            connection.exec_driver_sql(statement)
