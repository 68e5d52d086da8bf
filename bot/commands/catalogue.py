"""``bot catalogue``: load, import, compare, check, count and export the catalogue."""

import csv
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
import msgspec

from bot.catalogue import figures
from bot.catalogue.diffing import diff
from bot.catalogue.enums import ImportKind
from bot.catalogue.importing.build import build_index
from bot.catalogue.importing.context import read_checks
from bot.catalogue.importing.importer import run_import
from bot.catalogue.importing.jobs import NEEDS_DAY, job_of
from bot.catalogue.importing.own import read_own
from bot.catalogue.importing.rehearsal import rehearse
from bot.catalogue.importing.report import ImportReport, Rejected
from bot.catalogue.importing.shipped import load_shipped
from bot.catalogue.records import Procedure
from bot.catalogue.repository import Repository
from bot.commands.catalogue_amendments import amend, amendments, put_in_force
from bot.commands.catalogue_database import opened
from bot.commands.catalogue_report import (
    SHOWN,
    report,
    show_build,
    show_contradictions,
    show_counts,
    show_diff,
    show_refused,
)
from bot.settings import get_settings

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def catalogue() -> None:
    """The service catalogue."""


@catalogue.command()
def load() -> None:
    """Migrate the database and load what ships in data/catalogue; changes whose day is come go in force."""
    settings = get_settings()
    engine, folder = opened(), settings.catalogue_dir
    with named_errors(folder, "catalogue folder"):
        report(load_shipped(engine, folder))
        put_in_force(engine, settings)


@catalogue.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in ImportKind]))
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--date", "day", type=DAY, help="Day of the source (national, levels).")
@click.option("--source", default="", help="What the list of levels is, in words (levels).")
@click.option("--complete", is_flag=True, help="The list of levels is the whole list of its day.")
@click.option("--preview", is_flag=True, help="Only tell what it would do.")
def import_(kind: str, file: Path, day: datetime | None, source: str, complete: bool, preview: bool) -> None:
    """Import FILE; bad rows are refused one by one, the rest loads."""
    engine, checks = opened(), read_checks(get_settings().catalogue_dir)
    known = ImportKind(kind)
    if known in NEEDS_DAY and day is None:
        raise click.UsageError("--date is needed: a statement without its day cannot be quoted")
    with named_errors(file, f"file of the kind {kind!r}"):
        job = job_of(known, file, engine, day.date() if day else None, source, complete, checks)
        done = (rehearse if preview else run_import)(engine, job)
    report(done)
    if not read_anything(done):
        raise click.ClickException(f"{file.name}: nothing in it could be read as a file of the kind {kind!r}")


@catalogue.command("diff")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff_(folder: Path) -> None:
    """Compare the database with a catalogue FOLDER (index/ and curated/) without changing anything."""
    if not any(folder.glob("index/*.jsonl")) and not any(folder.glob("curated/*.yaml")):
        raise click.ClickException(f"{folder.name}: no index/*.jsonl and no curated/*.yaml in this folder")
    with named_errors(folder, "catalogue folder"):
        rows = list(read_own(folder / "index", folder / "curated"))
    new = [row for row in rows if isinstance(row, Procedure)]
    show_diff(diff(Repository(opened()).procedures(), new))
    show_refused([row for row in rows if isinstance(row, Rejected)])


@catalogue.command()
@click.option("--all", "whole", is_flag=True, help="Every contradiction, not the first of each kind.")
def check(whole: bool) -> None:
    """Contradictions and dead references in the loaded records, for a person to decide."""
    found = figures.check(opened())
    show_contradictions(found.contradictions, whole)
    click.echo(f"unknown agencies: {len(found.unknown_agencies)} {' '.join(found.unknown_agencies[:SHOWN])}")
    click.echo(f"related codes that lead nowhere: {len(found.unknown_related)}")
    click.echo(f"communes: {found.communes}, old communes that were split: {found.split_communes}")


@catalogue.command()
def stats() -> None:
    """What the catalogue holds, each procedure counted once."""
    found = figures.stats(opened())
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
    procedures = Repository(opened()).procedures(day)
    try:
        file.write_bytes(b"".join(msgspec.json.encode(p) + b"\n" for p in procedures))
    except OSError as error:
        raise click.ClickException(f"{file.name}: cannot be written: {error.strerror}") from error
    click.echo(f"{len(procedures)} → {file}")


@catalogue.command()
@click.argument("crawl", type=click.Path(exists=True, path_type=Path))
@click.argument("levels", type=click.Path(exists=True, path_type=Path))
def build(crawl: Path, levels: Path) -> None:
    """Rebuild data/catalogue/index from a crawl of procedure pages and a list of levels."""
    with named_errors(crawl, "crawl, or the list of levels is not one"):
        show_build(build_index(crawl, levels, get_settings().catalogue_dir / "index"))


for command in (amendments, amend):
    catalogue.add_command(command)


@contextmanager
def named_errors(path: Path, what: str) -> Iterator[None]:
    """One sentence instead of a traceback when ``path`` is not what it should be."""
    try:
        yield
    except (OSError, EOFError, ValueError, zlib.error, csv.Error) as error:
        raise click.ClickException(f"{path.name}: not a readable {what}: {error}") from error


def read_anything(done: ImportReport) -> bool:
    """Whether an import took at least one record over or found it unchanged."""
    return bool(done.unchanged or done.other_changes or done.added or done.changed or done.retired)
