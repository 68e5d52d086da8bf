"""What the action server keeps in memory for all conversations."""

from datetime import date
from functools import cache
from pathlib import Path

from bot.answers.wording import Wording
from bot.clock import today_in
from bot.database import connect
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.settings import get_settings

ROOT = Path(__file__).resolve().parent.parent


@cache
def knowledge() -> KnowledgeSource:
    """Catalogue and search, refreshed when the catalogue has a new revision."""
    settings = get_settings()
    return KnowledgeSource(connect(settings.database_url), settings.data_dir, settings.refresh_seconds)


@cache
def wording() -> Wording:
    """The texts of ``domain.yml``."""
    return wording_from(ROOT / "domain.yml")


def today() -> date:
    """Today in Vietnam."""
    return today_in(get_settings().time_zone)
