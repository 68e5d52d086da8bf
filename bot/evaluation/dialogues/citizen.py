"""One side of a conversation in this process; remembers what the assistant remembers between messages."""

import re
from datetime import date

from bot.answers.context import Context
from bot.answers.outcome import Outcome
from bot.desk import Desk, Exchange
from bot.dossiers.casefile import CaseFile
from bot.evaluation.dialogues.got import Got, failed

_CODE = re.compile(r"[1-9]\.\d{6}")


class Citizen:
    """Somebody who has not said anything yet. ``today``: the day the whole conversation takes place."""

    def __init__(self, desk: Desk, today: date) -> None:
        self._desk, self._today = desk, today
        self._context, self._file = Context(), CaseFile()
        self._buttons: tuple[dict[str, str], ...] = ()

    def says(self, message: str) -> Got:
        """One message and what it got."""
        exchange = self._desk.ask(message, self._context, self._today, file=self._file)
        self._context, self._file = exchange.reply.context, exchange.file
        self._buttons = exchange.buttons
        return _got(exchange)

    def presses(self, title: str) -> Got:
        """The button of the last reply whose title begins with ``title``; a failure where none does."""
        payload = next((b["payload"] for b in self._buttons if b["title"].startswith(title)), None)
        if payload is None:
            offered = ", ".join(button["title"] for button in self._buttons)
            return failed(f"[{title}]", f"no such button among: {offered}")
        return self.says(payload)


def _got(exchange: Exchange) -> Got:
    reply = exchange.reply
    codes = tuple(dict.fromkeys(a.procedure_code for a in reply.answers if a.procedure_code))
    draft = exchange.file.current
    if not codes and draft and reply.outcome is Outcome.GUIDED:
        codes = (draft.procedure,)
    options = _offered(exchange) if reply.outcome is Outcome.ASKED_BACK else ()
    return Got(
        exchange.question,
        reply.intent.value,
        reply.outcome,
        codes,
        options,
        "\n\n".join(exchange.texts),
        round(exchange.elapsed_ms, 2),
    )


def _offered(exchange: Exchange) -> tuple[str, ...]:
    """Procedures in the order of their buttons, whichever flow asks: what is seen, not what is remembered."""
    found = (_CODE.search(button["payload"]) for button in exchange.buttons)
    return tuple(dict.fromkeys(match.group() for match in found if match))
