"""Takes up a newly activated model while the one before goes on answering."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from bot.bank.activation import Act, Activation
from bot.bank.bank import Bank, name_of
from bot.channels.tasks import trace
from bot.memory import give_back

logger = logging.getLogger(__name__)

_BY = "assistant"
T = TypeVar("T")


class Models(Generic[T]):
    """``current``: made of the model that serves by ``load``, which runs in a thread. Turns under way keep
    what they began with.
    """

    def __init__(self, bank: Bank, model: Path, load: Callable[[Path], T], every: float = 3.0) -> None:
        self._bank, self._load, self._every = bank, load, every
        self._model = name_of(model)
        self._seen = self._last()
        self.current = load(model)

    async def watch(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(self._every)
            try:
                await self.look()
            except Exception as error:
                logger.error("the bank of models could not be read: %s", trace(error))

    async def look(self) -> None:
        """Take up what was activated since the last look; a model that cannot be loaded is given up."""
        last = await asyncio.to_thread(self._last)
        if last is None or last == self._seen:
            return
        self._seen = last
        if last.model == self._model:
            return
        logger.info("taking up model %s in the place of %s", last.model, self._model)
        try:
            self.current = await asyncio.to_thread(self._load, self._bank.path(last.model))
        except Exception as error:
            logger.error("model %s cannot serve: %s", last.model, trace(error))
            await asyncio.to_thread(self._give_up, last, type(error).__name__)
            return
        self._model = last.model
        # Its parts know each other: the one before would stay until a collection that may be hours away.
        await asyncio.to_thread(give_back)

    def _give_up(self, activation: Activation, why: str) -> None:
        """Once: of several processes the first one writes it down."""
        if self._last() == activation:
            self._seen = self._bank.record(
                Act.WENT_BACK, self._model, f"{activation.model}: {why}", served=None, by=_BY
            )

    def _last(self) -> Activation | None:
        history = self._bank.history()
        return history[-1] if history else None
