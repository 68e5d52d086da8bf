"""Changes of a record as staff read them: what goes and what comes, line by line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.amendments.record import Amendment
from bot.catalogue.amending import apply_patch
from bot.catalogue.diffing import FieldChange, changes
from bot.catalogue.records import Procedure
from bot.console.record_words import RecordWords

_BARE: dict[str, Any] = {"code": "", "name": "-", "source": {"title": ""}}


@dataclass(frozen=True)
class Difference:
    """A field before and after. ``gone``, ``come``: lines only there or only here; ``kept``: how many stay.

    ``moved``: the same lines in another order, which are in ``come``.
    """

    title: str
    gone: tuple[str, ...]
    come: tuple[str, ...]
    kept: int
    moved: bool = False


def differences(words: RecordWords, old: Procedure, new: Procedure) -> tuple[Difference, ...]:
    """In the order of the record."""
    return told(words, changes(old, new))


def told(words: RecordWords, found: Iterable[FieldChange]) -> tuple[Difference, ...]:
    """Changes found or stored before; a value that is no longer of the format is told as it is."""
    return tuple(
        _difference(
            words.title(change.field),
            _lines(words, change.field, change.old),
            _lines(words, change.field, change.new),
        )
        for change in found
    )


def of_amendment(words: RecordWords, change: Amendment) -> tuple[Difference, ...]:
    """What a change changes in the record as it was when it was proposed."""
    try:
        before = msgspec.convert({**_BARE, **change.base}, Procedure)
        return differences(words, before, apply_patch(before, change.patch))
    except (ValueError, TypeError, KeyError):
        return told(
            words,
            (
                FieldChange(field, change.base.get(field), deed.get("set", deed.get("add")))
                for field, deed in change.patch.items()
            ),
        )


def _difference(title: str, old: tuple[str, ...], new: tuple[str, ...]) -> Difference:
    before, after = Counter(old), Counter(new)
    gone, come = tuple(_only(old, after)), tuple(_only(new, before))
    kept = sum((before & after).values())
    if not gone and not come:
        return Difference(title, (), new, 0, moved=True)
    return Difference(title, gone, come, kept)


def _only(lines: tuple[str, ...], others: Counter[str]) -> Iterable[str]:
    left = Counter(others)
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            yield line


def _lines(words: RecordWords, field: str, value: Any) -> tuple[str, ...]:
    try:
        return words.lines(msgspec.convert({**_BARE, field: value}, Procedure), field)
    except (msgspec.ValidationError, TypeError, KeyError):
        return (str(value),) if value else ()
