"""What differs between two records or two catalogues (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from bot.catalogue.records import Procedure

_FIELDS = tuple(name for name in Procedure.__struct_fields__ if name != "code")


@dataclass(frozen=True)
class FieldChange:
    """One field of a record before and after, as plain values (dicts and tuples)."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """A procedure that is in both catalogues and differs."""

    code: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class CatalogueDiff:
    """Codes only in the new and only in the old catalogue, and the changes between."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]
    unchanged: int


def changes(old: Procedure, new: Procedure) -> tuple[FieldChange, ...]:
    """Fields that differ, in the order of the record."""
    return tuple(
        FieldChange(name, msgspec.to_builtins(getattr(old, name)), msgspec.to_builtins(getattr(new, name)))
        for name in _FIELDS
        if getattr(old, name) != getattr(new, name)
    )


def diff(old: Iterable[Procedure], new: Iterable[Procedure]) -> CatalogueDiff:
    """Compare two catalogues by code."""
    before = {procedure.code: procedure for procedure in old}
    after = {procedure.code: procedure for procedure in new}
    shared = sorted(before.keys() & after.keys())
    found = [Change(code, changes(before[code], after[code])) for code in shared]
    changed = tuple(change for change in found if change.fields)
    return CatalogueDiff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=changed,
        unchanged=len(shared) - len(changed),
    )
