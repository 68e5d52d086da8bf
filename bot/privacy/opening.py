"""Puts together what citizens may do about their data in a conversation."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.answers.knowledge import Knowledge
from bot.answers.phrase import Phrase
from bot.dossiers.flow import Flow
from bot.knowledge_source import read_yaml
from bot.notices.reading import folded
from bot.notices.words import read_words
from bot.privacy.asking import About, AskingWords
from bot.privacy.citizens import CitizenRequests
from bot.privacy.flow import PrivacyFlow
from bot.privacy.kinds import RequestKind
from bot.settings import Settings

FILE = Path("dossiers") / "privacy.yaml"


def open_privacy(
    settings: Settings, engine: Engine, say: Callable[[Phrase], str], now: Callable[[], float]
) -> Callable[[Knowledge], Sequence[Flow]]:
    """The flow over one revision of the catalogue. Raises ``OSError`` or ``ValueError`` for tables of words
    that are missing or broken.
    """
    words, zone = read_asking_words(settings.data_dir), ZoneInfo(settings.time_zone)

    def flows(knowledge: Knowledge) -> Sequence[Flow]:
        desk = CitizenRequests(engine, zone, knowledge.holidays, say, now)
        return (PrivacyFlow(desk, words, knowledge.contact),)

    return flows


def read_asking_words(data_dir: Path) -> AskingWords:
    """The table ``FILE`` of ``data_dir``; raises as above."""
    told: Mapping[str, list[str]] = read_yaml(data_dir / FILE)
    said = read_words(data_dir).said
    wants = {folded(text): _meaning(name) for name, texts in told.items() for text in texts}
    return AskingWords(wants, said.opening, said.politeness)


def _meaning(name: str) -> RequestKind | About:
    return About(name) if name in {about.value for about in About} else RequestKind(name)
