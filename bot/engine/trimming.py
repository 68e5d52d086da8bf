"""Cuts a tracker down to what decides the next turn."""

from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    FollowupAction,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker


def trimmed(tracker: DialogueStateTracker) -> list[dict[str, Any]]:
    """Events of a tracker that gives the same next turn: slots, the kind of the last message and what was
    done after it, loop and pause. No text of anybody, and no more of it however long the conversation.
    """
    began = next((event for event in reversed(tracker.events) if isinstance(event, SessionStarted)), None)
    kept: list[Event] = []
    if began:
        kept += [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=began.timestamp), began]
    for slot in tracker.slots.values():
        if slot.value != slot.initial_value:
            kept.append(SlotSet(slot.name, slot.value))
    if tracker.active_loop_name:
        kept.append(ActiveLoop(tracker.active_loop_name))
    if began or tracker.events:
        kept.append(ActionExecuted(ACTION_LISTEN_NAME))
    last = next(
        (event for event in reversed(tracker.applied_events()) if isinstance(event, UserUttered)), None
    )
    if last:
        kept.append(_without_words(last))
        kept += [ActionExecuted(name) for name in _done_since(tracker)]
    if tracker.is_paused():
        kept.append(ConversationPaused())
    if tracker.followup_action and tracker.followup_action != ACTION_LISTEN_NAME:
        kept.append(FollowupAction(tracker.followup_action))
    return [event.as_dict() for event in kept]


def _done_since(tracker: DialogueStateTracker) -> list[str]:
    done: list[str] = []
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            done.append(event.action_name)
    return done[::-1]


def _without_words(said: UserUttered) -> UserUttered:
    """The same message as far as it is looked at later: its kind, its channel and its time."""
    intent = {name: said.intent[name] for name in ("name", "confidence") if name in said.intent}
    return UserUttered(
        text="",
        intent=intent,
        parse_data={"intent": intent, "entities": [], "text": ""},
        timestamp=said.timestamp,
        input_channel=said.input_channel,
        message_id=said.message_id,
    )
