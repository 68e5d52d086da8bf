"""Puts the parts of following together, once per process."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import msgspec
import yaml
from sqlalchemy.engine import Engine

from bot.answers.knowledge import Knowledge
from bot.answers.working_days import WorkCalendar
from bot.following.audit import Audit
from bot.following.calendar import OfficeHours
from bot.following.deadline import Clock
from bot.following.flow import FollowFlow, Setting
from bot.following.local import at
from bot.following.lookups import CountedLookups
from bot.following.mirror import Mirror
from bot.following.poller import Poller
from bot.following.ports import Source
from bot.following.words import Words, WordsFile, words_of


@dataclass(frozen=True)
class Tables:
    """What ``data`` says about following."""

    words: Words
    hours: OfficeHours


class Following:
    """``source`` None: no system is connected. ``key``: hashes codes in the audit log and must stay the same.
    ``now``: POSIX seconds. Its look-ups remember for all turns: make one of it.
    """

    def __init__(
        self,
        engine: Engine,
        source: Source | None,
        key: bytes,
        tables: Tables,
        portal_url: str,
        now: Callable[[], float],
    ) -> None:
        self._engine, self._source, self._tables = engine, source, tables
        self._portal_url, self._now = portal_url, now
        self.mirror = Mirror(engine, now)
        self.lookups = CountedLookups(engine, source, Audit(key), now)

    def flow(self, knowledge: Knowledge) -> FollowFlow:
        """The flow over a revision of the catalogue."""
        setting = Setting(
            catalogue=knowledge.catalogue,
            clock=self.clock(knowledge.holidays),
            words=self._tables.words,
            portal_url=self._portal_url,
            now=lambda: at(self._now()),
        )
        return FollowFlow(self.lookups, self.mirror, setting)

    def poller(self, calendar: WorkCalendar) -> Poller:
        """What looks after followed dossiers in the background."""
        return Poller(self._engine, self._source, self.clock(calendar), time.sleep)

    def clock(self, calendar: WorkCalendar) -> Clock:
        """Computes deadlines."""
        return Clock(calendar, self._tables.hours)


def read_tables(data_dir: Path) -> Tables:
    """``dossiers/following.yaml`` and the office hours of ``holidays.yaml``."""
    words = msgspec.convert(_read(data_dir / "dossiers" / "following.yaml"), WordsFile)
    spans = _read(data_dir / "holidays.yaml")["office_hours"]
    hours = tuple((_clock(opens), _clock(closes)) for opens, closes in spans)
    return Tables(words_of(words), OfficeHours(hours))


def _clock(text: str) -> time_of_day:
    return time_of_day.fromisoformat(text)


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
