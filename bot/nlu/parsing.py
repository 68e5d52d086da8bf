"""Intents and entities of a message, shared by Rasa's components and the road without Rasa. Pure."""

from typing import Any

from bot.nlu.clauses import ALARM, DANGER, SURE, clauses
from bot.nlu.features import extract
from bot.nlu.linear_model import LinearModel
from bot.nlu.matching import Gazetteer
from bot.text import find_identifiers
from bot.text.identifiers import Kind

PUBLIC_KINDS = frozenset({Kind.DOSSIER, Kind.PROCEDURE, Kind.MONEY})


def rank(model: LinearModel, text: str) -> list[dict[str, Any]]:
    """All intents with probabilities, best first; empty for a message without letters or digits.

    A clause that cries danger on its own lifts that intent to ``ALARM``, whatever the rest is about.
    """
    if not any(character.isalnum() for character in text):
        return []
    whole, *parts = model.probabilities_of([extract(part) for part in (text, *clauses(text))])
    chances = whole.tolist()
    for alone in parts:
        for place, label in enumerate(model.labels):
            if label in DANGER and alone[place] >= SURE:
                chances[place] = max(chances[place], ALARM)
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    return [{"name": model.labels[place], "confidence": chances[place]} for place in order]


def identifier_entities(text: str) -> list[dict[str, Any]]:
    """One entity per identifier; what is personal carries its kind in place of its value."""
    return [
        {
            "entity": identifier.kind.value,
            "start": identifier.start,
            "end": identifier.end,
            "value": identifier.value if identifier.kind in PUBLIC_KINDS else identifier.kind.value,
        }
        for identifier in find_identifiers(text)
    ]


def name_entities(names: Gazetteer, text: str) -> list[dict[str, Any]]:
    """Units, agencies, fields and levels; ``codes`` lists everything a name may stand for."""
    return [
        {
            "entity": match.entity,
            "value": match.value,
            "codes": list(match.codes),
            "start": match.start,
            "end": match.end,
        }
        for match in names.find(text)
    ]
