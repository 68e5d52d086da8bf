"""Where the bytes of attachments lie: a folder by default, any S3-compatible service if told so."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from bot.settings import Settings

_KEY = re.compile(r"[a-z0-9]{8,64}")


class MissingBlobError(LookupError):
    """No bytes lie under a key."""


class BlobStore(Protocol):
    """Keys are 8 to 64 of ``a-z0-9``, else ``ValueError``; failures of the medium are ``OSError``."""

    def put(self, key: str, data: bytes) -> None:
        """Store all bytes or nothing; replaces what was there."""

    def get(self, key: str) -> bytes:
        """The bytes; raises ``MissingBlobError``."""

    def delete(self, key: str) -> None:
        """Remove for good; a key without bytes is no error, so that it can be repeated after a crash."""

    def older_than(self, moment: float) -> Iterator[str]:
        """Keys written before ``moment`` (POSIX seconds by the store's own clock)."""


def is_key(name: str) -> bool:
    """Whether this can be a key: what else lies about in the folder or bucket is not ours."""
    return _KEY.fullmatch(name) is not None


def checked(key: str) -> str:
    """The key itself if it is one; raises ``ValueError`` (which does not repeat it)."""
    if not is_key(key):
        raise ValueError("not a key of the blob store")
    return key


def open_store(settings: Settings) -> BlobStore:
    """The store named by ``blob_url``: empty means ``var_dir/blobs``, else ``s3://bucket/prefix`` or a path.
    Folder or prefix belong to one installation alone: it sweeps out what it does not know.

    Raises ``ValueError`` for another scheme or an S3 address without a bucket.
    """
    scheme, separator, rest = settings.blob_url.partition("://")
    if separator and scheme == "s3":
        from bot.blobs.s3 import S3Store

        bucket, _, prefix = rest.partition("/")
        return S3Store(bucket, prefix)
    if separator and scheme != "file":
        raise ValueError(f"BOT_BLOB_URL: {scheme!r} is no known kind of store (s3:// or a folder)")
    from bot.blobs.folder import FolderStore

    path = rest if separator else settings.blob_url
    return FolderStore(Path(path) if path else settings.var_dir / "blobs")
