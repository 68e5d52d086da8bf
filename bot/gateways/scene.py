"""One act of the conversation about handing in: what it is about and what it is done with. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from bot.answers.context import Context
from bot.answers.phrase import Answer
from bot.answers.turn import Turn
from bot.answers.working_days import WorkCalendar
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Draft, Waiting
from bot.gateways.portal import PortalLink, portal_link
from bot.gateways.ports import Handover, Register
from bot.gateways.register.registration import Registration
from bot.gateways.submissions.submission import Submission
from bot.gateways.telling import NAME, Addresses

DAYS_OFFERED = 4
_FARTHEST = timedelta(days=60)
Said = tuple[Answer, CaseFile]
"""What is said, and the case file after it."""


@dataclass(frozen=True)
class Means:
    """``register``, ``handover``: None where that way is closed."""

    catalogue: Catalogue
    register: Register | None
    handover: Handover | None
    addresses: Addresses
    calendar: WorkCalendar

    def days(self, today: date) -> list[date]:
        """The next working days, on which a citizen may announce to come."""
        days: list[date] = []
        while len(days) < DAYS_OFFERED:
            days.append(self.calendar.first_from((days[-1] if days else today) + timedelta(days=1)))
        return days

    def may_come(self, day: date, today: date) -> bool:
        """Whether a counter is open then and it is not too far ahead."""
        return self.calendar.is_working(day) and today <= day <= today + _FARTHEST


@dataclass(frozen=True)
class Scene:
    """``argument``: what follows the draft in the act, "" for nothing."""

    means: Means
    turn: Turn
    file: CaseFile
    draft: Draft
    procedure: Procedure
    context: Context
    argument: str = ""

    @property
    def unit(self) -> str | None:
        """Commune where the citizen files, as far as it is known."""
        return self.draft.unit or self.context.unit

    @property
    def link(self) -> PortalLink:
        """Where the dossier is handed in online."""
        return portal_link(self.procedure, self.means.addresses.portal, self.turn.today)

    @property
    def registration(self) -> Registration | None:
        """The announcement of this draft."""
        register = self.means.register
        return register.of_draft(self.turn.conversation_id, self.draft.id) if register else None

    @property
    def submission(self) -> Submission | None:
        """The submission of this draft."""
        handover = self.means.handover
        return handover.of_draft(self.turn.conversation_id, self.draft.id) if handover else None

    def ends(self, answer: Answer) -> Said:
        """Nothing is asked any more."""
        return answer, self.file.asking(None)

    def asks(self, answer: Answer, topic: str) -> Said:
        """The answer is a question about this draft."""
        waiting = Waiting(NAME, topic, self.draft.id)
        return answer, msgspec.structs.replace(self.file, active=self.draft.id, waiting=waiting)
