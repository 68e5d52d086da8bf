"""Attachments in a folder that only the service's own account can read."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from bot.blobs.store import MissingBlobError, checked, is_key

_HALF_WRITTEN = ".part"


class FolderStore:
    """``root/ab/abcdef…``: folders 0700, files 0600, written beside and renamed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, key: str, data: bytes) -> None:
        """See ``BlobStore``; on return the bytes are on the disk."""
        path = self._path(key)
        for folder in (self._root, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{uuid4().hex}{_HALF_WRITTEN}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        _sync(path.parent)

    def get(self, key: str) -> bytes:
        """See ``BlobStore``."""
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise MissingBlobError("no bytes under this key") from None

    def delete(self, key: str) -> None:
        """See ``BlobStore``."""
        self._path(key).unlink(missing_ok=True)

    def older_than(self, moment: float) -> Iterator[str]:
        """See ``BlobStore``; leftovers of a crash in the middle of ``put`` are removed on the way."""
        for path in self._root.glob("??/*"):
            try:
                old = path.stat().st_mtime < moment
            except FileNotFoundError:
                continue
            if old and path.suffix == _HALF_WRITTEN:
                path.unlink(missing_ok=True)
            elif old and is_key(path.name):
                yield path.name

    def _path(self, key: str) -> Path:
        return self._root / checked(key)[:2] / key


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
