"""What the clock does for figures: days that are over are counted, and exports written once a day."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.steering.days import SETTLED_SECONDS, settle, unsettled
from bot.steering.export import Format, export
from bot.steering.period import Period, day_of
from bot.steering.report import Group, measure
from bot.steering.wording import read_figures

logger = logging.getLogger(__name__)

INTERVAL_SECONDS = 1800.0
EXPORTED_DAYS = 30
LATEST = "latest"


class Settling:
    """Counts each day that is over, one in a transaction."""

    def __init__(self, engine: Engine, zone: ZoneInfo) -> None:
        self._engine, self._zone = engine, zone

    def once(self, now: float) -> int:
        """How many days were counted."""
        with self._engine.connect() as connection:
            days = unsettled(connection, self._zone, now)
        counted = 0
        for day in days:
            with self._engine.begin() as connection:
                counted += settle(connection, day, self._zone, now)
        return counted


class Exports:
    """Writes the figures of the last ``EXPORTED_DAYS`` whole days into ``folder``: a file of each format for
    the day, and ``latest.json`` for those who fetch it.
    """

    def __init__(self, engine: Engine, zone: ZoneInfo, names: Path, folder: Path) -> None:
        self._engine, self._zone, self._names, self._folder = engine, zone, names, folder

    def once(self, now: float) -> list[Path]:
        """The files written; none when those of the day are there."""
        last = day_of(now - SETTLED_SECONDS, self._zone) - timedelta(days=1)
        wanted = {form: self._path(last, form) for form in Format}
        if all(path.exists() for path in wanted.values()):
            return []
        period = Period(last - timedelta(days=EXPORTED_DAYS - 1), last, self._zone)
        with self._engine.connect() as connection:
            report = measure(connection, list(Group), period, read_figures(self._names), now)
        self._folder.mkdir(parents=True, exist_ok=True)
        written = [_write(path, export(report, form)) for form, path in wanted.items()]
        written.append(_write(self._folder / f"{LATEST}.json", export(report, Format.JSON)))
        logger.info("figures until %s were exported", last)
        return written

    def _path(self, last: date, form: Format) -> Path:
        return self._folder / f"figures_{last}.{form.value}"


def open_exports(
    engine: Engine, zone: ZoneInfo, names: Path, folder: str
) -> Callable[[float], object] | None:
    """The work of the clock; None where no folder is set."""
    return Exports(engine, zone, names, Path(folder)).once if folder else None


def _write(path: Path, content: bytes) -> Path:
    """Whoever fetches it meanwhile gets the old file or the new one, whole."""
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content)
    half.replace(path)
    return path
