"""What citizens lose here: silence or the wrong action where a remembered decision is not Rasa's own."""

import copy
from typing import Any

import pytest
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.ted_policy import TEDPolicy
from rasa.engine.graph import SchemaNode
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    Event,
    FollowupAction,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.decisions import Decisions

LISTEN, ANSWER = ActionExecuted("action_listen"), ActionExecuted("action_answer")


def said(intent: str) -> UserUttered:
    return UserUttered("", {"name": intent, "confidence": 0.9})


def asked(metadata: ModelMetadata, events: list[Event]) -> DialogueStateTracker:
    # Rasa asks for a decision when nothing was ordered to follow.
    tracker = DialogueStateTracker.from_events("citizen", events, metadata.domain.slots)
    tracker.clear_followup_action()
    return tracker


def predict(runner: GraphRunner, metadata: ModelMetadata, tracker: DialogueStateTracker) -> PolicyPrediction:
    target = metadata.core_target
    found: dict[str, Any] = runner.run({"__tracker__": tracker}, [target])
    return found[target]


@pytest.fixture
def decisions(metadata: ModelMetadata) -> Decisions:
    return Decisions(metadata.predict_schema)


def test_every_kind_of_question_is_decided_as_by_rasa(
    decisions: Decisions, straight: GraphRunner, dask: GraphRunner, metadata: ModelMetadata
) -> None:
    names = metadata.domain.action_names_or_texts
    left_to_rasa = set()
    for intent in [*metadata.domain.intents, "nobody_knows"]:
        for rest in ([], [ANSWER], [ANSWER, ANSWER]):
            tracker = asked(metadata, [LISTEN, said("greet"), ANSWER, LISTEN, said(intent), *rest])
            assert decisions.find(tracker) is None
            decisions.keep(predict(straight, metadata, tracker))
            if decisions.find(tracker) is None:
                left_to_rasa.add(intent)
                continue
            rasas = predict(dask, metadata, tracker)
            for _ in range(2):
                found = decisions.find(tracker)
                assert found is not None
                prediction, number = found
                assert prediction == rasas and names[number] == names[rasas.max_confidence_index]
    # Kinds of its own, whose entities would count.
    assert left_to_rasa <= {*DEFAULT_INTENTS, "nobody_knows"}


def test_events_of_a_decision_belong_to_one_citizen(
    decisions: Decisions, straight: GraphRunner, metadata: ModelMetadata
) -> None:
    tracker = asked(metadata, [LISTEN, said("ask_fee")])
    decisions.keep(predict(straight, metadata, tracker))
    first, second = decisions.find(tracker), decisions.find(tracker)
    assert first and second and first[0].events
    tracker.model_id = "stamped"
    tracker.update_with_events(first[0].events, metadata.domain)
    first[0].events.append(ANSWER)
    assert [event.metadata for event in second[0].events] == [{}]
    again = decisions.find(tracker)
    assert again and again[0] == second[0] and again[0].events[0].metadata == {}


@pytest.mark.parametrize(
    "more", [ActiveLoop("a_form"), FollowupAction("action_restart"), ActionExecutionRejected("action_answer")]
)
def test_what_is_more_than_a_situation_is_asked_of_rasa(
    decisions: Decisions, straight: GraphRunner, metadata: ModelMetadata, more: Event
) -> None:
    decisions.keep(predict(straight, metadata, asked(metadata, [LISTEN, said("ask_fee")])))
    tracker = asked(metadata, [LISTEN, said("ask_fee")])
    assert decisions.find(tracker) is not None
    tracker.update(more)
    assert decisions.find(tracker) is None


def test_beside_another_policy_nothing_is_remembered(straight: GraphRunner, metadata: ModelMetadata) -> None:
    """The other one may look at more than the rules do."""
    schema = copy.copy(metadata.predict_schema)
    schema.nodes = {**schema.nodes, "ted": SchemaNode({}, TEDPolicy, "load", "predict", {})}
    decisions = Decisions(schema)
    tracker = asked(metadata, [LISTEN, said("ask_fee")])
    decisions.keep(predict(straight, metadata, tracker))
    assert decisions.find(tracker) is None
