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
        {**UNCLEAR, "intent_ranking": [{"name": str(n), "confidence": n / 3} for n in range(300)]},
        {**UNCLEAR, "text_tokens": [(0, 3), (4, 70_000)]},
        {**UNCLEAR, "text_tokens": [[0, 3]]},
        {**UNCLEAR, "text_tokens": [(0, 3, "Zzz")]},
        {**UNCLEAR, "text_tokens": [(0, 3), (4, 9), (10, 2000)]},
    ],
)
def test_a_reading_comes_back_as_it_was_kept(read: dict[str, Any]) -> None:
    readings = Readings(3)
    readings.keep("Zzz", read)
    found = readings.find("Zzz")
    assert found == read and list(found) == list(read)
    assert readings.find("Zzz") == found and readings.find("Zzz") is not found


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
        found["text_tokens"].clear()


def test_each_reading_has_the_names_of_its_own_ranking() -> None:
    """Names are numbered once for all: another order of them, and names that come later."""
    readings = Readings(3)
    for text, names in (("a", ("x", "y")), ("b", ("y", "x", "z")), ("c", (None, "x"))):
        readings.keep(text, {"intent_ranking": [{"name": name, "confidence": 0.5} for name in names]})
    found = [[row["name"] for row in (readings.find(text) or {})["intent_ranking"]] for text in "abc"]
    assert found == [["x", "y"], ["y", "x", "z"], [None, "x"]]


def test_the_oldest_is_given_up_first() -> None:
    readings = Readings(2)
    for text in ("một", "hai", "ba"):
        readings.keep(text, {"text": text})
    assert readings.find("một") is None
    assert readings.find("hai") == {"text": "hai"} and readings.find("ba") == {"text": "ba"}
