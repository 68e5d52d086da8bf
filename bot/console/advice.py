"""What the assistant would answer, over the newest model; it is loaded when first asked."""

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Candidate, SourceRef
from bot.console.lack import Lack
from bot.desk import Desk, Exchange, Meeting, open_desk
from bot.knowledge_source import KnowledgeSource
from bot.settings import Settings
from bot.training import newest_model

logger = logging.getLogger(__name__)

_LOOK_SECONDS = 300.0
"""How long a model is used before looking for a newer one; finding it reads all training data."""
_EMPTY = frozenset({Outcome.HANDED_OFF, Outcome.COURTESY, Outcome.OUT_OF_SCOPE, Outcome.ERROR})
"""Outcomes in which the assistant says nothing a person could pass on."""


@dataclass(frozen=True)
class Asked:
    """``text``: the citizen's words, masked; ``seq``: their number; ``procedure_code``: spoken of before."""

    seq: int
    text: str
    procedure_code: str
    channel: str
    today: date


@dataclass(frozen=True)
class Advice:
    """``text`` is empty where there is a ``lack``; ``seq``: of the message it answers. ``intent``: as it was
    acted on, None where nothing was understood; ``confidence``: 0–1; ``candidates``: the best first.
    """

    seq: int
    text: str = ""
    outcome: Outcome | None = None
    sources: tuple[SourceRef, ...] = ()
    lack: Lack | None = None
    intent: Intent | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()


class Adviser(Protocol):
    """Who suggests answers."""

    async def advise(self, asked: Asked) -> Advice:
        """An answer or why there is none; never raises."""


class DeskAdviser:
    """One thread of its own: loading takes seconds, and pages must not wait behind it."""

    def __init__(self, settings: Settings, source: KnowledgeSource) -> None:
        self._settings, self._source = settings, source
        self._pool = ThreadPoolExecutor(1, "advice")
        self._desk: Desk | None = None
        self._model: Path | None = None
        self._looked_at = float("-inf")

    async def advise(self, asked: Asked) -> Advice:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._advise, asked)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _advise(self, asked: Asked) -> Advice:
        try:
            desk = self._newest()
            if desk is None:
                return Advice(asked.seq, lack=Lack.NO_MODEL)
            context = Context(procedure=asked.procedure_code or None)
            exchange = desk.ask(asked.text, context, asked.today, at=Meeting(channel=asked.channel))
            return advice_of(asked.seq, exchange)
        except Exception as error:
            # The words of a citizen may stand in the message of the error.
            logger.error("no suggestion: %s", type(error).__name__)
            return Advice(asked.seq, lack=Lack.FAILED)

    def _newest(self) -> Desk | None:
        if time.monotonic() - self._looked_at >= _LOOK_SECONDS:
            model = newest_model(self._settings)
            if model is not None and model != self._model:
                self._desk, self._model = open_desk(self._settings, model, self._source), model
            self._looked_at = time.monotonic()
        return self._desk


def advice_of(seq: int, exchange: Exchange) -> Advice:
    """The assistant's answer as a suggestion."""
    reply, outcome = exchange.reply, exchange.reply.outcome
    found = Advice(
        seq,
        outcome=outcome,
        intent=reply.intent,
        confidence=exchange.turn.confidence,
        candidates=reply.candidates,
    )
    if outcome in _EMPTY:
        return replace(found, lack=Lack.NO_ANSWER)
    return replace(found, text="\n\n".join(exchange.texts), sources=reply.sources)
