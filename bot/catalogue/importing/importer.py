"""One import: records in, new versions out, in one transaction, with a report of every difference."""

import dataclasses
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timezone

from msgspec import to_builtins
from msgspec.structs import replace
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.engine import Connection, Engine
from tqdm import tqdm

from bot.catalogue import tables_context as c
from bot.catalogue.contradictions import Checks, Contradiction, find
from bot.catalogue.diffing import Change, FieldChange, changes
from bot.catalogue.importing.findings import store
from bot.catalogue.importing.report import ImportReport, Refusal, Rejected, RunState
from bot.catalogue.importing.standing import Standing, drop_beneath, end_absorbed, keep_beneath, read_standing
from bot.catalogue.importing.writer import Known, Writer, known_procedures
from bot.catalogue.records import Procedure
from bot.catalogue.repository import load_procedures
from bot.catalogue.rows import content_hash

Item = Procedure | Rejected
# Writes what comes with the procedures (agencies, units, statistics); gives the number of changed rows.
Companion = Callable[[Connection, datetime], int]


@dataclass(frozen=True)
class Import:
    """What to import. ``source`` and ``sha256`` name it in the log of imports.

    ``complete``: the items are the whole catalogue, what is missing is retired and a record without
    levels ends the older ones. ``levels_complete_on``: the items hold every level statement of that day,
    procedures without one lose theirs. Otherwise a record without levels leaves those stored alone.
    ``checks``: None leaves the review list as it is. ``since``: for these codes the first day of what is new,
    or None where the record before was wrong all along.
    """

    items: Iterable[Item]
    source: str
    sha256: str = ""
    complete: bool = False
    levels_complete_on: date | None = None
    checks: Checks | None = field(default_factory=Checks)
    companion: Companion | None = None
    findings: tuple[Contradiction, ...] = ()
    since: Mapping[str, date | None] = field(default_factory=dict)


def run_import(engine: Engine, job: Import, now: datetime | None = None) -> ImportReport:
    """Import all or nothing: an exception midway leaves the old catalogue and a failed run in the log.

    Importing the same records again changes nothing and makes no new revision.
    """
    moment = now or datetime.now(timezone.utc)
    try:
        job = read(job)
        with engine.begin() as connection:
            return import_in(connection, job, moment)
    except BaseException:
        with engine.begin() as connection:
            _open_run(connection, job, moment, RunState.FAILED)
        raise


