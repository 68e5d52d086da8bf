"""Approved changes go in force: a new version of the record, through an import like any other."""

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime, timezone

from msgspec.structs import replace
from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.amendments.states import AmendmentState
from bot.catalogue.contradictions import Checks
from bot.catalogue.importing.importer import Import, import_in, wait_for_others
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.importing.standing import beneath, drop_beneath, keep_beneath, read_standing
from bot.catalogue.repository import load_procedures
from bot.catalogue.tables_amendments import amendment


def apply_due(engine: Engine, today: str, now: float, checks: Checks | None = None) -> ImportReport | None:
    """Put the approved changes in force whose first day is reached (or that have none); None without any.

    ``today``: ISO day of the citizens. Called twice at once, it applies each change once. Every first day is
    an import of its own, so that changes that come late keep their order and their days. ``checks``: for the
    review list, which is left alone without.
    """
    reports = []
    for day in _due(engine, today):
        with engine.begin() as connection:
            report = _apply(connection, day, now, checks)
        if report is not None:
            reports.append(report)
    return _together(reports)


def replay(
    connection: Connection,
    since: Mapping[str, date | None],
    source: str,
    now: float,
    checks: Checks | None = None,
) -> ImportReport:
    """Import again what imports said of these records, so that they come with what editors decide now.

    ``since``: code → first day of what is new, None where the record was wrong until now; ``source`` names
    it in the log of imports. A procedure that ended stays so.
    """
    wait_for_others(connection)
    moment = datetime.fromtimestamp(now, timezone.utc)
    shown = {item.code: item for item in load_procedures(connection, None, sorted(since))}
    said = beneath(connection, shown)
    items = [replace(said.get(code, shown[code]), levels=()) for code in sorted(shown)]
    report = import_in(connection, Import(items, source, checks=checks, since=since), moment)
    drop_beneath(connection, since.keys() - read_standing(connection).changes.keys())
    return report


def _due(engine: Engine, today: str) -> list[str | None]:
    """First days of approved changes until ``today``, those without one leading."""
    column = amendment.c.valid_from
    approved = amendment.c.state == AmendmentState.APPROVED.value
    query = select(column).where(approved, column.is_(None) | (column <= today)).distinct()
    with engine.connect() as connection:
        return sorted(connection.scalars(query), key=lambda day: str(day or ""))


def _apply(connection: Connection, day: str | None, now: float, checks: Checks | None) -> ImportReport | None:
    ours = amendment.c.valid_from == day if day else amendment.c.valid_from.is_(None)
    taken = {"state": AmendmentState.IN_FORCE.value, "applied_at": now}
    approved = amendment.c.state == AmendmentState.APPROVED.value
    wait_for_others(connection)
    if not connection.execute(update(amendment).where(ours, approved).values(taken)).rowcount:
        return None
    in_force = amendment.c.state == AmendmentState.IN_FORCE.value
    fresh = in_force & amendment.c.revision.is_(None)
    codes = set(connection.scalars(select(amendment.c.code).where(ours, fresh)))
    shown = load_procedures(connection, None, sorted(codes))
    known = beneath(connection, codes)
    keep_beneath(connection, (item for item in shown if item.code not in known))
    first = date.fromisoformat(day) if day else None
    report = replay(connection, dict.fromkeys(codes, first), "amendments", now, checks)
    connection.execute(update(amendment).where(ours, fresh).values(revision=report.revision))
    return report


def _together(reports: list[ImportReport]) -> ImportReport | None:
    """One report of imports that followed each other."""
    if not reports:
        return None
    return dataclasses.replace(
        reports[-1],
        changed=tuple(change for report in reports for change in report.changed),
        unchanged=sum(report.unchanged for report in reports),
        contradictions=tuple(dict.fromkeys(one for report in reports for one in report.contradictions)),
    )
