"""Why a change of a record is not taken. Pure."""

from enum import Enum


class Fault(str, Enum):
    """What is wrong with a proposed change; a closed set, for the texts of the console."""

    UNKNOWN = "unknown"
    """No such procedure in the catalogue of today."""
    REASON = "reason"
    """No reason given."""
    DOCUMENT = "document"
    """No title of the document the change stands on."""
    ADDRESS = "address"
    """The address of the document is none of the web."""
    DAY = "day"
    """A day that is none, or a document from the future."""
    FIELD = "field"
    """A field that editors do not change."""
    PATCH = "patch"
    """The record would not be sound; the detail names field and fault."""
    SAME = "same"
    """Nothing would change."""
    OUTDATED = "outdated"
    """The record has changed in these fields since this was proposed."""


class AmendmentError(ValueError):
    """``detail``: which field and why, in the words of the schema; may be empty."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault
        self.detail = detail


class FourEyesError(ValueError):
    """Nobody decides on their own proposal."""
