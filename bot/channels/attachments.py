"""Attachments of conversations: a row that says what and until when, and bytes in the blob store."""

import hashlib
import logging
import secrets
from collections.abc import Callable
from typing import Protocol

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.blobs.kinds import MAX_BYTES, Fault, FaultError, FileKind
from bot.blobs.names import display_name
from bot.blobs.sandbox import strip_apart
from bot.blobs.sniffing import sniff
from bot.blobs.store import BlobStore, MissingBlobError
from bot.channels.adapter import RefusedError
from bot.channels.message import Refusal
from bot.channels.tables import attachment
from bot.conversations import erasing
from bot.conversations.said import FileRef

logger = logging.getLogger(__name__)

_DAY = 86_400.0
_REFUSALS = {
    Fault.EMPTY: Refusal.FILE_FAILED,
    Fault.TOO_BIG: Refusal.FILE_TOO_BIG,
    Fault.KIND: Refusal.FILE_TYPE,
    Fault.LOCKED: Refusal.FILE_TYPE,
    Fault.ACTIVE: Refusal.FILE_TYPE,
    Fault.BROKEN: Refusal.FILE_FAILED,
    Fault.INFECTED: Refusal.FILE_TYPE,
}


class Scanner(Protocol):
    """A virus scanner of the installation. None ships with the project: files are then checked by form
    only (see ``bot.blobs``), and staff must open them as files of strangers.
    """

    def infected(self, data: bytes) -> bool:
        """Whether something is found in the file as it was sent; raises ``OSError`` when it cannot tell."""


class Attachments:
    """``Files`` over the ``attachment`` table. Names and contents never reach a log.

    ``put`` and ``open`` make their own short transactions and take up to some seconds: call them off the
    event loop and outside any other transaction.
    """

    def __init__(
        self,
        engine: Engine,
        store: BlobStore,
        days: int,
        now: Callable[[], float],
        scanner: Scanner | None = None,
        limit: int = MAX_BYTES,
    ) -> None:
        self._engine, self._store, self._now, self._scanner = engine, store, now, scanner
        self._kept, self._limit = days * _DAY, limit

    def put(self, conversation_id: str, name: str, data: bytes) -> FileRef:
        """Check, strip and store. Raises ``RefusedError`` with a ``Refusal``, ``FILE_FAILED`` when the store
        or the scanner cannot be reached or the conversation is not there any more.
        """
        kind, clean = self._fit(name, data)
        ref = FileRef(secrets.token_hex(20), display_name(name, kind), len(clean), kind.value)
        # The row comes first: bytes without a row would never expire, a row without bytes does.
        if not self._announce(conversation_id, ref, hashlib.sha256(clean).hexdigest()):
            raise RefusedError(Refusal.FILE_FAILED.value)
        try:
            self._store.put(ref.ref, clean)
        except OSError as error:
            logger.error("an attachment could not be stored: %s", type(error).__name__)
            self._forget(ref.ref)
            raise RefusedError(Refusal.FILE_FAILED.value) from None
        if self._row(ref.ref, conversation_id) is None:
            # Erased meanwhile, perhaps before the bytes were there to be deleted.
            self._store.delete(ref.ref)
            raise RefusedError(Refusal.FILE_FAILED.value)
        return ref

    def open(self, ref: str, conversation_id: str) -> tuple[FileRef, bytes] | None:
        """A file of this conversation; None for any other, an expired or an erased one."""
        found = self._row(ref, conversation_id)
        if found is None:
            return None
        try:
            return found, self._store.get(ref)
        except MissingBlobError:
            return None

    def expire(self, connection: Connection, now: float, limit: int = 200) -> int:
        """Delete the bytes of at most ``limit`` files whose time is over (or that were erased, which makes
        it over at once); how many. Bytes go first, so that a crash in between only repeats the deletion; a
        file whose deletion fails is tried again next time.
        """
        due = (
            select(attachment.c.ref)
            .where(attachment.c.expires_at <= now, attachment.c.deleted_at.is_(None))
            .order_by(attachment.c.expires_at)
            .limit(limit)
        )
        gone = [ref for ref in connection.execute(due).scalars().all() if self._delete(ref)]
        if gone:
            here = attachment.c.ref.in_(gone)
            connection.execute(update(attachment).where(here).values(deleted_at=now, name=""))
        return len(gone)

    def sweep(self, connection: Connection, now: float) -> int:
        """Delete bytes that are older than any file may be and that no row keeps; how many. Once a day is
        enough: such bytes are left only by a restored database or an interrupted erasure.
        """
        count = 0
        for ref in self._store.older_than(now - self._kept - _DAY):
            kept = select(attachment.c.ref).where(attachment.c.ref == ref, attachment.c.deleted_at.is_(None))
            if connection.execute(kept).first() is None:
                count += self._delete(ref)
        return count

    def _fit(self, name: str, data: bytes) -> tuple[FileKind, bytes]:
        try:
            kind = sniff(name, data, self._limit)
            if self._scanner is not None and self._scanner.infected(data):
                raise FaultError(Fault.INFECTED)
            return kind, strip_apart(data, kind)
        except FaultError as refused:
            raise RefusedError(_REFUSALS[refused.fault].value) from None
        except OSError as error:
            logger.error("an attachment could not be checked: %s", type(error).__name__)
            raise RefusedError(Refusal.FILE_FAILED.value) from None

    def _announce(self, conversation_id: str, ref: FileRef, digest: str) -> bool:
        now = self._now()
        values = {
            "ref": ref.ref,
            "conversation_id": conversation_id,
            "name": ref.name,
            "type": ref.type,
            "size": ref.size,
            "sha256": digest,
            "created_at": now,
            "expires_at": now + self._kept,
        }
        with self._engine.begin() as connection:
            if not erasing.hold_living(connection, conversation_id):
                return False
            connection.execute(insert(attachment).values(values))
        return True

    def _forget(self, ref: str) -> None:
        """Leave the rest to ``expire``, in case half of the bytes did arrive."""
        with self._engine.begin() as connection:
            here = attachment.c.ref == ref
            connection.execute(update(attachment).where(here).values(expires_at=self._now(), name=""))

    def _row(self, ref: str, conversation_id: str) -> FileRef | None:
        query = select(attachment).where(
            attachment.c.ref == ref,
            attachment.c.conversation_id == conversation_id,
            attachment.c.expires_at > self._now(),
            attachment.c.deleted_at.is_(None),
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return FileRef(row.ref, row.name, row.size, row.type) if row else None

    def _delete(self, ref: str) -> bool:
        try:
            self._store.delete(ref)
        except OSError as error:
            logger.error("an attachment could not be deleted: %s", type(error).__name__)
            return False
        return True
