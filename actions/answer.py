"""The one action: hand the message to the concierge, utter what it says, keep what is to be remembered."""

import logging
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.resources import cabinet, now, reception, services, today, wording
from bot.answers.card import about_turn, button_of, card_of, text_beside
from bot.answers.context import load_context
from bot.answers.outcome import Outcome
from bot.answers.phrase import phrase
from bot.answers.understood import turn_of
from bot.aside import working

logger = logging.getLogger(__name__)


class ActionAnswer(Action):  # type: ignore[misc]
    """Answers any message. A failure ends in an apology and the outcome ``error``, never in silence."""

    def name(self) -> str:
        """Name in ``domain.yml``."""
        return "action_answer"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """One turn; the event loop goes on while it waits for a government system."""
        return await working(answer, dispatcher, tracker)


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


def answer(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Utter one message per answer with its card, buttons on the last; the events that keep the context."""
    channel = tracker.get_latest_input_channel() or ""
    try:
        concierge = reception().concierge()
        context = load_context(tracker.get_slot("context"))
        turn = turn_of(
            tracker.latest_message,
            concierge.catalogue,
            today(),
            channel=channel,
            conversation_id=tracker.sender_id,
        )
        turn = services().reveal(turn)
        file = cabinet().open(turn.conversation_id, turn.message_id)
        spoken = concierge.respond(turn, context, file)
        reply, words = spoken.reply, wording()
        cards = [card_of(one, concierge.catalogue, words, channel) for one in reply.answers]
        texts = [
            text_beside(card, one, words, channel) for card, one in zip(cards, reply.answers, strict=True)
        ]
        buttons = [button_of(button, words, channel) for button in reply.buttons]
        cabinet().put(turn, file, spoken.file, now())
        services().notices.keep_up(turn.conversation_id, file, spoken.file)
    except Exception:
        logger.exception("answering failed")
        failed = {"outcome": Outcome.ERROR.value}
        dispatcher.utter_message(text=apology(), json_message=failed, **failed)
        return []
    about = {"outcome": reply.outcome.value, "procedure_code": reply.procedure_code}
    revision = concierge.catalogue.revision
    customs = [about_turn(turn, reply, card, revision) for card in cards]
    for text, custom in zip(texts[:-1], customs[:-1], strict=True):
        dispatcher.utter_message(text=text, json_message=custom)
    dispatcher.utter_message(text=texts[-1], buttons=buttons, json_message=customs[-1], **about)
    return [SlotSet("context", reply.context.dump())]


def apology() -> str:
    """The sentence of last resort; works without catalogue or database."""
    return wording().say(phrase("utter_error", contact=phrase("utter_contact_portal")))
