"""What takes part in the conversation about a dossier: each flow answers the messages it claims."""

from dataclasses import dataclass
from typing import Protocol

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.phrase import Answer
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.dossiers.casefile import CaseFile


@dataclass(frozen=True)
class Told:
    """What a flow says and remembers. ``intent``: the kind of question it acted on."""

    answers: tuple[Answer, ...]
    file: CaseFile
    context: Context
    intent: Intent


class Flow(Protocol):
    """A part of the conversation with a memory in the case file.

    Buttons of a flow carry ``{"act": "<name>:<verb>[:<argument>]"}``, at most 96 characters; typed answers
    come while ``file.waiting.flow`` is its name. Whatever a flow changes outside of the file (database,
    government systems) is idempotent: a turn may be run again after a crash, with the file of before.
    """

    @property
    def name(self) -> str:
        """Its name in ``Waiting.flow`` and at the start of ``act``."""

    def claims(self, turn: Turn, file: CaseFile) -> bool:
        """Whether this message is for it. A question about something else is not, even while it waits."""

    def respond(self, turn: Turn, file: CaseFile, context: Context) -> Told:
        """Answer a message it claims. Raises nothing a citizen could cause."""


class Epilogue(Protocol):
    """A flow that has something to add to what the assistant answers while nothing else is asked."""

    def added(self, turn: Turn, reply: Reply, file: CaseFile) -> tuple[Reply, CaseFile]:
        """The reply with a button or a question more where there is room, and the file after it. As
        ``Flow.respond``, it may be run again with the file of before.
        """
