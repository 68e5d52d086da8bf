"""What an answer shows beside its text where a channel can: papers to tick off, and sources."""

from dataclasses import replace
from typing import Any

import msgspec

from bot.answers.about.lines import heading
from bot.answers.about.source import is_origin
from bot.answers.phrase import Answer, Button, SourceRef
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.answers.wording import Wording
from bot.catalogue.view import Catalogue
from bot.conversations.channel import Channel
from bot.conversations.said import Card, Source

MOST_CANDIDATES = 10
SHOWING = frozenset({Channel.WEB.value})
"""Channels on which the card stands below the text."""


def card_of(answer: Answer, catalogue: Catalogue, wording: Wording, channel: str = "") -> Card | None:
    """The card of an answer about one procedure; None for any other answer."""
    procedure = catalogue.procedures.get(answer.procedure_code or "")
    if procedure is None:
        return None
    return Card(
        code=procedure.code,
        name=heading(procedure),
        checklist=tuple(wording.value(paper, channel) for paper in answer.checklist),
        sources=tuple(map(_source, answer.sources)),
    )


def text_beside(card: Card | None, answer: Answer, wording: Wording, channel: str = "") -> str:
    """The answer as text; where the card shows sources and papers, without them."""
    if channel in SHOWING and card:
        lines = answer.beside or answer.phrases
        if card.sources:
            lines = tuple(line for line in lines if not is_origin(line))
        answer = replace(answer, phrases=lines)
    return wording.text(answer, channel)


def about_turn(turn: Turn, reply: Reply, card: Card | None, revision: int) -> dict[str, Any]:
    """Custom data of a message: what the turn came to in this ``revision`` of the catalogue, and its card."""
    return {
        "outcome": reply.outcome.value,
        "procedure_code": reply.procedure_code,
        "intent": reply.intent.value,
        "confidence": round(turn.confidence, 4),
        "candidates": [{"code": c.code, "score": c.score} for c in reply.candidates[:MOST_CANDIDATES]],
        "sources": [{"code": s.code, "date": _day(s)} for s in reply.sources],
        "revision": revision,
        "card": msgspec.to_builtins(card),
    }


def button_of(button: Button, wording: Wording, channel: str = "") -> dict[str, str]:
    """A button as Rasa carries it: ``{"title", "payload"}``, or with ``"url"`` for one that opens a page."""
    shown = {"title": wording.value(button.title, channel), "payload": button.payload}
    return {**shown, "url": button.url} if button.url else shown


def _source(source: SourceRef) -> Source:
    return Source(source.title, source.code, source.url or "", _day(source))


def _day(source: SourceRef) -> str:
    return source.dated.isoformat() if source.dated else ""
