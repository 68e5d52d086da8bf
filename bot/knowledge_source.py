"""Loads what the assistant answers from, and again when the catalogue has a new revision."""

import gc
import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import holidays
import msgspec
import yaml
from sqlalchemy.engine import Engine

from bot.answers.assistant import Assistant
from bot.answers.contact import Contact
from bot.answers.knowledge import Knowledge
from bot.answers.phrasebook import Phrasebook
from bot.answers.resolve import Resolver, Thresholds
from bot.answers.wants import kind_table
from bot.answers.wording import Wording
from bot.answers.working_days import WorkCalendar
from bot.catalogue.repository import Repository
from bot.catalogue.search import RankingModel, SearchIndex, SearchTables, search_tables
from bot.catalogue.view import Catalogue

YEARS_AHEAD = 2
logger = logging.getLogger(__name__)


class KnowledgeSource:
    """Hands out the assistant for the newest catalogue revision; safe to call from several threads.

    The database is asked for its revision at most every ``refresh_seconds``. A new revision is loaded
    and indexed beside the old one, which answers until then; when the database cannot be read, the old
    one goes on answering.
    """

    def __init__(self, engine: Engine, data_dir: Path, refresh_seconds: float = 5.0) -> None:
        self._repository = Repository(engine)
        self._data_dir = data_dir
        self._refresh_seconds = refresh_seconds
        self._lock = threading.Lock()
        self._looked_at = float("-inf")
        self._assistant: Assistant | None = None
        self._loading: threading.Thread | None = None

    @property
    def data_dir(self) -> Path:
        """Folder of the word tables and small tables."""
        return self._data_dir

    @property
    def revision(self) -> int:
        """Revision answered from; -1 before the first answer."""
        return self._assistant.catalogue.revision if self._assistant else -1

    def assistant(self) -> Assistant:
        """The assistant over the newest revision that is ready. Only the first call waits for loading."""
        with self._lock:
            if self._assistant is None:
                self._assistant = Assistant(self.load())
                self._looked_at = time.monotonic()
            elif self._loading is None and time.monotonic() - self._looked_at >= self._refresh_seconds:
                self._looked_at = time.monotonic()
                self._loading = threading.Thread(target=self._refresh, name="catalogue", daemon=True)
                self._loading.start()
            return self._assistant

    def settle(self) -> Assistant:
        """The assistant once a refresh under way has ended (imports and tests wait for it)."""
        ready = self.assistant()
        loading = self._loading
        if loading:
            loading.join()
        return self._assistant or ready

    def _refresh(self) -> None:
        try:
            if self._repository.revision() != self.revision:
                self._assistant = Assistant(self.load())
        except Exception:
            logger.exception("the catalogue could not be read; the loaded revision goes on answering")
        finally:
            self._loading = None

    def load(self) -> Knowledge:
        """Read and index the newest revision; an import in between is noticed and read again."""
        revision = self._repository.revision()
        knowledge = self._read(revision)
        while (newer := self._repository.revision()) != revision:
            revision = newer
            knowledge = self._read(revision)
        return knowledge

    def _read(self, revision: int) -> Knowledge:
        with collection_paused():
            procedures = self._repository.procedures()
        catalogue = Catalogue(
            procedures={p.code: p for p in procedures},
            agencies={a.code: a for a in self._repository.agencies()},
            units=tuple(self._repository.units()),
            statistics=tuple(self._repository.statistics()),
            revision=revision,
        )
        return knowledge_over(catalogue, self._data_dir)


@dataclass(frozen=True)
class Tuning:
    """Fitted numbers: how candidates are weighed and where the bands of certainty part."""

    ranking: RankingModel
    thresholds: Thresholds


def tuning_of(folder: Path) -> Tuning:
    """``weights.json`` and ``thresholds.json`` as ``bot evaluate`` wrote them."""
    return Tuning(
        msgspec.json.decode((folder / "weights.json").read_bytes(), type=RankingModel),
        msgspec.json.decode((folder / "thresholds.json").read_bytes(), type=Thresholds),
    )


def knowledge_over(catalogue: Catalogue, data_dir: Path, tuning: Tuning | None = None) -> Knowledge:
    """A catalogue with the search tables and small tables of ``data_dir``; ``tuning`` of its own if given."""
    search = data_dir / "search"
    tuned = tuning or tuning_of(search)
    with collection_paused():
        index = SearchIndex(list(catalogue.procedures.values()), tables_of(search), tuned.ranking)
    return Knowledge(
        catalogue=catalogue,
        resolver=Resolver(catalogue, index, tuned.thresholds),
        glossary=Phrasebook(read_yaml(data_dir / "glossary.yaml")),
        statuses=Phrasebook(read_yaml(data_dir / "statuses.yaml")),
        kinds=kind_table(read_yaml(search / "kinds.yaml")),
        contact=msgspec.convert(read_yaml(data_dir / "contact.yaml") or {}, Contact),
        holidays=days_off(read_yaml(data_dir / "holidays.yaml"), date.today().year),
    )


@contextmanager
def collection_paused() -> Iterator[None]:
    """Millions of objects are made to stay; looking for garbage among them costs a quarter of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def tables_of(folder: Path) -> SearchTables:
    """The word tables of ``data/search``."""
    names = ("synonyms", "frames", "deeds", "everyday")
    return search_tables(*(read_yaml(folder / f"{name}.yaml") for name in names))


def days_off(announced: Mapping[str, Iterable[Mapping[str, Any]]], year: int) -> WorkCalendar:
    """Statutory holidays of Vietnam around ``year`` with the announced days off and swap days.

    ``announced``: ``day_off`` and ``working_day`` rows with a ``date`` each, see ``data/holidays.yaml``.
    """
    first, last = year - 1, year + YEARS_AHEAD
    statutory = holidays.country_holidays("VN", years=range(first, last + 1))
    return WorkCalendar(
        days_off=frozenset(statutory) | {row["date"] for row in announced["day_off"]},
        worked=frozenset(row["date"] for row in announced.get("working_day", ())),
        since=date(first, 1, 1),
        until=date(last, 12, 31),
    )


def wording_from(domain_path: Path) -> Wording:
    """The texts of ``domain.yml``."""
    return Wording(read_yaml(domain_path)["responses"])


def read_yaml(path: Path) -> Any:
    """A YAML file of the project."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
