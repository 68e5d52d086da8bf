"""What an import would do, before anybody decides on it."""

import dataclasses
from datetime import datetime, timezone

from sqlalchemy.engine import Engine

from bot.catalogue.importing.importer import Import, import_in, read
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.repository import Repository


def rehearse(engine: Engine, job: Import, now: datetime | None = None) -> ImportReport:
    """The report the import would give, with the revision as it is; nothing stays, not even in the log.

    It is the import itself, taken back: SQLite lets nobody else write meanwhile. The job is used up.
    """
    job, revision = read(job), Repository(engine).revision()
    with engine.connect() as connection:
        transaction = connection.begin()
        try:
            report = import_in(connection, job, now or datetime.now(timezone.utc))
        finally:
            transaction.rollback()
    return dataclasses.replace(report, revision=revision)
