"""One reply about a dossier being put together: the message, the file and what is said. Pure."""

from dataclasses import dataclass

from msgspec.structs import replace

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase
from bot.answers.turn import Turn
from bot.dossiers.casefile import CaseFile, Draft, Waiting
from bot.dossiers.flow import Told
from bot.following.factor import NAME


@dataclass(frozen=True)
class Page:
    """What a reply is made from."""

    turn: Turn
    file: CaseFile
    context: Context

    def told(
        self,
        answer: Answer,
        waiting: Waiting | None = None,
        intent: Intent = Intent.DOSSIER_STATUS,
        procedure: str | None = None,
    ) -> Told:
        """A reply that waits for ``waiting``. The question of another flow stays open where this one asks
        nothing. ``procedure``: spoken of from now on.
        """
        mine = self.file.waiting is not None and self.file.waiting.flow == NAME
        file = self.file.asking(waiting) if waiting or mine else self.file
        context = replace(self.context, procedure=procedure) if procedure else self.context
        return Told((answer,), file, context, intent)

    def asked(
        self,
        question: Phrase,
        buttons: tuple[Button, ...],
        waiting: Waiting,
        intent: Intent = Intent.DOSSIER_STATUS,
    ) -> Told:
        """A question."""
        return self.told(Answer(Outcome.ASKED_BACK, (question,), buttons), waiting, intent)

    def draft(self, code: str) -> Draft | None:
        """The draft that became this dossier."""
        return next((draft for draft in self.file.drafts if draft.dossier == code), None)
