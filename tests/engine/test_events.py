"""What citizens lose here: the thread of the conversation, where an event is read as another one."""

import pytest
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    ConversationPaused,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)

from bot.engine.events import events_of


def test_every_kind_is_read_as_by_rasa() -> None:
    kinds = [
        UserUttered("tôi hỏi", {"name": "ask_fee"}, input_channel="zalo"),
        BotUttered("trả lời", {"custom": {"outcome": "answered"}}),
        ActionExecuted("action_answer"),
        SlotSet("context", {"procedure": "1.001193"}),
        SessionStarted(),
        ConversationPaused(),
    ]
    rows = [event.as_dict() for event in kinds]
    for _ in range(2):
        read = events_of([*rows, {"note": "no event"}])
        assert read == deserialise_events(rows) == kinds
        assert [type(event) for event in read] == [type(event) for event in kinds]


def test_an_unknown_kind_is_an_error_not_silence() -> None:
    with pytest.raises(ValueError, match="nobody_knows"):
        events_of([{"event": "nobody_knows"}])
