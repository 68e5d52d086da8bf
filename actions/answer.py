"""The one action: hand the message to the assistant, utter what it says, keep its memory."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import knowledge, today, wording
from bot.answers.card import about_turn, card_of, text_beside
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
        """Utter one message per answer with its card, buttons on the last; remember the context."""
        channel = tracker.get_latest_input_channel() or ""
        try:
            assistant = knowledge().assistant()
            context = load_context(tracker.get_slot("context"))
            turn = turn_of(tracker.latest_message, assistant.catalogue, today(), channel=channel)
            reply = assistant.respond(turn, context)
            words = wording()
            cards = [card_of(answer, assistant.catalogue, words, channel) for answer in reply.answers]
            texts = [
                text_beside(card, answer, words, channel)
                for card, answer in zip(cards, reply.answers, strict=True)
            ]
            buttons = [
                {"title": words.value(button.title, channel), "payload": button.payload}
                for button in reply.buttons
            ]
        except Exception:
            logger.exception("answering failed")
            failed = {"outcome": Outcome.ERROR.value}
            dispatcher.utter_message(text=apology(), json_message=failed, **failed)
            return []
        about = {"outcome": reply.outcome.value, "procedure_code": reply.procedure_code}
        customs = [about_turn(turn, reply, card) for card in cards]
        for text, custom in zip(texts[:-1], customs[:-1], strict=True):
            dispatcher.utter_message(text=text, json_message=custom)
        dispatcher.utter_message(text=texts[-1], buttons=buttons, json_message=customs[-1], **about)
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
