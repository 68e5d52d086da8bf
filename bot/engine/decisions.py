"""What is done next in a situation, decided once."""

import copy
from functools import cached_property

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import GraphSchema
from rasa.shared.core.trackers import DialogueStateTracker

from bot.engine.rule_policy import SITUATION, RememberingRulePolicy, Situation, situation

_MOST = 10_000


class Decisions:
    """Predictions of a whole graph by situation. Kept only where the rules alone decide, and they say that
    they looked at nothing but the situation: a list of a thousand actions is made and searched for each
    decision otherwise.
    """

    def __init__(self, schema: GraphSchema) -> None:
        policies = [node.uses for node in schema.nodes.values() if issubclass(node.uses, Policy)]
        self._rules_alone = policies == [RememberingRulePolicy]
        self._decided: dict[Situation, tuple[Decided, int]] = {}

    def find(self, tracker: DialogueStateTracker) -> tuple[PolicyPrediction, int] | None:
        """The prediction and the number of its action; None where it has to be asked for."""
        if not self._rules_alone or tracker.followup_action:
            return None
        here = situation(tracker)
        found = self._decided.get(here) if here else None
        return (_own(found[0]), found[1]) if found else None

    def keep(self, prediction: PolicyPrediction) -> None:
        """Remember a prediction that was asked for."""
        here: Situation | None = prediction.diagnostic_data.get(SITUATION)
        if here and self._rules_alone and len(self._decided) < _MOST:
            decided = _own(prediction)
            self._decided[here] = (decided, prediction.probabilities.index(decided.max_confidence))


class Decided(PolicyPrediction):  # type: ignore[misc]
    """A prediction that looks for its highest confidence, among a thousand, once."""

    @cached_property
    def max_confidence(self) -> float:
        """As ``PolicyPrediction`` has it."""
        found: float = super().max_confidence
        return found


def _own(prediction: PolicyPrediction) -> Decided:
    """A tracker takes over the events of a prediction, and stamps them."""
    twin = Decided.__new__(Decided)
    twin.__dict__.update(prediction.__dict__)
    twin.events = [copy.copy(event) for event in prediction.events]
    return twin
