"""Rasa's agent with the short road's processor."""

from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa_sdk.executor import ActionExecutor

from bot.engine.processor import ShortProcessor
from bot.engine.turns import Turns


class ShortAgent(Agent):  # type: ignore[misc]
    """``Agent`` whose actions run in this process, and whose turns come one after the other."""

    def __init__(self, *args: Any, executor: ActionExecutor, turns: Turns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._executor, self._turns = executor, turns

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """A conversation waits for its own turns first, then for those of others."""
        processor = self.processor
        async with self.lock_store.lock(message.sender_id):
            return await self._turns.run(lambda: processor.handle_message(message))

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
    model: Path, tracker_store: TrackerStore, lock_store: LockStore, executor: ActionExecutor, turns: Turns
) -> ShortAgent:
    """The agent with a model; raises what Rasa raises for a model it cannot read."""
    agent = ShortAgent(tracker_store=tracker_store, lock_store=lock_store, executor=executor, turns=turns)
    agent.load_model(model)
    return agent
