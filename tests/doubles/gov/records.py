"""What the systems received, in order; kept in a file, if wished, so that it outlives the process."""

import os
from collections import Counter
from enum import Enum
from pathlib import Path
from threading import RLock
from typing import IO, Any

import msgspec


class Kind(str, Enum):
    """What happened. Its key: a dossier code, a payment reference, a user name …"""

    LOGIN = "login"
    LOGIN_REFUSED = "login_refused"
    LOOKUP = "lookup"
    CREATED = "created"
    UPDATED = "updated"
    EXISTED = "existed"
    """A create was refused because the dossier is known."""
    MOVED = "moved"
    """An officer changed the dossier."""
    PROGRESS = "progress"
    INIT = "init"
    """A payment was begun."""
    INIT_REPEATED = "init_repeated"
    SETTLED = "settled"
    """A payment was paid or failed."""
    QUERY = "query"
    BILL = "bill"
    ASKED = "asked"
    ANSWERED = "answered"
    RATED = "rated"
    TRACKED = "tracked"


class Entry(msgspec.Struct):
    """``data``: the record as it is afterwards, or what was sent."""

    kind: Kind
    key: str
    data: dict[str, Any]


class Records:
    """``counts[kind, key]``. Everything is on disk before the caller gets an answer."""

    def __init__(self, path: Path | None = None) -> None:
        self.entries: list[Entry] = []
        self.counts: Counter[tuple[Kind, str]] = Counter()
        self.lock = RLock()
        self._file: IO[bytes] | None = None
        if path is not None:
            whole = self._read(path)
            self._file = path.open("ab")
            self._file.truncate(whole)

    @classmethod
    def kept(cls, path: Path) -> "Records":
        """What a file holds, also one that is being written; nothing more can be kept there."""
        records = cls()
        records._read(path)
        return records

    def add(self, kind: Kind, key: str, data: dict[str, Any] | None = None) -> Entry:
        # Decoded again: an entry is a copy, the record behind it goes on changing.
        line = msgspec.json.encode(Entry(kind, key, data or {}))
        entry = msgspec.json.decode(line, type=Entry)
        with self.lock:
            if self._file is not None:
                self._file.write(line + b"\n")
                self._file.flush()
                os.fsync(self._file.fileno())
            self._take(entry)
        return entry

    def count(self, kind: Kind, key: str = "") -> int:
        """How often; without a key, for all keys together."""
        with self.lock:
            if key:
                return self.counts[kind, key]
            return sum(number for (each, _), number in self.counts.items() if each is kind)

    def of(self, *kinds: Kind) -> list[Entry]:
        with self.lock:
            return [entry for entry in self.entries if entry.kind in kinds]

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read(self, path: Path) -> int:
        """Size of the part that is whole: a last line cut off was never answered for."""
        raw = path.read_bytes() if path.exists() else b""
        lines = raw[: raw.rfind(b"\n") + 1]
        for line in lines.splitlines():
            self._take(msgspec.json.decode(line, type=Entry))
        return len(lines)

    def _take(self, entry: Entry) -> None:
        self.entries.append(entry)
        self.counts[entry.kind, entry.key] += 1
