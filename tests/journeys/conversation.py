"""A conversation of one citizen with the assistant in this process."""

from datetime import date

from bot.answers.context import Context
from bot.answers.outcome import Outcome
from bot.desk import Desk, Exchange, Meeting
from bot.dossiers.casefile import CaseFile
from tests.working import TODAY


class Conversation:
    """Keeps the memory between messages, as Rasa's slot does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._buttons: tuple[dict[str, str], ...] = ()
        self.context = Context()
        self.file = CaseFile()
        self.today = TODAY

    def says(self, message: str, as_of: date | None = None) -> Exchange:
        """One message and what it got; every reply has a text for the citizen to read."""
        exchange = self.desk.ask(message, self.context, self.today, as_of, self.file, self.meeting())
        self.context, self._buttons = exchange.reply.context, exchange.buttons
        self.file = exchange.file
        assert text_of(exchange).strip(), f"silence after {message!r}"
        return exchange

    def meeting(self) -> Meeting | None:
        """Where the next message is said; None where no conversation is kept."""
        return None

    def presses(self, title: str) -> Exchange:
        """The button of the last reply whose title begins with ``title``."""
        payload = next(b["payload"] for b in self._buttons if b["title"].startswith(title))
        return self.says(payload)


def text_of(exchange: Exchange) -> str:
    """Everything the citizen reads."""
    return "\n".join(exchange.texts)


def offered(exchange: Exchange) -> tuple[str, ...]:
    """Codes the citizen may pick from after being asked back; empty after an answer."""
    if exchange.reply.outcome is not Outcome.ASKED_BACK:
        return ()
    return exchange.reply.context.options


def reaches(exchange: Exchange, *codes: str) -> bool:
    """Whether one of ``codes`` is answered about, or can be picked after being asked back."""
    answered = exchange.reply.procedure_code
    return answered in codes if answered else any(code in codes for code in offered(exchange))
