"""Rasa's message processor on a short road."""

from typing import Any

from rasa.core.actions.action import Action, ActionListen, ActionSessionStart
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from bot.engine.decisions import Decisions
from bot.engine.local_action import LocalAction, local
from bot.engine.readings import Readings
from bot.engine.stored_model import read_model

_VALIDATION = "action_validate_slot_mappings"
_REJECTED = ActionExecutionRejected.type_name
_REMEMBERED = 2048
_KEEP_NOTHING = (LocalAction, ActionListen, ActionSessionStart)


class ShortProcessor(MessageProcessor):  # type: ignore[misc]
    """Does what ``MessageProcessor`` does, in its order, and leaves out what decides nothing here: planning
    the graph anew, asking whether slots are filled that only actions fill, copies for a debug log.
    """

    _load_model = staticmethod(read_model)

    def __init__(self, *args: Any, executor: ActionExecutor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._executor = executor
        self._fills_slots = _fills_slots(self.domain)
        self._intents, self._entities = frozenset(self.domain.intents), frozenset(self.domain.entities)
        self._names = self.domain.action_names_or_texts
        self._decisions = Decisions(self.model_metadata.predict_schema)
        self._readings = Readings(_REMEMBERED)
        self._actions: dict[str, Action] = {}

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """As Rasa reads a message; the same text in the same model is read once."""
        if not only_output_properties or not message.text:
            return await super().parse_message(message, tracker, only_output_properties)  # type: ignore[no-any-return]
        read = self._readings.find(message.text)
        if read is None:
            read = await super().parse_message(message, tracker)
            self._readings.keep(message.text, read)
        return read

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        entities = {entity["entity"] for entity in parse_data["entities"]}
        if parse_data["intent"]["name"] not in self._intents or not entities <= self._entities:
            super()._check_for_unseen_features(parse_data)

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        if not self._fills_slots:
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        goes_on = self.should_predict_another_action(tracker.latest_action_name)
        if self.is_action_limit_reached(tracker, goes_on):
            raise ActionLimitReached("The limit of actions to predict has been reached.")
        decided = self._decisions.find(tracker)
        if decided is None:
            prediction = self._predict_next_with_tracker(tracker)
            self._decisions.keep(prediction)
            decided = prediction, prediction.max_confidence_index
        prediction, number = decided
        return self._get_action(self._names[number]), prediction

    @staticmethod
    def _log_slots(_tracker: DialogueStateTracker) -> None:
        """What is in them is the citizen's, and no log's."""

    def _get_action(self, action_name: str) -> Action:
        """Rasa makes all actions anew for each look-up; those that keep nothing of a turn are made once."""
        action = self._actions.get(action_name)
        if action is None:
            action = local(super()._get_action(action_name), self._executor)
            if isinstance(action, _KEEP_NOTHING):
                self._actions[action_name] = action
        return action

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        if isinstance(action, ActionListen):
            # It does nothing, for which Rasa copies the tracker.
            self._log_action_on_tracker(tracker, action, [], prediction)
            return False
        return await super()._run_action(action, tracker, output_channel, nlg, prediction)  # type: ignore[no-any-return]

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        done = events or []
        if not any(event.type_name == _REJECTED for event in done):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(done, self.domain)


def _fills_slots(domain: Domain) -> bool:
    """Whether any slot is filled from messages; slots that only actions set need no look at them."""
    if _VALIDATION in domain.user_actions:
        return True
    mappings = [mapping for slot in domain.slots for mapping in slot.mappings]
    return any(mapping.get("type") != "custom" or mapping.get("action") for mapping in mappings)
