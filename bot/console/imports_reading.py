"""An uploaded file on its way to the catalogue: taken in, tried, and imported. Blocking; run in threads."""

import csv
import gzip
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from msgspec.structs import replace as altered
from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot.catalogue.contradictions import Checks
from bot.catalogue.enums import ImportKind
from bot.catalogue.importing.importer import Companion, Import, run_import
from bot.catalogue.importing.jobs import job_of
from bot.catalogue.importing.rehearsal import rehearse
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.repository import Repository
from bot.catalogue.tables_context import contradiction
from bot.console.imports_store import Upload, Uploads, UploadState
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor

MOST_BYTES = 50 * 1024 * 1024
_MOST_UNPACKED = 600 * 1024 * 1024
_CHUNK = 1024 * 1024
ENDINGS: Mapping[ImportKind, tuple[str, ...]] = {
    ImportKind.OWN: (".jsonl",),
    ImportKind.CRAWL: (".jsonl.gz",),
    ImportKind.NATIONAL: (".json",),
    ImportKind.LEVELS: (".xlsx", ".csv", ".tsv"),
}
"""How names of files of each kind end."""
UNREADABLE = (OSError, EOFError, ValueError, zlib.error, csv.Error, BadZipFile, KeyError)


class FileError(ValueError):
    """The file is too large, unpacked too large, or not packed as it is named; ``args[0]``: key of a text."""


class ChangedFileError(Exception):
    """It is not the file any more that was looked at."""


def take_in(source: BinaryIO, path: Path) -> tuple[str, int]:
    """Write what comes to ``path``; its SHA-256 and size. Raises ``FileError`` and leaves nothing then."""
    digest, size = sha256(), 0
    try:
        with path.open("xb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise FileError("error_413")
                digest.update(chunk)
                target.write(chunk)
        if not size:
            raise FileError("error_required")
        _unpacked(path)
    except FileError:
        path.unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def rehearsed(engine: Engine, uploads: Uploads, upload: Upload, checks: Checks, now: float) -> Upload:
    """Try the import, keep what it would do, and the file as it stands then: a file of which nothing could
    be read is ``BROKEN``.
    """
    revision = Repository(engine).revision()
    try:
        report = rehearse(engine, _job(engine, uploads, upload, checks), _moment(now))
    except UNREADABLE:
        return _saved(uploads, altered(upload, state=UploadState.BROKEN))
    known = _open_contradictions(engine)
    fresh = [one for one in report.contradictions if (one.kind.value, one.subject, one.evidence) not in known]
    uploads.keep_preview(upload, replace(report, contradictions=tuple(fresh)))
    state = upload.state if _anything(report) else UploadState.BROKEN
    return _saved(uploads, altered(upload, state=state, revision=revision))


def imported(
    engine: Engine,
    uploads: Uploads,
    upload: Upload,
    checks: Checks,
    actor: Actor,
    comment: str,
    now: float,
) -> ImportReport:
    """Import the very file that was looked at; the audit log has it in the same transaction.

    Raises ``ChangedFileError``; after any other error the catalogue is as it was and the file ``FAILED``.
    """
    decided = altered(upload, decided_by=actor.account_id, decided_at=now, comment=comment)
    if _digest(uploads.file(upload)) != upload.sha256:
        _saved(uploads, altered(decided, state=UploadState.BROKEN))
        raise ChangedFileError

    def recorded(connection: Connection, _moment: datetime) -> int:
        detail = {"sha256": upload.sha256, "kind": upload.kind.value, "uploaded_by": upload.uploaded_by}
        there = f"import:{upload.name}"[:200]
        audit.record(connection, actor, Action.CATALOGUE_IMPORTED, there, now, comment, detail)
        return 0

    try:
        report = run_import(engine, _job(engine, uploads, upload, checks, recorded), _moment(now))
    except BaseException:
        _saved(uploads, altered(decided, state=UploadState.FAILED))
        raise
    uploads.keep_preview(upload, report)
    _saved(uploads, altered(decided, state=UploadState.IMPORTED))
    uploads.drop_file(upload)
    return report


def settled(
    uploads: Uploads, upload: Upload, state: UploadState, account_id: int, comment: str, now: float
) -> None:
    """End without an import; the file goes."""
    _saved(uploads, altered(upload, state=state, decided_by=account_id, decided_at=now, comment=comment))
    uploads.drop_file(upload)


def _job(
    engine: Engine, uploads: Uploads, upload: Upload, checks: Checks, companion: Companion | None = None
) -> Import:
    source = upload.source or upload.name
    job = job_of(upload.kind, uploads.file(upload), engine, upload.day, source, upload.complete, checks)
    return replace(job, source=upload.name, companion=companion)


def _unpacked(path: Path) -> None:
    """A small file may unpack into one that fills the disk or the memory."""
    try:
        if path.suffix == ".xlsx":
            with ZipFile(path) as archive:
                size = sum(part.file_size for part in archive.infolist())
        elif path.suffix == ".gz":
            size = 0
            with gzip.open(path, "rb") as stream:
                while size <= _MOST_UNPACKED and (chunk := stream.read(_CHUNK)):
                    size += len(chunk)
        else:
            return
    except (OSError, EOFError, zlib.error, BadZipFile) as error:
        raise FileError("error_import_packed") from error
    if size > _MOST_UNPACKED:
        raise FileError("error_413")


def _open_contradictions(engine: Engine) -> set[tuple[str, str, str]]:
    table = contradiction.c
    query = select(table.kind, table.subject, table.evidence).where(table.resolved_at.is_(None))
    with engine.connect() as connection:
        return {(row.kind, row.subject, row.evidence) for row in connection.execute(query)}


def _anything(report: ImportReport) -> bool:
    return bool(report.added or report.changed or report.retired or report.unchanged)


def _digest(path: Path) -> str:
    digest = sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _saved(uploads: Uploads, upload: Upload) -> Upload:
    uploads.save(upload)
    if upload.state is UploadState.BROKEN:
        uploads.drop_file(upload)
    return upload


def _moment(now: float) -> datetime:
    return datetime.fromtimestamp(now, timezone.utc)
