"""Clusters of unanswered questions: found in a thread of their own, and kept without anybody's words."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock

from sqlalchemy.engine import Engine

from bot.steering.period import Period
from bot.upkeep import unanswered
from bot.upkeep.clusters import Cluster, clusters
from bot.upkeep.clusters_reading import Reader
from bot.upkeep.unanswered import Place

logger = logging.getLogger(__name__)

KEPT_SECONDS = 600.0
"""So long clusters are shown as they are although citizens go on asking."""
_PATIENCE = 0.2
"""Seconds a page waits for its first clusters before it says that they are being found."""


@dataclass(frozen=True)
class Found:
    """The clusters of a period. ``places``: of the questions compared, by turn; ``total``: of all there are;
    ``newest``: the last turn of any kind; ``computed_at``: POSIX seconds.
    """

    first: date
    newest: int
    computed_at: float
    clusters: tuple[Cluster, ...]
    places: Mapping[int, Place]
    total: int
    reader: Reader

    @property
    def left_out(self) -> int:
        """Questions that are older than those compared."""
        return self.total - len(self.places)

    @cached_property
    def by_turn(self) -> Mapping[int, Cluster]:
        return {turn: cluster for cluster in self.clusters for turn in cluster.turns}


@dataclass(frozen=True)
class Look:
    """``found``: the last ones there are; ``running``: newer ones are being found; ``failed``: in vain."""

    found: Found | None
    running: bool
    failed: bool


class Gatherer:
    """Safe to call from several threads. What citizens said is read anew for every page, so that what was
    erased is never shown.
    """

    def __init__(self, engine: Engine, data_dir: Path, now: Callable[[], float]) -> None:
        self._engine, self._data_dir, self._now = engine, data_dir, now
        self._pool = ThreadPoolExecutor(1, "gaps")
        self._lock = Lock()
        self._found: dict[int, Found] = {}
        self._running: dict[int, Future[None]] = {}
        self._failed: set[int] = set()

    async def look(self, period: Period, newest: int) -> Look:
        """The clusters of a period that ends today; ``newest``: the last turn there is."""
        days = period.length
        with self._lock:
            known = self._found.get(days)
            job = self._running.get(days)
            if job is None and not self._is_good(known, period, newest):
                self._failed.discard(days)
                job = self._running[days] = self._pool.submit(self._find, period, newest)
        if job is not None and known is None:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(job)), _PATIENCE)
        with self._lock:
            return Look(self._found.get(days), days in self._running, days in self._failed)

    def close(self, wait: bool = False) -> None:
        """``wait``: until what is being found has been found."""
        self._pool.shutdown(wait=wait, cancel_futures=not wait)

    def _is_good(self, known: Found | None, period: Period, newest: int) -> bool:
        if known is None or known.first != period.first:
            return False
        return known.newest == newest or self._now() - known.computed_at < KEPT_SECONDS

    def _find(self, period: Period, newest: int) -> None:
        days = period.length
        try:
            found = self._found_in(period, newest)
        except Exception as error:
            # The words of a citizen may stand in the message of the error.
            logger.error("unanswered questions were not grouped: %s", type(error).__name__)
            found = None
        with self._lock:
            del self._running[days]
            if found is None:
                self._failed.add(days)
            else:
                self._found[days] = found

    def _found_in(self, period: Period, newest: int) -> Found:
        with self._engine.connect() as connection:
            places = unanswered.places(connection, period.start, period.end)
            compared = places[: unanswered.MOST]
            questions = unanswered.questions(connection, compared)
            reader = unanswered.open_reader(connection, self._data_dir)
        return Found(
            first=period.first,
            newest=newest,
            computed_at=self._now(),
            clusters=tuple(clusters(questions, reader)),
            places={place.turn_id: place for place in compared},
            total=len(places),
            reader=reader,
        )
