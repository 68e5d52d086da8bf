"""What a file is by its content; its name and the sender's word count for nothing."""

import io
import zipfile

import puremagic

from bot.blobs.kinds import MAX_BYTES, Fault, FaultError, FileKind
from bot.blobs.names import names_a_program

_STARTS = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"PK\x03\x04", FileKind.DOCX),
)
# Readers look for a PDF header and browsers for tags this far into a file.
_HEAD = 1024
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php", b"#!/")


def sniff(name: str, data: bytes, limit: int = MAX_BYTES) -> FileKind:
    """The kind of a file whose beginning is wholly of that kind. Raises ``FaultError``.

    Whether the rest is sound is found out by ``bot.blobs.stripping``. A name that ends in a harmless but
    wrong extension is no fault; one with the extension of a program anywhere ("don.exe.pdf") is.
    """
    if not data:
        raise FaultError(Fault.EMPTY)
    if len(data) > limit:
        raise FaultError(Fault.TOO_BIG)
    kind = next((kind for start, kind in _STARTS if data.startswith(start)), None)
    if kind is None or names_a_program(name) or not _agrees(data, kind) or _is_more(data, kind):
        raise FaultError(Fault.KIND)
    return kind


def _agrees(data: bytes, kind: FileKind) -> bool:
    try:
        found = puremagic.magic_string(data)
    except puremagic.PureError:
        return False
    return any(match.mime_type == kind.value for match in found)


def _is_more(data: bytes, kind: FileKind) -> bool:
    """Whether another program would take the same bytes for another kind of file."""
    head = data[:_HEAD].lower()
    if kind is not FileKind.PDF and b"%pdf-" in head:
        return True
    if kind is not FileKind.DOCX and zipfile.is_zipfile(io.BytesIO(data)):
        return True
    return any(tag in head for tag in _MARKUP)
