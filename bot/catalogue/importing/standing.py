"""What editors have decided about records, read and kept inside the transaction of an import."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue.amending import Amending, absorbed, amended, fitting
from bot.catalogue.contradictions import Contradiction, ContradictionKind
from bot.catalogue.enums import AmendmentState
from bot.catalogue.records import Procedure
from bot.catalogue.tables_amendments import amendment, record_beneath, record_check


@dataclass(frozen=True)
class Laid:
    """A record with what editors decided. ``unfit``: changes it came without; ``absorbed``: ids of changes
    the source has itself by now.
    """

    procedure: Procedure
    unfit: tuple[Contradiction, ...] = ()
    absorbed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Changes in force in the order they came, and days of checks, by code."""

    changes: Mapping[str, tuple[Amending, ...]]
    checked: Mapping[str, date]

    def touches(self, code: str) -> bool:
        """Whether anybody has changed or checked this record."""
        return code in self.changes or code in self.checked

    def over(self, item: Procedure, absorbing: bool = False) -> Laid:
        """``item`` as an import says it, with everything that fits it. ``absorbing``: without what it says
        itself by now.
        """
        changes = self.changes.get(item.code, ())
        fit, unfit = fitting(item, changes)
        evidence = tuple(
            Contradiction(
                ContradictionKind.AMENDMENT_UNFIT, item.code, f"{change.id} {change.title}: {fault}"[:300]
            )
            for change, fault in unfit
        )
        gone = absorbed(item, fit) if absorbing else ()
        left = [change for change in fit if change.id not in gone]
        return Laid(amended(item, left, self.checked.get(item.code)), evidence, gone)


def read_standing(connection: Connection) -> Standing:
    """What is in force now."""
    table = amendment
    here = table.c.state == AmendmentState.IN_FORCE.value
    order = (table.c.applied_at, func.coalesce(table.c.valid_from, ""), table.c.decided_at, table.c.id)
    found: dict[str, list[Amending]] = defaultdict(list)
    for row in connection.execute(select(table).where(here).order_by(*order)):
        found[row.code].append(amending_of(row))
    days = connection.execute(select(record_check.c.code, record_check.c.day)).all()
    return Standing(
        changes={code: tuple(listed) for code, listed in found.items()},
        checked={code: date.fromisoformat(day) for code, day in days},
    )


def amending_of(row: Any) -> Amending:
    """A change from its row."""
    day = date.fromisoformat(row.source_day) if row.source_day else None
    return Amending(row.id, row.patch, row.source_title, day)


def end_absorbed(connection: Connection, ids: Iterable[int], now: datetime) -> None:
    """The source says it all: these changes end, the newest catalogue keeps what they said."""
    listed = list(ids)
    if listed:
        values = {"state": AmendmentState.ABSORBED.value, "ended_at": now.timestamp()}
        connection.execute(update(amendment).where(amendment.c.id.in_(listed)).values(values))


def keep_beneath(connection: Connection, records: Iterable[Procedure]) -> None:
    """Keep what an import says of records with changes in force, in the place of what the one before said."""
    rows = [{"code": r.code, "record": msgspec.to_builtins(replace(r, levels=()))} for r in records]
    if rows:
        drop_beneath(connection, [row["code"] for row in rows])
        connection.execute(insert(record_beneath), rows)


def drop_beneath(connection: Connection, codes: Iterable[str]) -> None:
    """Forget what is beneath records that nobody changes any more."""
    listed = list(codes)
    if listed:
        connection.execute(delete(record_beneath).where(record_beneath.c.code.in_(listed)))


def beneath(connection: Connection, codes: Iterable[str]) -> dict[str, Procedure]:
    """What imports say of records with changes in force, without levels."""
    query = select(record_beneath).where(record_beneath.c.code.in_(list(codes)))
    return {row.code: msgspec.convert(row.record, Procedure) for row in connection.execute(query)}
