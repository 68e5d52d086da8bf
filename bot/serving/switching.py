"""Puts a newly activated model into the running Rasa's place."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from bot.bank.activation import Act, Activation
from bot.bank.bank import Bank, name_of
from bot.serving.child import Service
from bot.serving.supervisor import Replacement

_BY = "bot serve"


class ModelSwitch:
    """Watches the history of activations from now on; ``running``: the model that serves at the start.

    ``service`` makes a Rasa of a model.
    """

    def __init__(
        self,
        bank: Bank,
        running: Path,
        service: Callable[[Path], Service],
        say: Callable[[str], None] = print,
    ) -> None:
        self._bank, self._running, self._service, self._say = bank, running, service, say
        self._seen = self._last()

    def wanted(self) -> Replacement | None:
        """The Rasa to run instead of the present one; None while nothing new was activated.

        A model whose file is missing is given up at once.
        """
        last = self._last()
        if last is None or last == self._seen:
            return None
        self._seen = last
        model = self._bank.path(last.model)
        if model.resolve() == self._running.resolve():
            return None
        if not model.exists():
            self._give_up(last, "the file of the model is missing")
            return None
        self._say(f"Switching Rasa from {name_of(self._running)} to {last.model}; messages wait meanwhile …")
        return Replacement(self._service(model), partial(self._settled, last))

    def _settled(self, activation: Activation, problem: str | None) -> None:
        if problem is not None:
            self._give_up(activation, problem)
            return
        self._running = self._bank.path(activation.model)
        self._say(f"{activation.model} serves now.")

    def _give_up(self, activation: Activation, problem: str) -> None:
        back = name_of(self._running)
        self._say(f"{activation.model} cannot serve, going back to {back}: {problem}")
        # The history is for staff; the log's lines stay in the log.
        reason = problem.partition("\n")[0]
        try:
            if self._last() == activation:
                self._seen = self._bank.record(
                    Act.WENT_BACK, back, f"{activation.model}: {reason}", served=None, by=_BY
                )
        except OSError as error:
            self._say(f"The history of models could not be written: {error}")

    def _last(self) -> Activation | None:
        try:
            history = self._bank.history()
        except OSError as error:
            self._say(f"The history of models could not be read: {error}")
            return None
        return history[-1] if history else None
