"""The one action: never silent, remembers codes only, puts the buttons under the last message."""

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer, ActionDefaultFallback, ActionRestart, apology
from bot.answers.assistant import Assistant
from bot.answers.context import load_context
from tests.actions.conftest import Says


def run(
    tracker: Tracker, action: ActionAnswer | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Messages and events of one run."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run((action or ActionAnswer()).run(dispatcher, tracker, {}))
    return dispatcher.messages, events


def test_a_failure_inside_ends_in_an_apology(says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    """Silence would leave the citizen waiting in front of the screen."""

    def fail(*_arguments: Any) -> None:
        raise RuntimeError("index gone")

    monkeypatch.setattr(Assistant, "respond", fail)
    messages, events = run(says("đăng ký khai sinh cần gì", '{"procedure":"1.001193"}'))
    assert [message["text"] for message in messages] == [apology()]
    assert messages[0]["outcome"] == messages[0]["custom"]["outcome"] == "error"
    assert events == [], "a broken turn leaves the memory as it was"


def test_no_catalogue_ends_in_an_apology(says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("database is locked")

    monkeypatch.setattr("actions.answer.reception", fail)
    messages, events = run(says("xin chào"))
    assert messages[0]["outcome"] == "error" and messages[0]["text"]
    assert events == []


def test_the_apology_says_where_else_to_turn() -> None:
    assert "Xin lỗi" in apology() and "{" not in apology()


def test_the_memory_goes_through_the_slot(says: Says) -> None:
    """Without it every follow-up would be asked back."""
    _, events = run(says("đăng ký khai sinh cần giấy tờ gì"))
    (event,) = events
    assert event["event"] == "slot" and event["name"] == "context"
    assert load_context(event["value"]).procedure == "1.001193"
    messages, _ = run(says("còn lệ phí?", event["value"]))
    assert messages[-1]["procedure_code"] == "1.001193"
    assert messages[-1]["outcome"] == "answered"


@pytest.mark.parametrize("slot", ["", "not json", "[]", '{"procedure":5}', '{"intent":"no such"}'])
def test_an_unreadable_slot_is_a_fresh_conversation(says: Says, slot: str) -> None:
    messages, events = run(says("đăng ký khai sinh cần giấy tờ gì", slot))
    assert messages[-1]["procedure_code"] == "1.001193"
    assert load_context(events[0]["value"]).procedure == "1.001193"


def test_buttons_stand_under_the_last_message_only(says: Says) -> None:
    """Chat windows hide the buttons of earlier messages."""
    messages, _ = run(says("làm gplx nộp ở đâu"))
    assert messages[-1]["buttons"]
    assert all(not message["buttons"] for message in messages[:-1])
    assert all(set(button) == {"title", "payload"} for button in messages[-1]["buttons"])


def test_several_answers_are_several_messages(says: Says) -> None:
    messages, _ = run(says("cho hỏi giấy tờ đăng ký kết hôn và đăng ký tạm trú"))
    assert len(messages) >= 2
    assert [("outcome" in message) for message in messages] == [False] * (len(messages) - 1) + [True]


def test_every_message_carries_what_the_turn_came_to(says: Says) -> None:
    """Rasa hands on nothing else but custom data: without it no channel could show a card."""
    messages, _ = run(says("đăng ký khai sinh cần giấy tờ gì", channel="zalo"))
    custom = messages[-1]["custom"]
    assert (custom["outcome"], custom["procedure_code"], custom["intent"]) == (
        "answered",
        "1.001193",
        "ask_documents",
    )
    assert 0 < custom["confidence"] <= 1
    assert custom["candidates"][0]["code"] == "1.001193" and custom["revision"] >= 1
    assert {"code": "1.001193", "date": "2026-11-21"} in custom["sources"]
    assert len(custom["card"]["checklist"]) == 3
    assert [source["date"] for source in custom["card"]["sources"]] == ["2026-11-21"]
    assert "Nguồn: " in messages[-1]["text"]


def test_two_procedures_are_two_cards(says: Says) -> None:
    """Papers of one must not stand below the other."""
    messages, _ = run(says("cho hỏi giấy tờ đăng ký kết hôn và đăng ký tạm trú", channel="web"))
    cards = [message["custom"]["card"] for message in messages]
    codes = [card["code"] for card in cards if card]
    assert len(codes) == len(set(codes)) == 2
    told = [message["text"] for message, card in zip(messages, cards, strict=True) if card]
    assert all(code in text for code, text in zip(codes, told, strict=True))


def test_on_the_web_the_source_stands_on_the_card_alone(says: Says) -> None:
    (web, *_), _ = run(says("đăng ký khai sinh cần giấy tờ gì", channel="web"))
    assert "Nguồn: " not in web["text"] and "Mã thủ tục: 1.001193" in web["text"]
    assert web["custom"]["card"]["sources"]


def test_the_memory_holds_none_of_the_citizens_words(says: Says) -> None:
    """The slot is stored: names and numbers do not belong there."""
    _, events = run(says("tôi là Trần Văn Bưởi, số 022199001234, đăng ký khai sinh cần gì"))
    assert "Bưởi" not in events[0]["value"] and "022199001234" not in events[0]["value"]


@pytest.mark.parametrize("action", [ActionDefaultFallback(), ActionRestart()])
def test_rasas_own_actions_answer_too(says: Says, action: ActionAnswer) -> None:
    messages, events = run(says("nói lại từ đầu giùm", '{"procedure":"1.001193"}'), action)
    assert messages[0]["text"]
    assert load_context(events[0]["value"]).procedure is None


def test_names_are_those_of_the_domain() -> None:
    names = {ActionAnswer().name(), ActionDefaultFallback().name(), ActionRestart().name()}
    assert names == {"action_answer", "action_default_fallback", "action_restart"}
