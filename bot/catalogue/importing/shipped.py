"""Loads everything the project ships in ``data/catalogue`` in one transaction."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from bot.catalogue.contradictions import find_in_statistics
from bot.catalogue.importing.context import (
    read_agencies,
    read_checks,
    read_statistics,
    read_units,
    store_agencies,
    store_statistics,
    store_units,
)
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.own import read_own
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.importing.shared_rows import believed


def load_shipped(engine: Engine, data_dir: Path, now: datetime | None = None) -> ImportReport:
    """Make the catalogue what ``data_dir`` says; doing it again changes nothing.

    Procedures of the database that ``data_dir`` no longer has are retired, not deleted.
    """
    agencies = read_agencies(data_dir / "agencies.csv")
    units = read_units(data_dir / "units.csv", data_dir / "unit_successions.csv")
    statistics = read_statistics(data_dir / "statistics.yaml")

    with engine.connect() as connection:
        held = believed(connection, statistics)

    def companion(connection: Connection, moment: datetime) -> int:
        return (
            store_agencies(connection, agencies, moment)
            + store_units(connection, units, moment)
            + store_statistics(connection, statistics, moment)
        )

    job = Import(
        items=read_own(data_dir / "index", data_dir / "curated"),
        source="data/catalogue",
        sha256=fingerprint(data_dir),
        complete=True,
        checks=read_checks(data_dir),
        companion=companion,
        findings=tuple(find_in_statistics(held)),
    )
    return run_import(engine, job, now)


def fingerprint(folder: Path) -> str:
    """SHA-256 over names and contents of all files of a folder."""
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
