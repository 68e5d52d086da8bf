"""What to import, from a file of each kind."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.catalogue.contradictions import Checks
from bot.catalogue.enums import ImportKind
from bot.catalogue.importing.crawl import read_crawl
from bot.catalogue.importing.importer import Import, Item
from bot.catalogue.importing.levels import read_levels, with_levels
from bot.catalogue.importing.national import read_national
from bot.catalogue.importing.own import read_curated, read_index
from bot.catalogue.repository import Repository

NEEDS_DAY = frozenset({ImportKind.NATIONAL, ImportKind.LEVELS})
"""Kinds whose files do not tell their day."""

_NO_CHECKS = Checks()


def job_of(
    kind: ImportKind,
    path: Path,
    engine: Engine,
    day: date | None = None,
    source: str = "",
    complete: bool = False,
    checks: Checks = _NO_CHECKS,
) -> Import:
    """The import of a file, for ``run_import`` or ``rehearse``; it is read once, so each needs its own job.

    ``own`` is a JSON Lines file of our format or a folder of curated YAML files, ``crawl`` a gzipped crawl of
    procedure pages, ``national`` a saved answer of LayThuTuc, ``levels`` a table of levels: ``source`` says
    in words what it is (default: its name), ``complete`` that it is the whole list of its day, so that
    others end the day before. Only this kind touches published levels. Raises ``ValueError`` where ``day``
    is missing: a statement without its day cannot be quoted. Reading raises ``OSError``, ``EOFError``,
    ``zlib.error``, ``csv.Error`` or ``ValueError`` for what is no such file.
    """
    if kind in NEEDS_DAY and day is None:
        raise ValueError("the day of the source is missing")
    ends = day if complete and kind is ImportKind.LEVELS else None
    items = _items(kind, path, engine, day or date.min, source or path.name)
    return Import(items, path.name, _sha256(path), levels_complete_on=ends, checks=checks)


def _items(kind: ImportKind, path: Path, engine: Engine, day: date, source: str) -> Iterator[Item]:
    if kind is ImportKind.CRAWL:
        return read_crawl(path)
    if kind is ImportKind.NATIONAL:
        return read_national(path, day)
    if kind is ImportKind.LEVELS:
        current = {procedure.code: procedure for procedure in Repository(engine).procedures()}
        return with_levels(current, read_levels(path, source, day))
    return read_curated(path) if path.is_dir() else read_index(path)


def _sha256(path: Path) -> str:
    digest = sha256()
    for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
        digest.update(file.read_bytes())
    return digest.hexdigest()
