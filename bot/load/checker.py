"""Is a reply the right one, and the right citizen's? Pure."""

from collections import Counter
from enum import Enum

import msgspec

from bot.load.visit import Visit, Wanted

_SHOWN = 5


class Fault(str, Enum):
    """What is wrong with a reply."""

    LATE = "late"
    """None came in time."""
    UNREACHABLE = "unreachable"
    """The connection failed."""
    REFUSED = "refused"
    """Another status than 200."""
    UNREADABLE = "unreadable"
    """Not in the shape of Rasa's channels."""
    SILENT = "silent"
    """Nothing was said."""
    FOREIGN = "foreign"
    """It is addressed to somebody else."""
    LOST = "lost"
    """A follow-up is answered about another procedure than was spoken of."""
    OTHER = "other"
    """Not the texts this message gets."""


class _Custom(msgspec.Struct):
    procedure_code: str | None = None


class _Item(msgspec.Struct):
    recipient_id: str = ""
    text: str = ""
    custom: _Custom | None = None


_ITEMS = msgspec.json.Decoder(list[_Item])


class Checker:
    """Counts faults and shows the first ones. Where no reply is known beforehand, a text that begins a
    conversation has to get the same reply whenever it comes.
    """

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self.shown: list[str] = []
        self._first: dict[str, tuple[str, ...]] = {}

    def look(self, visit: Visit, place: int, status: int, body: bytes) -> Fault | None:
        """``place``: of the message among those of the visit, from 0."""
        fault, got = self._judge(visit, place, status, body)
        if fault:
            self.note(fault, visit, place, got)
        return fault

    def note(self, fault: Fault, visit: Visit, place: int, got: str) -> None:
        """Count a fault found elsewhere."""
        self.faults[fault.value] += 1
        if len(self.shown) < _SHOWN:
            message = visit.messages[place]
            wanted = " | ".join(message.wanted.texts) if message.wanted else "?"
            said = f"{visit.sender} [{place + 1}] {message.text!r}"
            self.shown.append(f"{fault.value}: {said}: {got[:200]!r}, not {wanted[:200]!r}")

    def _judge(self, visit: Visit, place: int, status: int, body: bytes) -> tuple[Fault | None, str]:
        if status != 200:
            return Fault.REFUSED, f"{status} {body[:200].decode(errors='replace')}"
        try:
            items = _ITEMS.decode(body)
        except msgspec.DecodeError:
            return Fault.UNREADABLE, body[:200].decode(errors="replace")
        got = Wanted(tuple(item.text for item in items), _procedure(items))
        shown = " | ".join(got.texts)
        if not items:
            return Fault.SILENT, ""
        if any(item.recipient_id != visit.sender for item in items):
            return Fault.FOREIGN, f"to {items[0].recipient_id}: {shown}"
        return self._compare(visit, place, got), shown

    def _compare(self, visit: Visit, place: int, got: Wanted) -> Fault | None:
        message = visit.messages[place]
        wanted = message.wanted
        if wanted is None:
            if place or not visit.fresh:
                return None
            return None if self._first.setdefault(message.text, got.texts) == got.texts else Fault.OTHER
        if place and wanted.procedure and got.procedure != wanted.procedure:
            return Fault.LOST
        return None if got.texts == wanted.texts else Fault.OTHER


def _procedure(items: list[_Item]) -> str | None:
    return next((item.custom.procedure_code for item in reversed(items) if item.custom), None)
