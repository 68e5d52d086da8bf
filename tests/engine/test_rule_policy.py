"""What citizens lose here: silence or the wrong action where a remembered decision is not Rasa's own."""

import json

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.rule_policy import RememberingRulePolicy, _looks_at_one_turn, situation

LISTEN, ANSWER = ActionExecuted("action_listen"), ActionExecuted("action_answer")


@pytest.fixture(scope="module")
def policy(straight: GraphRunner) -> RememberingRulePolicy:
    nodes = straight._instantiated_nodes.values()
    found = [node._component for node in nodes if isinstance(node._component, RememberingRulePolicy)]
    assert len(found) == 1
    return found[0]


def said(intent: str) -> UserUttered:
    return UserUttered("", {"name": intent, "confidence": 0.9})


def decide(policy: RulePolicy, tracker: DialogueStateTracker, metadata: ModelMetadata) -> tuple[object, ...]:
    prediction, source = policy._predict(tracker, metadata.domain)
    return prediction.probabilities, prediction.events, prediction.hide_rule_turn, source


def asked(metadata: ModelMetadata, events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("citizen", events, metadata.domain.slots)


def test_every_kind_of_question_is_decided_as_by_rasa(
    policy: RememberingRulePolicy, metadata: ModelMetadata
) -> None:
    for intent in [*metadata.domain.intents, "nobody_knows"]:
        for rest in ([], [ANSWER], [ANSWER, ANSWER], [ActionExecuted("action_restart")]):
            events = [SessionStarted(), LISTEN, said("greet"), ANSWER, LISTEN, said(intent), *rest]
            tracker = asked(metadata, events)
            rasas, source = RulePolicy._predict(policy, tracker, metadata.domain)
            expected = (rasas.probabilities, rasas.events, rasas.hide_rule_turn, source)
            for _ in range(2):
                assert decide(policy, tracker, metadata) == expected, (intent, rest)


def test_what_is_added_to_a_decision_does_not_stay_in_it(
    policy: RememberingRulePolicy, metadata: ModelMetadata
) -> None:
    """Events of one citizen would turn up in the conversation of another."""
    tracker = asked(metadata, [LISTEN, said("ask_fee")])
    first, _ = policy._predict(tracker, metadata.domain)
    first.events.append(SlotSet("context", "somebody's"))
    second, _ = policy._predict(tracker, metadata.domain)
    assert second.events == []


def test_a_loop_is_left_to_rasa(metadata: ModelMetadata) -> None:
    """A form decides by what was filled in, which is more than the kind of the message."""
    events = [LISTEN, said("ask_fee")]
    assert situation(asked(metadata, events)) == ("ask_fee", ())
    assert situation(asked(metadata, [*events, ActiveLoop("a_form")])) is None
    assert situation(asked(metadata, [ANSWER])) is None


@pytest.mark.parametrize(
    "states",
    [
        [{"prev_action": {"action_name": "action_answer"}, "user": {"intent": "greet"}}],
        [
            {
                "prev_action": {"action_name": "action_listen"},
                "user": {"intent": "greet"},
                "slots": {"a": [1.0]},
            }
        ],
        [{"prev_action": {"action_name": "action_listen"}, "user": {"text": "xin chào"}}],
        [
            {
                "prev_action": {"action_name": "action_listen"},
                "user": {"intent": "greet", "entities": ["unit"]},
            }
        ],
        [
            {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}},
            {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "deny"}},
        ],
    ],
)
def test_rules_that_look_at_more_are_left_to_rasa(states: list[dict[str, object]]) -> None:
    """The day somebody writes such a rule it must work."""
    assert not _looks_at_one_turn({"rules": {json.dumps(states): "action_answer"}})


def test_our_rules_look_at_one_turn(policy: RememberingRulePolicy) -> None:
    assert _looks_at_one_turn(policy.lookup)
