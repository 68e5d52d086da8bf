"""A conversation in this process: understanding, catalogue and texts without any server."""

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.answers.card import button_of
from bot.answers.context import Context
from bot.answers.incoming import receive
from bot.answers.phrase import Phrase
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.answers.understood import turn_of
from bot.answers.wording import Wording
from bot.database import connect
from bot.dossiers.casefile import CaseFile
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.nlu.understanding import Understanding, open_understanding
from bot.reception import Reception, plain_reception
from bot.settings import Settings


@dataclass(frozen=True)
class Exchange:
    """One question and what it got. ``elapsed_ms``: understanding, search and answer together."""

    question: str
    turn: Turn
    reply: Reply
    texts: tuple[str, ...]
    buttons: tuple[dict[str, str], ...]
    as_of: date
    elapsed_ms: float
    file: CaseFile

    def as_dict(self) -> dict[str, Any]:
        """The object ``bot ask --json`` prints."""
        return {
            "question": self.question,
            "intent": self.reply.intent.value,
            "confidence": round(self.turn.confidence, 4),
            "outcome": self.reply.outcome.value,
            "procedure_code": self.reply.procedure_code,
            "candidates": [{"code": c.code, "name": c.name, "score": c.score} for c in self.reply.candidates],
            "text": "\n\n".join(self.texts),
            "buttons": list(self.buttons),
            "sources": [
                {
                    "code": source.code,
                    "title": source.title,
                    "url": source.url,
                    "date": source.dated.isoformat() if source.dated else None,
                }
                for source in self.reply.sources
            ],
            "as_of": self.as_of.isoformat(),
            "elapsed_ms": round(self.elapsed_ms, 2),
        }


@dataclass(frozen=True)
class Meeting:
    """Where a message is said: all empty where no conversation is kept."""

    conversation_id: str = ""
    message_id: str = ""
    channel: str = ""


class Desk:
    """Answers messages in this process; keeps no conversation itself."""

    def __init__(self, reception: Reception, understanding: Understanding, wording: Wording) -> None:
        self._reception, self._understanding, self._wording = reception, understanding, wording

    def revision(self) -> int:
        """Revision of the catalogue answered from; 0 before anything was loaded."""
        return self._reception.concierge().catalogue.revision

    def say(self, words: Phrase) -> str:
        """One phrase as text."""
        return self._wording.say(words)

    def ask(
        self,
        question: str,
        context: Context,
        today: date,
        as_of: date | None = None,
        file: CaseFile | None = None,
        at: Meeting | None = None,
    ) -> Exchange:
        """Answer one message; ``as_of`` asks about an earlier or later day than today."""
        started = time.perf_counter()
        concierge, at = self._reception.concierge(), at or Meeting()
        parsed = {**self._understanding.parse(receive(question)), "message_id": at.message_id}
        turn = turn_of(parsed, concierge.catalogue, today, as_of, at.channel, at.conversation_id)
        spoken = concierge.respond(turn, context, file or CaseFile())
        reply, say = spoken.reply, self._wording
        texts = tuple(say.text(answer, at.channel) for answer in reply.answers)
        buttons = tuple(button_of(button, say, at.channel) for button in reply.buttons)
        elapsed = (time.perf_counter() - started) * 1000
        return Exchange(question, turn, reply, texts, buttons, as_of or today, elapsed, spoken.file)


def open_desk(settings: Settings, model_path: Path, source: KnowledgeSource | None = None) -> Desk:
    """A desk over the configured database and a trained model. ``source``: where it is loaded already."""
    if source is None:
        engine = connect(settings.database_url)
        source = KnowledgeSource(engine, settings.data_dir, settings.refresh_seconds)
    understanding = open_understanding(model_path, settings.data_dir)
    return Desk(plain_reception(source), understanding, wording_from(Path("domain.yml")))
