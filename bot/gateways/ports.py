"""What the conversation about handing in needs from outside."""

from datetime import date
from typing import Protocol

from bot.gateways.described import Described
from bot.gateways.register.registration import Registration
from bot.gateways.submissions.submission import Submission


class Register(Protocol):
    """Announcements at counters. Every method may be repeated; None: this draft has none here."""

    def register(self, conversation_id: str, draft_id: str, described: Described) -> Registration:
        """Announce a draft, or find the announcement it has."""

    def of_draft(self, conversation_id: str, draft_id: str) -> Registration | None:
        """The announcement of a draft."""

    def choose_day(self, conversation_id: str, draft_id: str, day: date | None) -> Registration | None:
        """Say when the citizen wants to come."""

    def withdraw(self, conversation_id: str, draft_id: str) -> Registration | None:
        """Take it back."""


class Handover(Protocol):
    """Dossiers for the one-stop system. Every method may be repeated; None: this draft has none here."""

    def prepare(self, conversation_id: str, draft_id: str, described: Described) -> Submission:
        """Make the page on which the citizen completes it, or find what there is."""

    def of_draft(self, conversation_id: str, draft_id: str) -> Submission | None:
        """How it stands."""

    def withdraw(self, conversation_id: str, draft_id: str) -> Submission | None:
        """Take it back, now or as soon as it can be."""

    def is_down(self) -> bool:
        """Whether the one-stop system failed lately."""
