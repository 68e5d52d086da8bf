"""From what the understanding found to a turn of the assistant."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.answers.incoming import pressed
from bot.answers.intent import Intent
from bot.answers.places import read_place
from bot.answers.start_wish import start_first
from bot.answers.turn import Mention, Turn
from bot.catalogue.view import Catalogue

_KNOWN = {intent.value: intent for intent in Intent}


def turn_of(
    parsed: Mapping[str, Any],
    catalogue: Catalogue,
    today: date,
    as_of: date | None = None,
    channel: str = "",
    conversation_id: str = "",
) -> Turn:
    """Turn from Rasa's parse result: ``{"text", "intent", "intent_ranking", "entities"}``.

    Intents outside the closed set (Rasa's own fallback) are left out; the ranking under them stands.
    """
    text = str(parsed.get("text") or "")
    button = pressed(text)
    ranking = list(parsed.get("intent_ranking") or [parsed.get("intent") or {}])
    return Turn(
        text="" if button else text,
        intents=start_first(
            [
                (kind, float(row["confidence"]))
                for row in ranking
                if (kind := _KNOWN.get(row.get("name"))) is not None
            ],
            text,
        ),
        today=today,
        mentions=tuple(_mentions(parsed.get("entities") or (), catalogue)),
        pressed=button,
        as_of=as_of,
        channel=channel,
        conversation_id=conversation_id,
        message_id=str(parsed.get("message_id") or ""),
    )


def _mentions(entities: Iterable[Mapping[str, Any]], catalogue: Catalogue) -> Iterable[Mention]:
    for entity in entities:
        kind, value = str(entity["entity"]), str(entity["value"])
        start, end = int(entity.get("start") or 0), int(entity.get("end") or 0)
        if kind == "unit":
            place = read_place(value, catalogue, start, end)
            if place:
                yield place
        elif kind == "agency":
            codes = entity.get("codes") or [value]
            yield Mention(kind, str(codes[0]), start, end)
        else:
            yield Mention(kind, value, start, end)
