"""What citizens lose here: the thread of the conversation, or words of theirs kept where they need not be."""

import time

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.engine.trimming import trimmed

SLOTS = [AnySlot("context", [], influence_conversation=False)]
LISTEN = ActionExecuted("action_listen")


def tracker(events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("citizen", events, SLOTS, domain=Domain.empty())


def again(found: DialogueStateTracker) -> DialogueStateTracker:
    return tracker(deserialise_events(trimmed(found)))


def turn(number: int) -> list[Event]:
    said = f"câu hỏi số {number} của Nguyễn Văn A"
    parsed = {"intent": {"name": "ask_fee", "confidence": 0.9}, "entities": [{"entity": "x"}], "text": said}
    return [
        UserUttered(said, parsed["intent"], [], parsed, input_channel="zalo", message_id=f"m{number}"),
        ActionExecuted("action_answer"),
        BotUttered("Lệ phí là …", {"custom": {"outcome": "answered"}}),
        SlotSet("context", {"procedure": f"1.{number:06}"}),
        LISTEN,
    ]


def conversation(turns: int) -> DialogueStateTracker:
    start: list[Event] = [ActionExecuted("action_session_start"), SessionStarted(), LISTEN]
    return tracker([*start, *(event for number in range(turns) for event in turn(number))])


def test_memory_session_and_last_action_survive() -> None:
    before = conversation(3)
    after = again(before)
    assert after.get_slot("context") == {"procedure": "1.000002"}
    assert after.latest_action_name == before.latest_action_name == "action_listen"
    assert after.get_latest_input_channel() == "zalo"
    assert after.latest_message.intent["name"] == "ask_fee"
    for kind in (SessionStarted, UserUttered):
        (first, *_), (kept,) = (
            [event.timestamp for event in reversed(found.events) if isinstance(event, kind)]
            for found in (before, after)
        )
        assert first == kept


def test_no_words_are_kept() -> None:
    kept = str(trimmed(conversation(3)))
    assert "Nguyễn" not in kept and "Lệ phí là" not in kept and "entity" not in kept


def test_it_stays_as_short_however_long_the_conversation() -> None:
    """A citizen who asks for the hundredth time must not wait longer."""
    assert len(trimmed(conversation(2))) == len(trimmed(conversation(200)))
    assert len(trimmed(again(again(conversation(2))))) == len(trimmed(conversation(2)))


def test_loop_and_pause_survive() -> None:
    found = again(tracker([LISTEN, *turn(1), ActiveLoop("a_form"), ConversationPaused()]))
    assert found.active_loop_name == "a_form" and found.is_paused()


def test_an_expired_session_is_seen_to_be_expired() -> None:
    """The memory of last week would otherwise answer today's question."""
    old = tracker(
        [SessionStarted(), LISTEN, UserUttered("", {"name": "ask_fee"}, timestamp=time.time() - 9000)]
    )
    assert again(old).get_last_event_for(UserUttered).timestamp < time.time() - 8000


def test_a_conversation_that_has_not_begun_stays_so() -> None:
    assert trimmed(tracker([])) == []
    assert not again(tracker([])).current_state(EventVerbosity.ALL)["events"]
