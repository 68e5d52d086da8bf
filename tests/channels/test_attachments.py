"""Citizens' papers: only theirs, only for a while, and gone for good afterwards."""

import io
import logging
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.blobs.folder import FolderStore
from bot.channels.adapter import RefusedError
from bot.channels.attachments import Attachments
from bot.channels.erasing import erase
from bot.channels.message import Refusal
from bot.channels.tables import attachment
from bot.conversations.people import open_conversation
from tests.blobs.making import pdf, photo

DAY = 86_400.0
START = 1_800_000_000.0


class Clock:
    time = START

    def __call__(self) -> float:
        return self.time


class Desk:
    """A store in a folder, a clock and one conversation."""

    def __init__(self, engine: Engine, root: Path) -> None:
        self.engine, self.store, self.clock = engine, FolderStore(root), Clock()
        self.root = root
        self.files = Attachments(engine, self.store, 7, self.clock)
        with engine.begin() as connection:
            self.mine, self.other = (open_conversation(connection, START) for _ in range(2))

    def expire(self) -> int:
        with self.engine.begin() as connection:
            return self.files.expire(connection, self.clock())

    def blobs(self) -> int:
        return sum(path.is_file() for path in self.root.rglob("*"))


@pytest.fixture
def desk(sqlite_engine: Engine, tmp_path: Path) -> Desk:
    return Desk(sqlite_engine, tmp_path / "blobs")


def refusal(desk: Desk, data: bytes, name: str = "a.pdf") -> str:
    with pytest.raises(RefusedError) as caught:
        desk.files.put(desk.mine, name, data)
    assert desk.blobs() == 0
    return str(caught.value)


def test_a_file_comes_back_clean_to_its_conversation_only(engine: Engine, tmp_path: Path):
    desk = Desk(engine, tmp_path / "blobs")
    ref = desk.files.put(desk.mine, "../Ảnh nhà.HEIC", photo())
    found = desk.files.open(ref.ref, desk.mine)
    assert found is not None and found[0] == ref and ref.name == "Ảnh nhà.jpg"
    assert ref.size == len(found[1]) and not Image.open(io.BytesIO(found[1])).getexif()
    assert desk.files.open(ref.ref, desk.other) is None
    assert desk.files.open("../../etc/passwd", desk.mine) is None


def test_a_file_expires_and_its_bytes_go(engine: Engine, tmp_path: Path):
    desk = Desk(engine, tmp_path / "blobs")
    ref = desk.files.put(desk.mine, "a.pdf", pdf())
    desk.clock.time += 7 * DAY - 1
    assert desk.expire() == 0 and desk.files.open(ref.ref, desk.mine) is not None
    desk.clock.time += 1
    assert desk.files.open(ref.ref, desk.mine) is None
    assert desk.expire() == 1 and desk.blobs() == 0 and desk.expire() == 0
    with engine.connect() as connection:
        row = connection.execute(select(attachment)).one()
    assert (row.deleted_at, row.name) == (desk.clock.time, "")


def test_erasing_the_conversation_takes_its_files_along(desk: Desk):
    ref = desk.files.put(desk.mine, "a.pdf", pdf())
    kept = desk.files.put(desk.other, "b.pdf", pdf())
    with desk.engine.begin() as connection:
        erase(connection, desk.mine, desk.clock(), b"key")
    assert desk.files.open(ref.ref, desk.mine) is None
    assert desk.expire() == 1 and desk.files.open(kept.ref, desk.other) is not None
    with pytest.raises(RefusedError):
        desk.files.put(desk.mine, "late.pdf", pdf())


def test_a_crash_between_bytes_and_row_only_repeats_the_deletion(desk: Desk):
    ref = desk.files.put(desk.mine, "a.pdf", pdf())
    desk.clock.time += 8 * DAY
    with desk.engine.connect() as connection:
        desk.files.expire(connection, desk.clock())
        connection.rollback()
    assert desk.blobs() == 0 and desk.expire() == 1
    assert desk.files.open(ref.ref, desk.mine) is None


def test_a_store_that_fails_costs_no_row_its_deletion(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise OSError("disk full at /secret/path")

    desk.files.put(desk.mine, "a.pdf", pdf())
    desk.clock.time += 8 * DAY
    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "delete", fail)
        assert desk.expire() == 0
        patch.setattr(desk.store, "put", fail)
        with pytest.raises(RefusedError, match=Refusal.FILE_FAILED.value):
            desk.files.put(desk.mine, "b.pdf", pdf())
    assert desk.expire() == 2 and desk.blobs() == 0


def test_a_file_that_is_erased_while_it_is_stored_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    put = desk.store.put

    def erased_first(key: str, data: bytes) -> None:
        with desk.engine.begin() as connection:
            erase(connection, desk.mine, desk.clock(), b"key")
        assert desk.expire() == 1
        put(key, data)

    monkeypatch.setattr(desk.store, "put", erased_first)
    assert refusal(desk, pdf()) == Refusal.FILE_FAILED.value


def test_bytes_without_a_row_are_swept(desk: Desk):
    """A database restored from yesterday's backup must not keep files for ever."""
    kept = desk.files.put(desk.mine, "a.pdf", pdf())
    desk.store.put("0" * 40, b"left over")
    with desk.engine.begin() as connection:
        connection.execute(update(attachment).values(expires_at=9e9))
        assert desk.files.sweep(connection, 5e9) == 1
    assert desk.blobs() == 1 and desk.files.open(kept.ref, desk.mine) is not None


def test_every_fault_has_its_refusal_and_leaves_nothing_behind(desk: Desk):
    assert refusal(desk, b"") == Refusal.FILE_FAILED.value
    assert refusal(desk, pdf() + b" " * (5 << 20)) == Refusal.FILE_TOO_BIG.value
    assert refusal(desk, b"MZ" + b"\0" * 99) == Refusal.FILE_TYPE.value
    assert refusal(desk, photo()[:300]) == Refusal.FILE_FAILED.value


def test_a_scanner_has_the_last_word(desk: Desk):
    class Scan:
        answer: bool | None = True

        def infected(self, data: bytes) -> bool:
            if self.answer is None:
                raise ConnectionRefusedError
            return self.answer

    scan = Scan()
    desk.files = Attachments(desk.engine, desk.store, 7, desk.clock, scan)
    assert refusal(desk, pdf()) == Refusal.FILE_TYPE.value
    scan.answer = None
    assert refusal(desk, pdf()) == Refusal.FILE_FAILED.value
    scan.answer = False
    assert desk.files.put(desk.mine, "a.pdf", pdf()).type == "application/pdf"


def test_no_log_line_tells_a_name(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    caplog.set_level(logging.DEBUG)
    desk.files.put(desk.mine, "Nguyen Van Kin.pdf", pdf())
    monkeypatch.setattr(desk.store, "put", lambda key, data: (_ for _ in ()).throw(OSError("Nguyen Van Kin")))
    with pytest.raises(RefusedError):
        desk.files.put(desk.mine, "Nguyen Van Kin.pdf", pdf())
    assert "could not be stored" in caplog.text and "Kin" not in caplog.text
