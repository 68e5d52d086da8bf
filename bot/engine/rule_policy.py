"""Rasa's rule policy, which decides each situation once and remembers it."""

import copy
import json
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import USED_ENTITIES_KEY, Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected
from rasa.shared.core.trackers import DialogueStateTracker

Situation = tuple[str | None, tuple[str | None, ...]]
"""Kind of the citizen's last message, and the actions since, the newest first."""
SITUATION = "situation"
"""In the diagnostic data of a prediction that depends on nothing else."""
_MOST = 10_000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class RememberingRulePolicy(RulePolicy):  # type: ignore[misc]
    """Predicts what ``RulePolicy`` predicts.

    Where no rule looks further back than the citizen's last message and at nothing but kinds of questions
    and actions, the prediction depends on these alone, so each is worked out once (2 ms of a turn
    otherwise, growing with the conversation). Where a rule looks at more, nothing is remembered.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._remembered: dict[Situation, tuple[PolicyPrediction, str | None]] = {}
        self._plain: bool | None = None

    def _predict(self, tracker: DialogueStateTracker, domain: Domain) -> tuple[PolicyPrediction, str | None]:
        if self._plain is None:
            self._plain = _looks_at_one_turn(self.lookup) and not _has_features(domain)
        here = situation(tracker) if self._plain else None
        if here is None or not _ignores_entities(domain, here[0]):
            return super()._predict(tracker, domain)  # type: ignore[no-any-return]
        found = self._remembered.get(here)
        if found is None:
            found = super()._predict(tracker, domain)
            found[0].diagnostic_data = {**found[0].diagnostic_data, SITUATION: here}
            if len(self._remembered) < _MOST:
                self._remembered[here] = found
        # Whoever gets a prediction adds events to it.
        prediction = copy.copy(found[0])
        prediction.events = list(prediction.events)
        prediction.optional_events = list(prediction.optional_events)
        return prediction, found[1]


def situation(tracker: DialogueStateTracker) -> Situation | None:
    """The kind of the last message and what was done since; None where there is more to it."""
    if tracker.active_loop_name or tracker.latest_message is None:
        return None
    done: list[str | None] = []
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecutionRejected):
            return None
        if isinstance(event, ActionExecuted):
            if event.action_name == ACTION_LISTEN_NAME:
                return tracker.latest_message.intent.get("name"), tuple(done)
            done.append(event.action_name)
    return None


def _looks_at_one_turn(lookup: dict[str, Any]) -> bool:
    """Whether all rules begin with listening and tell nothing apart but kinds of questions and actions."""
    if lookup.get("rules_for_loop_unhappy_path"):
        return False
    for key in lookup.get("rules", {}):
        states = json.loads(key)
        listened = [state.get("prev_action") == {"action_name": ACTION_LISTEN_NAME} for state in states]
        if not listened[0] or any(listened[1:]):
            return False
        for state in states:
            if state.keys() - {"prev_action", "user"} or state.get("user", {}).keys() - {"intent"}:
                return False
    return True


def _has_features(domain: Domain) -> bool:
    """Whether slots have a say in what comes next."""
    return any(slot.has_features() for slot in domain.slots if slot.influence_conversation)


def _ignores_entities(domain: Domain, intent: str | None) -> bool:
    """Whether entities found in a message of this kind have no say in what comes next."""
    return not domain.intent_properties.get(intent, {USED_ENTITIES_KEY: True}).get(USED_ENTITIES_KEY, True)
