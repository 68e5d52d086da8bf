"""Rasa's tracker, cheap to copy."""

import copy

from rasa.shared.core.trackers import DialogueStateTracker


class Tracker(DialogueStateTracker):  # type: ignore[misc]
    """``copy`` gives the state as it is. Rasa plays all events again on a new tracker, for each action."""

    def copy(self) -> DialogueStateTracker:
        """The same state, which goes its own way from there."""
        if self.active_loop is not None:
            return super().copy()
        twin = copy.copy(self)
        twin.events = self._create_events(self.events)
        twin.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        # As Rasa has it: only the tracker itself marks its events with model and assistant.
        twin.model_id = twin.assistant_id = None
        return twin
