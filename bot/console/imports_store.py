"""Files that wait to be imported: kept under random names, with what is known of them beside them."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path

import msgspec

from bot.catalogue.enums import ImportKind
from bot.catalogue.importing.report import ImportReport


class UploadState(str, Enum):
    """Where a file stands."""

    WAITING = "waiting"
    """For somebody else to look at the preview and decide."""
    BROKEN = "broken"
    """Nothing in it could be read."""
    IMPORTED = "imported"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    """The import ended midway; the catalogue is as it was."""


OPEN = (UploadState.WAITING, UploadState.FAILED)
"""What can still be decided on."""


class Upload(msgspec.Struct, frozen=True):
    """A file. ``sha256``: of what was looked at; nothing else may be imported in its place. ``day``,
    ``source``, ``complete``: what the file does not say itself, see ``bot.catalogue.importing.jobs``.
    ``revision``: of the catalogue the preview was made against.
    """

    id: str
    name: str
    kind: ImportKind
    sha256: str
    size: int
    uploaded_by: int
    uploaded_at: float
    state: UploadState = UploadState.WAITING
    day: date | None = None
    source: str = ""
    complete: bool = False
    revision: int = 0
    decided_by: int | None = None
    decided_at: float | None = None
    comment: str = ""


class BusyError(Exception):
    """Somebody else decides on this file at this moment."""


class Uploads:
    """``folder``: made when the first file comes; readable for the owner alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new_id(self) -> str:
        """For a file that comes; its folder is there then."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return secrets.token_hex(16)

    def path(self, upload_id: str, name: str) -> Path:
        """Of the file itself. Loaders look at the end of a name; nothing else of the sender's is used."""
        ends = "".join(Path(name).suffixes[-2:]) if name.endswith(".gz") else Path(name).suffix
        return self._folder / f"{upload_id}{ends.lower()}"

    def file(self, upload: Upload) -> Path:
        return self.path(upload.id, upload.name)

    def save(self, upload: Upload) -> None:
        self._write(f"{upload.id}.state", msgspec.json.encode(upload))

    def find(self, upload_id: str) -> Upload | None:
        """None for what was never here; ``upload_id`` may be anything."""
        if len(upload_id) != 32 or not set(upload_id) <= set("0123456789abcdef"):
            return None
        try:
            return msgspec.json.decode((self._folder / f"{upload_id}.state").read_bytes(), type=Upload)
        except FileNotFoundError:
            return None

    def everything(self) -> list[Upload]:
        """The newest first."""
        found = (self.find(path.stem) for path in self._folder.glob("*.state"))
        return sorted((one for one in found if one), key=lambda one: -one.uploaded_at)

    def keep_preview(self, upload: Upload, report: ImportReport) -> None:
        self._write(f"{upload.id}.preview", msgspec.json.encode(report))

    def preview(self, upload: Upload) -> ImportReport | None:
        """What the import would do, as it was found last."""
        try:
            content = (self._folder / f"{upload.id}.preview").read_bytes()
        except FileNotFoundError:
            return None
        return msgspec.json.decode(content, type=ImportReport)

    def drop_file(self, upload: Upload) -> None:
        """Once it was decided on; what is known of it stays."""
        self.file(upload).unlink(missing_ok=True)

    @contextmanager
    def alone(self, upload: Upload) -> Iterator[Upload]:
        """The file as it stands, while nobody else decides on it. Raises ``BusyError``.

        The lock goes with its process, so an import that was killed does not hold it.
        """
        with (self._folder / f"{upload.id}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BusyError from error
            yield self.find(upload.id) or upload

    def _write(self, name: str, content: bytes) -> None:
        """Whole or not at all."""
        beside = self._folder / f"{name}.{secrets.token_hex(4)}"
        beside.write_bytes(content)
        os.replace(beside, self._folder / name)
