"""The one action: hand the message to the assistant, utter what it says, keep its memory."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import knowledge, today, wording
from bot.answers.context import load_context
from bot.answers.outcome import Outcome
from bot.answers.phrase import phrase
from bot.answers.understood import turn_of

logger = logging.getLogger(__name__)


class ActionAnswer(Action):  # type: ignore[misc]
    """Answers any message. A failure ends in an apology and the outcome ``error``, never in silence."""

    def name(self) -> str:
        """Name in ``domain.yml``."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Utter one message per answer, buttons on the last; remember the context."""
        channel = tracker.get_latest_input_channel() or ""
        try:
            assistant = knowledge().assistant()
            context = load_context(tracker.get_slot("context"))
            turn = turn_of(tracker.latest_message, assistant.catalogue, today(), channel=channel)
            reply = assistant.respond(turn, context)
            words = wording()
            texts = [words.text(answer, channel) for answer in reply.answers]
            buttons = [
                {"title": words.value(button.title, channel), "payload": button.payload}
                for button in reply.buttons
            ]
        except Exception:
            logger.exception("answering failed")
            dispatcher.utter_message(text=apology(), outcome=Outcome.ERROR.value)
            return []
        about = {"outcome": reply.outcome.value, "procedure_code": reply.procedure_code}
        for text in texts[:-1]:
            dispatcher.utter_message(text=text)
        dispatcher.utter_message(text=texts[-1], buttons=buttons, **about)
        return [SlotSet("context", reply.context.dump())]


class ActionDefaultFallback(ActionAnswer):
    """Rasa's fallback goes the same way: the assistant decides what an unclear message gets."""

    def name(self) -> str:
        """Rasa's name for it."""
        return "action_default_fallback"


class ActionRestart(ActionAnswer):
    """Rasa sends the intent ``restart`` here: the same answer, with an empty memory after it."""

    def name(self) -> str:
        """Rasa's name for it."""
        return "action_restart"


def apology() -> str:
    """The sentence of last resort; works without catalogue or database."""
    return wording().say(phrase("utter_error", contact=phrase("utter_contact_portal")))
