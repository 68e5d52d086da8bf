"""What the commands of ``bot catalogue`` print."""

from collections.abc import Mapping, Sequence
from typing import Any

import click
import msgspec

from bot.catalogue.contradictions import Contradiction
from bot.catalogue.diffing import CatalogueDiff, Change
from bot.catalogue.importing.build import BuildReport
from bot.catalogue.importing.report import ImportReport, Rejected

SHOWN = 20
WIDTH = 100


def report(done: ImportReport) -> None:
    """What an import did, on the terminal."""
    click.echo(", ".join(f"{name} {count}" for name, count in done.counts().items()))
    for change in done.changed[:SHOWN]:
        show_change(change)
    if len(done.changed) > SHOWN:
        click.echo(f"  … {len(done.changed) - SHOWN} more changed records")
    show_refused(done.rejected)
    click.echo(f"revision {done.revision}")


def show_refused(rows: Sequence[Rejected]) -> None:
    """Refused rows as ``file:line: reason``; the line is left out where the format has none."""
    for row in rows[:SHOWN]:
        place = f"{row.file}:{row.line}" if row.line else row.file
        reason = f" ({shortened(row.reason)})" if row.reason else ""
        click.echo(f"  ! {place}: {row.refusal.value.replace('_', ' ')}{reason}")
    if len(rows) > SHOWN:
        click.echo(f"  … {len(rows) - SHOWN} more refused rows")


def show_change(change: Change) -> None:
    """One line a field: code, field, old → new."""
    for field in change.fields:
        click.echo(f"  ~ {change.code} {field.field}: {plain(field.old)} → {plain(field.new)}")


def plain(value: Any) -> str:
    """A value of a record on one short line; nothing is "–"."""
    if not value and value != 0:
        return "–"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return shortened(text)


def shortened(text: str) -> str:
    """The text on one line of at most WIDTH characters."""
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def show_diff(found: CatalogueDiff) -> None:
    """Added, retired and changed codes, field by field."""
    click.echo(f"added {len(found.added)}, removed {len(found.removed)}, changed {len(found.changed)}")
    for sign, codes in (("+", found.added), ("-", found.removed)):
        for code in codes[:SHOWN]:
            click.echo(f"  {sign} {code}")
        if len(codes) > SHOWN:
            click.echo(f"  {sign} … {len(codes) - SHOWN} more")
    for change in found.changed:
        show_change(change)


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


def show_build(done: BuildReport) -> None:
    """Records by scope and file, what was left out and why."""
    click.echo(
        f"in force {done.in_force}, nationwide {done.nationwide}, only in the level list "
        f"{len(done.level_list_only)}"
    )
    show_counts("file", done.files)
    show_counts("reason of refusal", {reason.value: count for reason, count in done.refused.items()})
    show_refused(done.rejected)
