"""The sentences of the gateway, each as it stands when it is said: staff change texts while it runs."""

from dataclasses import dataclass

from bot.answers.outcome import Outcome
from bot.answers.phrase import phrase
from bot.answers.wording import Wording
from bot.channels.message import Refusal, Reply
from bot.conversations.channel import Channel


@dataclass(frozen=True)
class Words:
    """Says what the gateway itself has to say."""

    wording: Wording

    def text(self, name: str, channel: Channel | None = None, **values: str) -> str:
        """The response ``utter_channel_<name>``."""
        return self.wording.say(phrase(f"utter_channel_{name}", **values), channel.value if channel else "")

    def reply(self, name: str, outcome: Outcome, channel: Channel | None = None, **values: str) -> Reply:
        """The same as a reply without buttons."""
        return Reply(self.text(name, channel, **values), outcome=outcome.value)

    def refusal(self, why: Refusal) -> Reply:
        """Why something sent is not taken, and what to do instead."""
        return self.reply(f"refused_{why.value}", Outcome.GUIDED)

    @property
    def apology(self) -> Reply:
        """For a message that could not be answered."""
        return self.reply("apology", Outcome.ERROR)

    @property
    def excuse(self) -> Reply:
        """For an answer the platform refused."""
        return self.reply("excuse", Outcome.ERROR)

    @property
    def patience(self) -> Reply:
        """For an answer that takes long."""
        return self.reply("patience", Outcome.ERROR)

    @property
    def lost(self) -> Reply:
        """For an answer that may not have arrived."""
        return self.reply("lost", Outcome.ERROR)

    @property
    def again(self) -> str:
        """Title of the button that asks for it again."""
        return self.text("again")
