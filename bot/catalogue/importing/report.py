"""What an import did, row by refused row."""

import re
from dataclasses import dataclass
from enum import Enum

from bot.catalogue.contradictions import Contradiction
from bot.catalogue.diffing import Change

_CODE = re.compile(r"\d\.\d{6}")


class Refusal(str, Enum):
    """Why a row was not taken over."""

    UNREADABLE = "unreadable"
    NO_CODE = "no_code"
    NO_NAME = "no_name"
    ANNOUNCEMENT = "announcement"
    BAD_CODE = "bad_code"
    DUPLICATE = "duplicate"
    INVALID = "invalid"
    UNKNOWN_LEVEL = "unknown_level"
    UNKNOWN_SCHEME = "unknown_scheme"
    NO_AGENCY = "no_agency"
    NO_DATE = "no_date"
    OTHER_PROVINCE = "other_province"
    OUTDATED = "outdated"
    NOT_IN_NATIONAL_LIST = "not_in_national_list"


@dataclass(frozen=True)
class Rejected:
    """A refused row: file name, line or row number (1 = first; 0 = unknown) and why."""

    file: str
    line: int
    refusal: Refusal
    reason: str = ""


class RunState(str, Enum):
    """End of an import."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True)
class ImportReport:
    """Codes added and retired, changes by field, refused rows, contradictions found in what was read.

    ``unchanged`` counts procedures read and found as they were, ``other_changes`` rows of agencies, units
    and statistics that are new or different. ``revision`` is the catalogue's after the import. ``absorbed``:
    ids of changes by editors that ended because the source says the same.
    """

    added: tuple[str, ...]
    changed: tuple[Change, ...]
    unchanged: int
    retired: tuple[str, ...]
    rejected: tuple[Rejected, ...]
    contradictions: tuple[Contradiction, ...]
    other_changes: int
    revision: int
    absorbed: tuple[int, ...] = ()

    @property
    def state(self) -> RunState:
        """Whether the catalogue is another one than before."""
        touched = self.added or self.changed or self.retired or self.other_changes
        return RunState.CHANGED if touched else RunState.UNCHANGED

    def counts(self) -> dict[str, int]:
        """Numbers for the log of imports."""
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "retired": len(self.retired),
            "rejected": len(self.rejected),
            "contradictions": len(self.contradictions),
            "other_changes": self.other_changes,
        }


def is_code(text: str) -> bool:
    """Whether ``text`` is a national procedure code such as 1.001193."""
    return _CODE.fullmatch(text) is not None
