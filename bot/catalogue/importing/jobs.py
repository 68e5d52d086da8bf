"""One function per kind of file: read it, import it, report."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.catalogue.contradictions import Checks
from bot.catalogue.enums import LevelScheme, Scope
from bot.catalogue.importing.crawl import read_crawl
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.levels import read_levels, with_levels
from bot.catalogue.importing.national import read_national
from bot.catalogue.importing.own import read_curated, read_index
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.repository import Repository

_NO_CHECKS = Checks()


def import_own(
    engine: Engine, path: Path, checks: Checks = _NO_CHECKS, now: datetime | None = None
) -> ImportReport:
    """A JSON Lines file of our format, or a folder of curated YAML files."""
    items = read_curated(path) if path.is_dir() else read_index(path)
    return run_import(engine, Import(items, path.name, _sha256(path), checks=checks), now)


def import_crawl(
    engine: Engine, path: Path, checks: Checks = _NO_CHECKS, now: datetime | None = None
) -> ImportReport:
    """A crawl of procedure pages. Curated records and published levels stay as they are."""
    return run_import(engine, Import(read_crawl(path), path.name, _sha256(path), checks=checks), now)


def import_national(
    engine: Engine,
    path: Path,
    retrieved_on: date,
    scope: Scope = Scope.NATIONWIDE,
    checks: Checks = _NO_CHECKS,
    now: datetime | None = None,
) -> ImportReport:
    """A saved answer of the national portal's LayThuTuc."""
    items = read_national(path, retrieved_on, scope)
    return run_import(engine, Import(items, path.name, _sha256(path), checks=checks), now)


def import_levels(
    engine: Engine,
    path: Path,
    source: str,
    stated_on: date,
    scheme: LevelScheme | None = None,
    complete: bool = False,
    checks: Checks = _NO_CHECKS,
    now: datetime | None = None,
) -> ImportReport:
    """A list of levels. ``complete``: it is the whole list of its day, others end the day before."""
    current = {procedure.code: procedure for procedure in Repository(engine).procedures()}
    job = Import(
        items=with_levels(current, read_levels(path, source, stated_on, scheme)),
        source=path.name,
        sha256=_sha256(path),
        levels_complete_on=stated_on if complete else None,
        checks=checks,
    )
    return run_import(engine, job, now)


def _sha256(path: Path) -> str:
    digest = sha256()
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
