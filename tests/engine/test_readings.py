"""What citizens lose here: the answer to what they asked, where a reading comes back as another one."""

from pathlib import Path
from typing import Any

import pytest

from bot.engine.readings import Readings
from bot.nlu.understanding import Understanding, open_understanding
from tests.working import ROOT, trained_model

UNCLEAR: dict[str, Any] = {
    "text": "Zzz",
    "intent": {"name": "nlu_fallback", "confidence": 0.9},
    "intent_ranking": [{"name": "nlu_fallback", "confidence": 0.9}, {"name": "greet", "confidence": 1 / 3}],
    "entities": [{"entity": "unit", "value": "Phường Hạ Long", "start": 0, "end": 3}],
    "text_tokens": [(0, 3)],
}


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return open_understanding(Path(trained_model()), ROOT / "data")


@pytest.mark.parametrize(
    "read",
    [
        UNCLEAR,
        {**UNCLEAR, "intent_ranking": []},
        {**UNCLEAR, "intent_ranking": [{"name": "greet", "confidence": 0.5, "id": 3}]},
        {"text": "Zzz", "intent": {"name": None, "confidence": 0.0}, "entities": []},
    ],
)
def test_a_reading_comes_back_as_it_was_kept(read: dict[str, Any]) -> None:
    readings = Readings(3)
    readings.keep("Zzz", read)
    found = readings.find("Zzz")
    assert found == read and list(found) == list(read)


def test_every_probability_comes_back_to_the_last_digit(understanding: Understanding) -> None:
    readings = Readings(3)
    read = dict(understanding.parse("Làm khai sinh ở phường Hạ Long cần giấy tờ gì?"))
    readings.keep(read["text"], read)
    assert readings.find(read["text"]) == read


def test_what_a_channel_adds_is_not_kept() -> None:
    readings = Readings(3)
    readings.keep("Zzz", UNCLEAR)
    for _ in range(2):
        found = readings.find("Zzz")
        assert found is not None and "message_id" not in found
        found["message_id"] = "m1"
        found["intent_ranking"].clear()


def test_the_oldest_is_given_up_first() -> None:
    readings = Readings(2)
    for text in ("một", "hai", "ba"):
        readings.keep(text, {"text": text})
    assert readings.find("một") is None
    assert readings.find("hai") == {"text": "hai"} and readings.find("ba") == {"text": "ba"}
