"""Who receives a citizen's message: the assistant and the flows of a dossier over the newest catalogue."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from bot.answers.assistant import Assistant
from bot.answers.knowledge import Knowledge
from bot.answers.phrase import Button
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.dossiers.casefile import Draft
from bot.dossiers.concierge import Concierge
from bot.dossiers.flow import Flow
from bot.dossiers.guide import Guide
from bot.dossiers.page import Extras
from bot.dossiers.readiness import Readiness
from bot.dossiers.vocabulary import Vocabulary, VocabularyFile, vocabulary_of
from bot.forms.offer import read_forms
from bot.knowledge_source import KnowledgeSource, read_yaml
from bot.offers import Offers
from bot.services import Services
from bot.settings import Settings

Flows = Callable[[Knowledge], Sequence[Flow]]


@dataclass(frozen=True)
class GuideWords:
    """What the guide understands, and the facts it checks readiness with."""

    vocabulary: Vocabulary
    readiness: Readiness


class NoExtras:
    """No pages and no other flows: where nothing but the conversation is there."""

    def buttons(self, procedure: Procedure, draft: Draft, turn: Turn) -> Sequence[Button]:
        """None."""
        return ()

    def leaving(self, url: str, draft: Draft, turn: Turn) -> str:
        """Straight there."""
        return url


class Reception:
    """Hands out the concierge for the newest catalogue revision; safe to call from several threads. ``flows``
    are made once for each revision: they keep nothing of a turn.
    """

    def __init__(
        self, source: KnowledgeSource, words: GuideWords, extras: Extras, flows: Flows | None = None
    ) -> None:
        self._source, self._words, self._extras = source, words, extras
        self._flows: Flows = flows or (lambda _knowledge: ())
        self._made: tuple[Assistant, Concierge] | None = None

    def concierge(self) -> Concierge:
        """Who answers now."""
        assistant, made = self._source.assistant(), self._made
        if made is None or made[0] is not assistant:
            # Whoever comes at the same time makes another one, which is as good.
            self._made = made = (assistant, self._over(assistant))
        return made[1]

    def _over(self, assistant: Assistant) -> Concierge:
        guide = Guide(
            assistant.knowledge, self._words.vocabulary, self._words.readiness, self._extras, new_draft_id
        )
        return Concierge(assistant, guide, self._flows(assistant.knowledge))


def plain_reception(source: KnowledgeSource) -> Reception:
    """The assistant and the guide alone."""
    return Reception(source, read_words(source), NoExtras())


def open_reception(
    source: KnowledgeSource, services: Services, settings: Settings, more: Flows | None = None
) -> Reception:
    """Everything this installation can do. ``more``: flows of packages further out, asked last."""

    def hand_in(procedure: Procedure, draft: Draft, today: date) -> Sequence[Button]:
        catalogue = source.assistant().catalogue
        return services.gateways.offers(catalogue).buttons(procedure, draft, today)

    pays = bool(services.cashier.ways)
    forms = read_forms(settings.data_dir / "forms")
    offers = Offers(settings, forms, services.secret, hand_in, pays)

    def flows(knowledge: Knowledge) -> Sequence[Flow]:
        return (*services.flows(knowledge), *(more(knowledge) if more else ()))

    return Reception(source, read_words(source), offers, flows)


def read_words(source: KnowledgeSource) -> GuideWords:
    """``data/dossiers/guide.yaml`` and ``readiness.yaml``."""
    folder = source.data_dir / "dossiers"
    words = msgspec.convert(read_yaml(folder / "guide.yaml"), VocabularyFile)
    readiness = msgspec.convert(read_yaml(folder / "readiness.yaml"), Readiness)
    return GuideWords(vocabulary_of(words), readiness)


def new_draft_id() -> str:
    """12 hexadecimal digits nobody can guess."""
    return secrets.token_hex(6)
