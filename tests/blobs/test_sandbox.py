"""A file made to exhaust or crash a library takes nobody else's answer with it."""

import io
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from bot.blobs.kinds import Fault, FaultError, FileKind
from bot.blobs.sandbox import strip_apart
from tests.blobs.making import docx, pdf, photo
from tests.conftest import ROOT


def test_the_child_gives_the_same_as_stripping_here():
    assert Image.open(io.BytesIO(strip_apart(photo(), FileKind.JPEG))).size == (20, 40)
    assert strip_apart(docx(), FileKind.DOCX).startswith(b"PK")
    with pikepdf.open(io.BytesIO(strip_apart(pdf(), FileKind.PDF))) as document:
        assert len(document.pages) == 1


def test_faults_come_through():
    with pytest.raises(FaultError) as caught:
        strip_apart(docx({"word/vbaProject.bin": b"x"}), FileKind.DOCX)
    assert caught.value.fault is Fault.ACTIVE


@pytest.mark.parametrize("work", ["bytearray(2 << 30)", "open('x', 'wb').write(b'x' * 9000)"])
def test_the_child_cannot_take_all_memory_or_fill_the_disk(work: str, tmp_path: Path):
    """A stream that unpacks to gigabytes ends its own process, not the gateway."""
    program = f"from bot.blobs.sandbox import _confine\n_confine()\n{work}"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ended.returncode != 0
    assert b"MemoryError" in ended.stderr or b"File too large" in ended.stderr or ended.returncode < 0


def test_a_child_that_takes_too_long_is_ended():
    with pytest.raises(FaultError) as caught:
        strip_apart(photo(), FileKind.JPEG, seconds=0.0)
    assert caught.value.fault is Fault.BROKEN
