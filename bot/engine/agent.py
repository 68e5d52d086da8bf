"""Rasa's agent with the short road's processor."""

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa_sdk.executor import ActionExecutor

from bot.engine.processor import ShortProcessor


class ShortAgent(Agent):  # type: ignore[misc]
    """``Agent`` whose actions run in this process."""

    def __init__(self, *args: Any, executor: ActionExecutor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._executor = executor

    @staticmethod
    def _create_tracker_store(store: TrackerStore, _domain: Domain | None) -> TrackerStore:
        """Without Rasa's net, which goes on in memory in silence when the database fails: the turn fails, and
        the gateway tries it again.
        """
        return store

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        self.processor = ShortProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            generator=self.nlg,
            executor=self._executor,
        )
        self.domain = self.processor.domain
        self._set_fingerprint(fingerprint)
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses


def open_agent(
    model: Path, tracker_store: TrackerStore, lock_store: LockStore, executor: ActionExecutor
) -> ShortAgent:
    """The agent with a model; raises what Rasa raises for a model it cannot read."""
    agent = ShortAgent(tracker_store=tracker_store, lock_store=lock_store, executor=executor)
    agent.load_model(model)
    return agent
