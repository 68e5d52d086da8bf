"""Ours, taken apart: search on its own, the classifier on its own, and the whole turn."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from bot.catalogue.records import Procedure
from bot.catalogue.search import RankingModel, SearchIndex
from bot.evaluation.rivals.guess import PLACES, Guess
from bot.evaluation.subject import open_subject
from bot.knowledge_source import collection_paused, tables_of
from bot.nlu.understanding import open_understanding
from bot.settings import Settings
from bot.text import analyse


class OurSearch:
    """The search index asked with the question as it is: no places taken out, nothing understood before."""

    def __init__(self, procedures: Sequence[Procedure], search_dir: Path) -> None:
        weights = msgspec.json.decode((search_dir / "weights.json").read_bytes(), type=RankingModel)
        with collection_paused():
            self._index = SearchIndex(procedures, tables_of(search_dir), weights)

    def __call__(self, question: str) -> Guess:
        found = self._index.search(analyse(question), limit=PLACES)
        return Guess(tuple(hit.procedure.code for hit in found))


class OurClassifier:
    """The question classifier of a trained model, with the names and identifiers it finds on the way."""

    def __init__(self, model: Path, data_dir: Path) -> None:
        self._understanding = open_understanding(model, data_dir)

    def __call__(self, question: str) -> Guess:
        return Guess(intent=self._understanding.parse(question)["intent"]["name"])


class OurTurn:
    """What ``bot ask`` does with a fresh conversation: the candidates it names and the kind it acts on."""

    def __init__(self, settings: Settings, model: Path, today: date) -> None:
        self._subject = open_subject(settings, model, today)

    def __call__(self, question: str) -> Guess:
        reply = self._subject.ask(question)
        return Guess(tuple(found["code"] for found in reply["candidates"])[:PLACES], reply["intent"])
