"""Custom actions run in Rasa's own process, without a server between."""

from importlib import import_module
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk.executor import ActionExecutor

from bot.engine.events import events_of

PACKAGE = "actions"


def open_executor(package: str = PACKAGE) -> ActionExecutor:
    """The SDK's executor, as the action server has it, with all actions of the package."""
    executor = ActionExecutor()
    executor.register_package(package)
    return executor


def prepare(package: str = PACKAGE) -> None:
    """Load now what actions else load at their first message. Raises whatever that raises."""
    import_module(f"{package}.resources").prepare()


class LocalAction(RemoteAction):  # type: ignore[misc]
    """What ``RemoteAction`` does, but by a call: no request, no domain sent along, and no schema compiled to
    check what our own SDK gives back (40 ms each time).
    """

    def __init__(self, name: str, executor: ActionExecutor) -> None:
        super().__init__(name, None)
        self._executor = executor

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Events of the action, its utterances first."""
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": tracker.current_state(EventVerbosity.ALL),
            "domain": {},
        }
        done: dict[str, Any] = await self._executor.run(call) or {}
        said = await self._utter_responses(done.get("responses", []), output_channel, nlg, tracker)
        return [*said, *events_of(done.get("events", []))]


def local(action: Action, executor: ActionExecutor) -> Action:
    """The same action, run here where it would be asked of an action server."""
    return LocalAction(action.name(), executor) if type(action) is RemoteAction else action
