"""The kinds of file that are taken, and why others are not."""

from enum import Enum

MAX_BYTES = 5 * 1024 * 1024


class FileKind(str, Enum):
    """The value is the MIME type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @property
    def extension(self) -> str:
        """What a name of this kind ends in, with the dot."""
        return {"PDF": ".pdf", "JPEG": ".jpg", "PNG": ".png", "DOCX": ".docx"}[self.name]


class Fault(str, Enum):
    """What is wrong with a file."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    """Over the limit, or would be after unpacking."""
    KIND = "kind"
    """Not a PDF, JPEG, PNG or DOCX, or something else as well."""
    LOCKED = "locked"
    """Encrypted."""
    ACTIVE = "active"
    """Carries programs: macros, controls, templates fetched from elsewhere."""
    BROKEN = "broken"
    INFECTED = "infected"


class FaultError(Exception):
    """A file that is not taken."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault
