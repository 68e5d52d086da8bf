"""``bot catalogue``: load, import, compare, check, count and export the catalogue."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from bot.catalogue import figures
from bot.catalogue.contradictions import Contradiction
from bot.catalogue.diffing import CatalogueDiff, diff
from bot.catalogue.importing.build import build_index
from bot.catalogue.importing.context import read_checks
from bot.catalogue.importing.jobs import import_crawl, import_levels, import_national, import_own
from bot.catalogue.importing.own import read_own
from bot.catalogue.importing.report import ImportReport, Rejected
from bot.catalogue.importing.shipped import load_shipped
from bot.catalogue.records import Procedure
from bot.catalogue.repository import Repository
from bot.database import connect, upgrade
from bot.settings import get_settings

SHOWN = 20
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def catalogue() -> None:
    """The service catalogue."""


@catalogue.command()
def load() -> None:
    """Migrate the database and load what ships in data/catalogue."""
    settings = get_settings()
    upgrade(settings.database_url)
    report(load_shipped(connect(settings.database_url), settings.catalogue_dir))


@catalogue.command("import")
@click.argument("kind", type=click.Choice(["own", "crawl", "national", "levels"]))
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--date", "day", type=DAY, help="Day of the source (national, levels).")
@click.option("--source", default="", help="What the list of levels is, in words (levels).")
@click.option("--complete", is_flag=True, help="The list of levels is the whole list of its day.")
def import_(kind: str, file: Path, day: datetime | None, source: str, complete: bool) -> None:
    """Import FILE; bad rows are refused one by one, the rest loads."""
    settings = get_settings()
    upgrade(settings.database_url)
    engine = connect(settings.database_url)
    checks = read_checks(settings.catalogue_dir)
    if kind == "own":
        report(import_own(engine, file, checks))
    elif kind == "crawl":
        report(import_crawl(engine, file, checks))
    elif kind == "national":
        report(import_national(engine, file, needed(day), checks=checks))
    else:
        named = source or file.name
        report(import_levels(engine, file, named, needed(day), complete=complete, checks=checks))


@catalogue.command("diff")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff_(folder: Path) -> None:
    """Compare the database with a catalogue FOLDER (index/ and curated/) without changing anything."""
    rows = read_own(folder / "index", folder / "curated")
    new = [row for row in rows if isinstance(row, Procedure)]
    show_diff(diff(Repository(connect(get_settings().database_url)).procedures(), new))


@catalogue.command()
@click.option("--all", "whole", is_flag=True, help="Every contradiction, not the first of each kind.")
def check(whole: bool) -> None:
    """Contradictions and dead references in the loaded records, for a person to decide."""
    found = figures.check(connect(get_settings().database_url))
    show_contradictions(found.contradictions, whole)
    click.echo(f"unknown agencies: {len(found.unknown_agencies)} {' '.join(found.unknown_agencies[:SHOWN])}")
    click.echo(f"related codes that lead nowhere: {len(found.unknown_related)}")
    click.echo(f"communes: {found.communes}, old communes that were split: {found.split_communes}")


@catalogue.command()
def stats() -> None:
    """What the catalogue holds, each procedure counted once."""
    found = figures.stats(connect(get_settings().database_url))
    for name in ("revision", "procedures", "curated", "with_detail", "statements", "trial"):
        click.echo(f"{name}: {getattr(found, name)}")
    click.echo(
        f"levels stated on {found.stated_on}: full {found.full_only}, partial {found.partial_only}, "
        f"information {found.information_only}, differing by agency {found.mixed}, "
        f"without statement {found.without_statement}"
    )
    show_counts("scope", {scope.value: count for scope, count in found.by_scope.items()})
    show_counts("handler", {handler.value: count for handler, count in found.by_handler.items()})
    show_counts("field", found.by_field)
    show_counts("agency", found.by_agency)


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="Versions valid on that day.")
def export(file: Path, as_of: datetime | None) -> None:
    """Write all records to FILE, one JSON object a line."""
    day = as_of.date() if as_of else None
    procedures = Repository(connect(get_settings().database_url)).procedures(day)
    file.write_bytes(b"".join(msgspec.json.encode(p) + b"\n" for p in procedures))
    click.echo(f"{len(procedures)} → {file}")


@catalogue.command()
@click.argument("crawl", type=click.Path(exists=True, path_type=Path))
@click.argument("levels", type=click.Path(exists=True, path_type=Path))
def build(crawl: Path, levels: Path) -> None:
    """Rebuild data/catalogue/index from a crawl of procedure pages and a list of levels."""
    click.echo(str(build_index(crawl, levels, get_settings().catalogue_dir / "index")))


def needed(day: datetime | None) -> date:
    """The day of a source; a list without its day cannot be quoted."""
    if day is None:
        raise click.UsageError("--date is needed: a statement without its day cannot be quoted")
    return day.date()


def report(done: ImportReport) -> None:
    """What an import did, on the terminal."""
    click.echo(", ".join(f"{name} {count}" for name, count in done.counts().items()))
    for change in done.changed[:SHOWN]:
        click.echo(f"  ~ {change}")
    for row in done.rejected[:SHOWN]:
        show_rejected(row)
    if len(done.rejected) > SHOWN:
        click.echo(f"  … {len(done.rejected) - SHOWN} more refused rows")
    click.echo(f"revision {done.revision}")


def show_rejected(row: Rejected) -> None:
    """A refused row with file, line and reason."""
    click.echo(f"  ! {row.file}:{row.line}: {row.refusal.value} {row.reason}")


def show_diff(found: CatalogueDiff) -> None:
    """Added, retired and changed codes, field by field."""
    click.echo(f"added {len(found.added)}, removed {len(found.removed)}, changed {len(found.changed)}")
    for change in found.changed:
        click.echo(f"  ~ {change}")


def show_contradictions(found: Sequence[Contradiction], whole: bool) -> None:
    """Counts by kind, with examples or all of them."""
    kinds: dict[str, list[Contradiction]] = {}
    for contradiction in found:
        kinds.setdefault(contradiction.kind.value, []).append(contradiction)
    for kind, rows in sorted(kinds.items()):
        click.echo(f"{kind}: {len(rows)}")
        for row in rows if whole else rows[:3]:
            click.echo(f"  {row.subject}: {row.evidence}")


def show_counts(title: str, counts: Mapping[str, int]) -> None:
    """One line per group, the largest first, the rest summed."""
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    click.echo(f"by {title} ({len(ordered)}):")
    for name, count in ordered[:SHOWN]:
        click.echo(f"  {count:>5}  {name}")
    if len(ordered) > SHOWN:
        click.echo(f"  {sum(count for _, count in ordered[SHOWN:]):>5}  … {len(ordered) - SHOWN} more")
