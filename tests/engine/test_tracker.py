"""What citizens lose here: an action that sees another state of the conversation than Rasa would show it."""

from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.engine.tracker import Tracker

SLOTS = [AnySlot("context", [], influence_conversation=False)]
TALK: list[Event] = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
    UserUttered("tôi hỏi", {"name": "ask_fee"}, input_channel="zalo"),
    ActionExecuted("action_answer"),
    SlotSet("context", {"procedure": "1.001193"}),
]


def shown(tracker: DialogueStateTracker) -> dict[str, object]:
    return dict(tracker.current_state(EventVerbosity.ALL))


def test_a_copy_is_what_rasa_would_make_at_every_point() -> None:
    for length in range(len(TALK) + 1):
        tracker = Tracker.from_events("citizen", TALK[:length], SLOTS)
        assert shown(tracker.copy()) == shown(DialogueStateTracker.copy(tracker)), length


def test_a_copy_goes_its_own_way() -> None:
    """What an action tries out would stay in the conversation even where it is given up."""
    tracker = Tracker.from_events("citizen", TALK, SLOTS)
    tracker.model_id = "model"
    before = shown(tracker)
    twin = tracker.copy()
    twin.update(SlotSet("context", "of the copy"))
    twin.update(ConversationPaused())
    assert shown(tracker) == before
    assert "model_id" not in twin.events[-1].metadata
    tracker.update(SlotSet("context", "of the tracker"))
    assert twin.get_slot("context") == "of the copy"


def test_a_loop_is_copied_by_rasa() -> None:
    """A loop changes in place."""
    tracker = Tracker.from_events("citizen", [*TALK, ActiveLoop("a_form")], SLOTS)
    twin = tracker.copy()
    assert tracker.active_loop is not None and twin.active_loop is not tracker.active_loop
    assert shown(twin) == shown(tracker)
