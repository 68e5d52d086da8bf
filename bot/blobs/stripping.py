"""A file of a citizen made fit to keep: checked, and without what they did not mean to send."""

from bot.blobs.docx import strip_docx
from bot.blobs.images import strip_image
from bot.blobs.kinds import FileKind
from bot.blobs.pdf import strip_pdf


def strip(data: bytes, kind: FileKind) -> bytes:
    """The same document or picture without metadata and programs; raises ``FaultError``.

    No virus scanner is part of this: macros, scripts and foreign kinds of file are kept out by form alone.
    """
    if kind is FileKind.PDF:
        return strip_pdf(data)
    if kind is FileKind.DOCX:
        return strip_docx(data)
    return strip_image(data, kind)
