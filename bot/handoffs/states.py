"""States and reasons of a hand-off: closed sets shared by code, database, console and metrics. Pure."""

from enum import Enum


class State(str, Enum):
    """Life of a hand-off. A conversation has at most one that is not ended."""

    WAITING = "waiting"
    """In the queue; the assistant goes on answering and says that somebody will come."""
    HELD = "held"
    """A member of staff has it; the assistant is silent."""
    LEFT = "left"
    """Out of hours: a way to reach the citizen was left with consent, to be called back."""
    ENDED = "ended"


OPEN = frozenset({State.WAITING, State.HELD, State.LEFT})


class Cause(str, Enum):
    """Why a person is wanted."""

    ASKED = "asked"
    """The citizen asked for a person."""
    COMPLAINT = "complaint"
    SAFETY = "safety"
    """Emergency, self-harm, corruption, scam: seen by a person as soon as possible."""
    UNANSWERED = "unanswered"
    """The assistant found nothing several times in a row."""
    APPROVAL = "approval"
    """An answer on a chosen topic waits for approval."""
    STAFF = "staff"
    """A member of staff stepped in."""


class Urgency(int, Enum):
    """Order of the queue, the highest first; among equals who waits longest."""

    NORMAL = 0
    ANGRY = 1
    OVERDUE = 2
    SAFETY = 3


class Ending(str, Enum):
    """Why a hand-off ended."""

    SOLVED = "solved"
    REFERRED = "referred"
    """Sent to the authority in charge."""
    NO_ANSWER = "no_answer"
    """The citizen did not come back."""
    ABUSE = "abuse"
    MISTAKE = "mistake"
    CITIZEN_LEFT = "citizen_left"
    """The citizen ended it, or had everything erased."""
    EXPIRED = "expired"
    """Nobody came in time; the citizen was told."""


class Happening(str, Enum):
    """What happened to a hand-off; one row each, the history of it."""

    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    FORWARDED = "forwarded"
    REPLIED = "replied"
    RAISED = "raised"
    """Became more urgent."""
    REOPENED = "reopened"
    CONTACT_LEFT = "contact_left"
    RETURNED = "returned"
    """The citizen who had left a contact wrote again while staff were in."""
    ENDED = "ended"
