"""Only what is wholly a PDF, JPEG, PNG or DOCX gets in: staff open these files."""

import io
import zipfile

import pytest

from bot.blobs.kinds import MAX_BYTES, Fault, FaultError, FileKind
from bot.blobs.sniffing import sniff
from tests.blobs.making import docx, drawing, pdf, photo


def fault(name: str, data: bytes) -> Fault:
    with pytest.raises(FaultError) as caught:
        sniff(name, data)
    return caught.value.fault


def an_archive() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        package.writestr("a.js", "alert(1)")
    return saved.getvalue()


def test_the_content_decides_and_a_wrong_harmless_name_is_no_obstacle():
    """A photo that Zalo converted keeps its old name; the citizen cannot help it."""
    found = [
        sniff("IMG_1.HEIC", photo()),
        sniff("", drawing()),
        sniff("a.docx.pdf", pdf()),
        sniff("x", docx()),
    ]
    assert found == [FileKind.JPEG, FileKind.PNG, FileKind.PDF, FileKind.DOCX]


def test_an_empty_or_too_large_file_is_told_as_such():
    assert fault("a.pdf", b"") is Fault.EMPTY
    assert fault("a.pdf", b"%PDF-1.7" + b" " * MAX_BYTES) is Fault.TOO_BIG
    assert sniff("a.pdf", pdf() + b" " * (MAX_BYTES - len(pdf()))) is FileKind.PDF


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\0" + b"\0" * 60,
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"<html><script>alert(1)</script></html>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"plain words",
        b"\n%PDF-1.7 after a line",
        an_archive()[4:],
    ],
    ids=["program", "gif", "html", "old office", "words", "late pdf", "headless archive"],
)
def test_other_kinds_are_refused_whatever_their_name(data: bytes):
    assert fault("don.pdf", data) is Fault.KIND


@pytest.mark.parametrize(
    "name", ["don.pdf.exe", "don.exe.pdf", "a.docm", "x.PDF.\u202ejs", "a.html.pdf", "a.SVG"]
)
def test_the_extension_of_a_program_anywhere_is_refused(name: str):
    """Hidden extensions are how mail viruses get a double click."""
    assert fault(name, pdf()) is Fault.KIND


def test_files_that_are_two_things_are_refused():
    """A picture that is a page or an archive as well slips past whoever looks at its first bytes."""
    with_pdf = photo()[:2] + b"\xff\xfe\x00\x0b%PDF-1.7\n" + photo()[2:]
    with_page = photo()[:2] + b"\xff\xfe\x00\x0a<script>" + photo()[2:]
    for data in (with_pdf, with_page, photo() + an_archive(), drawing() + an_archive(), pdf() + an_archive()):
        assert fault("a.jpg", data) is Fault.KIND
