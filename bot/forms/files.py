"""The files a form is given out as. What makes them is loaded with the first one: it costs a process some
50 MB and seconds of its start.
"""

from enum import Enum

from bot.forms.sheet import Sheet


class FileKind(str, Enum):
    """The value is the ending of the name of the file."""

    DOCX = "docx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """For the header ``Content-Type``."""
        return _MEDIA_TYPES[self]

    def render(self, sheet: Sheet) -> bytes:
        """The sheet as a file of this kind."""
        if self is FileKind.DOCX:
            from bot.forms.docx import render_docx

            return render_docx(sheet)
        from bot.forms.pdf import render_pdf

        return render_pdf(sheet)


_MEDIA_TYPES = {
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
}