def wait_for_others(connection: Connection) -> None:
    """Until the end of the transaction nobody else imports: what is read from now on stays true. SQLite lets
    only one write anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE import_run IN SHARE ROW EXCLUSIVE MODE"))


def read(job: Import) -> Import:
    """The import with its items at hand: a file is read before anybody has to wait for the transaction."""
    items = tqdm(job.items, desc=job.source, unit=" records", disable=not sys.stderr.isatty())
    return dataclasses.replace(job, items=tuple(items))


@dataclass
class _Found:
    """What the items turned out to be."""

    fresh: list[Procedure] = field(default_factory=list)
    differing: list[Procedure] = field(default_factory=list)
    relevelled: list[Procedure] = field(default_factory=list)
    unchanged: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    levelled: set[str] = field(default_factory=set)
    beneath: dict[str, Procedure] = field(default_factory=dict)
    absorbed: set[int] = field(default_factory=set)


def import_in(connection: Connection, job: Import, now: datetime) -> ImportReport:
    """``run_import`` inside a transaction of the caller, who undoes it when anything fails. One at a time."""
    wait_for_others(connection)
    run_id = _open_run(connection, job, now, RunState.UNCHANGED)
    known = known_procedures(connection)
    standing = read_standing(connection)
    found = _sort(job, known, standing)
    altered = {p.code for p in found.differing} | {p.code for p in found.relevelled}
    before = {p.code: p for p in load_procedures(connection, None, sorted(altered & known.keys()))}
    gone = _gone(job, known, found)

    writer = Writer(connection, run_id, now, job.since)
    revived = [p for p in found.differing if known[p.code].ended]
    writer.versions([*found.fresh, *found.differing], known)
    writer.levels([*found.fresh, *found.relevelled], known)
    writer.retire(known[code] for code in gone)
    closed = _close_unlisted(job, writer, known, found)
    examined = frozenset() if job.checks is None else frozenset(found.seen)
    store(connection, (*found.contradictions, *job.findings), examined, run_id, now)
    _settle(connection, standing, found, now)
    others = job.companion(connection, now) if job.companion else 0

    after = {p.code: replace(before[p.code], levels=p.levels) for p in found.relevelled if p.code in before}
    after |= {p.code: p for p in found.differing if p.code in before}
    found_changes = [Change(code, changes(before[code], after[code])) for code in sorted(after)]
    found_changes += [Change(code, (_closed_levels(known[code]),)) for code in closed]
    report = ImportReport(
        added=tuple(sorted(p.code for p in (*found.fresh, *revived))),
        changed=tuple(found_changes),
        unchanged=found.unchanged,
        retired=tuple(gone),
        rejected=tuple(found.rejected),
        contradictions=(*found.contradictions, *job.findings),
        other_changes=others,
        revision=0,
        absorbed=tuple(sorted(found.absorbed)),
    )
    return _close_run(connection, report, run_id, now)


def _sort(job: Import, known: dict[str, Known], standing: Standing) -> _Found:
    found = _Found()
    for item in job.items:
        if isinstance(item, Rejected):
            found.rejected.append(item)
        elif item.code in found.seen:
            found.rejected.append(Rejected(job.source, 0, Refusal.DUPLICATE, item.code))
        else:
            found.seen.add(item.code)
            _place(item, known.get(item.code), job, standing, found)
    return found


def _place(item: Procedure, before: Known | None, job: Import, standing: Standing, found: _Found) -> None:
    if item.levels:
        found.levelled.add(item.code)
    if before and not item.levels and not job.complete:
        item = replace(item, levels=before.levels)
    # A plain list must not undo what an editor has curated; it may still bring newer levels.
    protected = bool(before and before.curated and not item.curated and not job.complete and not before.ended)
    if standing.touches(item.code):
        laid = standing.over(item, absorbing=job.complete)
        ours = _is_ours(item, before, job)
        if not protected:
            found.contradictions += laid.unfit
        if not protected and not ours and item.code in standing.changes:
            found.beneath[item.code] = item
            found.absorbed.update(laid.absorbed)
        item = item if ours else laid.procedure
    if job.checks is not None:
        found.contradictions += find(item, job.checks)
    if before is None:
        found.fresh.append(item)
        return
    differs = not protected and (before.ended or content_hash(item) != before.content_hash)
    relevelled = item.levels != before.levels
    if differs:
        found.differing.append(item)
    if relevelled:
        found.relevelled.append(item)
    if not differs and not relevelled:
        found.unchanged += 1


def _is_ours(item: Procedure, before: Known | None, job: Import) -> bool:
    """A list of levels comes as our own records with its statements: they say nothing about any source, and
    hold what editors changed.
    """
    if job.complete or item.code in job.since or before is None or before.ended:
        return False
    return content_hash(item) == before.content_hash


def _settle(connection: Connection, standing: Standing, found: _Found, now: datetime) -> None:
    """End the changes the source has absorbed; keep what it says beneath those that are left. Only what ships
    absorbs: what another import knows before it would be lost at its next load.
    """
    end_absorbed(connection, found.absorbed, now)
    changes = standing.changes
    over = {code for code in found.beneath if found.absorbed.issuperset(c.id for c in changes[code])}
    drop_beneath(connection, over)
    keep_beneath(connection, (item for code, item in found.beneath.items() if code not in over))


def _gone(job: Import, known: dict[str, Known], found: _Found) -> list[str]:
    if not job.complete:
        return []
    return sorted(code for code, before in known.items() if not before.ended and code not in found.seen)


def _close_unlisted(job: Import, writer: Writer, known: dict[str, Known], found: _Found) -> list[str]:
    if job.levels_complete_on is None:
        return []
    unlisted = [
        code for code, before in sorted(known.items()) if before.levels and code not in found.levelled
    ]
    for code in unlisted:
        writer.close_levels(known[code], job.levels_complete_on)
    return unlisted


def _open_run(connection: Connection, job: Import, now: datetime, state: RunState) -> int:
    row = {"started_at": now, "source": job.source, "sha256": job.sha256, "state": state.value, "counts": {}}
    return int(connection.execute(insert(c.import_run).values(**row)).inserted_primary_key[0])


def _close_run(connection: Connection, report: ImportReport, run_id: int, now: datetime) -> ImportReport:
    if report.state is RunState.CHANGED:
        connection.execute(insert(c.catalogue_revision).values(made_at=now, import_run_id=run_id))
    values = {"state": report.state.value, "counts": report.counts(), "finished_at": now}
    connection.execute(update(c.import_run).where(c.import_run.c.id == run_id).values(**values))
    revision = int(connection.scalar(select(func.max(c.catalogue_revision.c.id))) or 0)
    return dataclasses.replace(report, revision=revision)


def _closed_levels(before: Known) -> FieldChange:
    return FieldChange("levels", to_builtins(before.levels), ())
