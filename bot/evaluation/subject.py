"""What is evaluated: the newest model over the shipped catalogue, with a look into its search."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from bot.answers.context import Context
from bot.answers.incoming import receive
from bot.answers.resolve import without_places
from bot.answers.understood import turn_of
from bot.catalogue.search import Hit, RankingModel, SearchIndex
from bot.catalogue.view import Catalogue
from bot.database import connect
from bot.desk import Desk
from bot.evaluation.dialogues.citizen import Citizen
from bot.knowledge_source import KnowledgeSource, tables_of, wording_from
from bot.nlu.understanding import Understanding, open_understanding
from bot.reception import plain_reception
from bot.settings import Settings
from bot.text import analyse


@dataclass(frozen=True)
class Subject:
    """A desk with the parts an evaluation looks at. ``today``: the day all questions are asked on."""

    desk: Desk
    understanding: Understanding
    catalogue: Catalogue
    search_dir: Path
    today: date

    @property
    def codes(self) -> Collection[str]:
        """Codes of the loaded catalogue."""
        return self.catalogue.procedures.keys()

    def ask(self, question: str) -> Mapping[str, Any]:
        """The object of ``bot ask --json``, asked as a fresh conversation."""
        return self.desk.ask(question, Context(), self.today).as_dict()

    def newcomer(self) -> Citizen:
        """Somebody who begins a conversation."""
        return Citizen(self.desk, self.today)

    def ranking(self) -> RankingModel:
        """The ranking model in use."""
        return msgspec.json.decode((self.search_dir / "weights.json").read_bytes(), type=RankingModel)

    def index(self) -> SearchIndex:
        """A search index of its own over the same catalogue, tables and weights."""
        return SearchIndex(
            list(self.catalogue.procedures.values()),
            tables_of(self.search_dir),
            self.ranking(),
        )

    def seen(self, index: SearchIndex, question: str, limit: int) -> list[Hit]:
        """What search sees in a question of a fresh conversation, best first."""
        turn = turn_of(self.understanding.parse(receive(question)), self.catalogue, self.today)
        return index.search(analyse(without_places(turn)), limit=limit)


def open_subject(settings: Settings, model: Path, today: date) -> Subject:
    """The subject of a trained model and the configured catalogue."""
    source = KnowledgeSource(connect(settings.database_url), settings.data_dir, settings.refresh_seconds)
    understanding = open_understanding(model, settings.data_dir)
    desk = Desk(plain_reception(source), understanding, wording_from(Path("domain.yml")))
    catalogue = source.assistant().catalogue
    return Subject(desk, understanding, catalogue, settings.data_dir / "search", today)
