"""What the action server keeps in memory for all conversations."""

import time
from datetime import date
from functools import cache
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.answers.wording import Wording
from bot.clock import today_in
from bot.control.reading import WordingSource
from bot.database import connect
from bot.dossiers.store import Cabinet
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.privacy.opening import open_privacy
from bot.reception import Reception, open_reception
from bot.services import Services, open_services
from bot.settings import get_settings

ROOT = Path(__file__).resolve().parent.parent


@cache
def engine() -> Engine:
    """The database of catalogue and dossiers."""
    return connect(get_settings().database_url, durable=True)


@cache
def knowledge() -> KnowledgeSource:
    """Catalogue and search, refreshed when the catalogue has a new revision."""
    settings = get_settings()
    return KnowledgeSource(engine(), settings.data_dir, settings.refresh_seconds)


@cache
def reception() -> Reception:
    """Who receives messages."""
    privacy = open_privacy(get_settings(), engine(), lambda words: wording().say(words), time.time)
    return open_reception(knowledge(), services(), get_settings(), privacy)


@cache
def services() -> Services:
    """Gateways, following, payments, notices."""
    return open_services(get_settings(), engine(), time.time)


@cache
def cabinet() -> Cabinet:
    """Case files of all conversations."""
    return Cabinet(engine())


@cache
def texts() -> WordingSource:
    """The texts of ``domain.yml``, as staff changed them."""
    return WordingSource(engine(), wording_from(ROOT / "domain.yml"), get_settings().refresh_seconds)


def wording() -> Wording:
    """What is said now."""
    return texts().wording()


def prepare() -> None:
    """Load what the first message would wait for."""
    reception().concierge()
    wording()
    cabinet()


def today() -> date:
    """Today in Vietnam."""
    return today_in(get_settings().time_zone)


def now() -> float:
    """POSIX seconds."""
    return time.time()
