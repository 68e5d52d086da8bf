"""Changes that editors make to records, laid over what an import says (pure). docs/adr/0017 says why.

A patch is ``{field: {"set": value}}``, or for lists of plain words ``{field: {"add": […], "remove": […]}}``;
values as ``msgspec.to_builtins(Procedure)`` gives them. ``set`` to ``None`` empties a field.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.catalogue.records import Procedure
from bot.catalogue.soundness import check

Patch = Mapping[str, Mapping[str, Any]]

FACTS = (
    "name",
    "field",
    "issuer",
    "decision",
    "handler",
    "admin_levels",
    "authority",
    "place",
    "applicants",
    "channels",
    "times",
    "fees",
    "papers",
    "cases",
    "questions",
    "forms",
    "steps",
    "conditions",
    "results",
    "legal_basis",
)
"""What citizens are told as the source's word: a changed one is cited with the document it stands on."""

OURS = ("short_name", "mistakes", "aliases", "related", "popularity", "reading", "history", "source")
"""Our own words, help for searching, and the address of the source itself: nothing to cite."""

AMENDABLE = frozenset((*FACTS, *OURS))
"""Not the code; not ``levels`` and ``scope``, which are published lists and come by importing them; not
``valid_from``, which an amendment has of its own; not ``curated``, which says how a file was made.
"""

PLAIN_LISTS = frozenset(
    {
        "admin_levels",
        "applicants",
        "channels",
        "steps",
        "conditions",
        "legal_basis",
        "mistakes",
        "aliases",
        "related",
    }
)
"""Lists whose items are added and removed one by one; what others or an import put there stays."""


@dataclass(frozen=True)
class Amending:
    """A change in force. ``title`` and ``day``: of the document it stands on."""

    id: int
    patch: Patch
    title: str
    day: date | None = None

    @property
    def cited(self) -> str:
        """The document as sources name it, empty when the change touches nothing that is quoted."""
        if not any(field in FACTS for field in self.patch):
            return ""
        shown = f"{self.day:%d/%m/%Y}" if self.day else ""
        return f"{self.title} ({shown})" if shown and shown not in self.title else self.title


def patched_fields(patch: Patch) -> tuple[str, ...]:
    """The fields a patch touches, in the order of the record; raises ``ValueError`` for others."""
    for field, deed in patch.items():
        if field not in AMENDABLE:
            raise ValueError(f"{field}: not to be amended")
        _deed(field, deed)
    return tuple(name for name in Procedure.__struct_fields__ if name in patch)


def apply_patch(procedure: Procedure, patch: Patch) -> Procedure:
    """The record with the patch, checked as a whole as far as the patch reaches.

    The day of the last check stays: a change of one field does not say that anybody looked at the others.
    Raises ``ValueError`` naming field and fault when the patch does not fit.
    """
    fields = patched_fields(patch)
    values = msgspec.to_builtins(procedure)
    for field in fields:
        deed = patch[field]
        changed = deed["set"] if "set" in deed else _listed(values.get(field, ()), deed)
        values = {name: value for name, value in values.items() if name != field}
        if changed is not None:
            values[field] = changed
    result = msgspec.convert(values, Procedure)
    if "source" in patch:
        source = replace(result.source, checked_on=procedure.source.checked_on)
        result = replace(result, source=source)
    check(result, fields)
    return result


def amended(item: Procedure, changes: Iterable[Amending], checked_on: date | None = None) -> Procedure:
    """What an import says, with the changes in force and their documents cited, and with the day somebody
    last compared the whole record with its source. Doing it again changes nothing but the order of items.

    Raises ``ValueError`` when a change does not fit; ``fitting`` tells which.
    """
    listed = tuple(changes)
    for change in listed:
        item = apply_patch(item, change.patch)
    source = item.source
    for change in listed:
        if change.cited and change.cited not in source.title:
            source = replace(source, title=f"{source.title}; {change.cited}")
    days = [day for day in (source.checked_on, checked_on) if day is not None]
    source = replace(source, checked_on=max(days, default=None))
    return replace(item, source=source)


def fitting(
    item: Procedure, changes: Iterable[Amending]
) -> tuple[tuple[Amending, ...], tuple[tuple[Amending, str], ...]]:
    """The changes that fit the record one after the other, and those that do not, with the fault."""
    fit: list[Amending] = []
    unfit: list[tuple[Amending, str]] = []
    for change in changes:
        try:
            item = apply_patch(item, change.patch)
        except ValueError as error:
            unfit.append((change, str(error)))
        else:
            fit.append(change)
    return tuple(fit), tuple(unfit)


def absorbed(item: Procedure, changes: Sequence[Amending]) -> tuple[int, ...]:
    """Ids of changes the source no longer needs: it says the same, and without them nothing would change."""
    left = list(changes)
    whole = _all(item, left)
    gone = []
    for change in changes:
        rest = [other for other in left if other is not change]
        said = (whole, _all(item, [change]))
        same = any(_same(item, one, change.patch) for one in said)
        if same and _all(item, rest) == whole:
            gone.append(change.id)
            left = rest
    return tuple(gone)


def _all(item: Procedure, changes: Iterable[Amending]) -> Procedure | None:
    """Without citations; None when the changes do not fit each other."""
    try:
        for change in changes:
            item = apply_patch(item, change.patch)
    except ValueError:
        return None
    return item


def _same(one: Procedure, other: Procedure | None, fields: Iterable[str]) -> bool:
    return other is not None and all(getattr(one, field) == getattr(other, field) for field in fields)


def _deed(field: str, deed: Mapping[str, Any]) -> None:
    """Raises ``ValueError`` unless the deed is one of the two kinds, for a field that knows it."""
    names = set(deed)
    if names == {"set"}:
        return
    lists = all(isinstance(items, (list, tuple)) for items in deed.values())
    if field not in PLAIN_LISTS or not names or not names <= {"add", "remove"} or not lists:
        raise ValueError(f"{field}: neither set nor add and remove")


def _listed(present: Iterable[Any], deed: Mapping[str, Sequence[Any]]) -> list[Any]:
    """What is both added and removed is added."""
    added = list(dict.fromkeys(deed.get("add", ())))
    kept = [item for item in present if item in added or item not in deed.get("remove", ())]
    return [*kept, *(item for item in added if item not in kept)]
