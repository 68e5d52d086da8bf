"""The citizens and when they may be written to."""

from dataclasses import dataclass

from tests.doubles.zalo import seeded
from tests.doubles.zalo.codes import Code, RefusedError
from tests.doubles.zalo.settings import Settings

FREE = 48 * 3600.0
REACH = 7 * 86400.0


@dataclass
class Person:
    """``gone``: unfollowed and has not written since (assumed to be refused with -213)."""

    user_id: str
    name: str
    by_app: str
    follows: bool = False
    gone: bool = False
    blocked: bool = False
    last_interaction: float | None = None
    replies: int = 0
    last_stamp: int = 0

    def interacts(self, now: float) -> None:
        """A message, a follow or a tap opens the window anew."""
        self.last_interaction = now
        self.replies = 0
        self.gone = False

    def stamp(self, now: float) -> int:
        """Milliseconds for the next event; no two of one citizen are equal."""
        self.last_stamp = max(int(now * 1000), self.last_stamp + 1)
        return self.last_stamp

    def check_window(self, now: float, free_replies: int | None) -> bool:
        """Whether a reply is billable; raises ``RefusedError`` where none may be sent."""
        if self.blocked:
            raise RefusedError(Code.BLOCKED)
        if self.gone:
            raise RefusedError(Code.NOT_FOLLOWED)
        if self.last_interaction is None:
            raise RefusedError(Code.NO_INTERACTION, "User has no interaction with OA")
        age = now - self.last_interaction
        if age > REACH:
            raise RefusedError(Code.SEVEN_DAYS)
        if age <= FREE and free_replies is not None and self.replies >= free_replies:
            raise RefusedError(Code.REPLIES_SPENT, "Out of quota of replies")
        return age > FREE


class People:
    """Citizens by the account's id of them."""

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}

    def meet(self, settings: Settings, user_id: str) -> Person:
        """The citizen, new if need be."""
        if not user_id.isdigit():
            raise ValueError(f"user ids are digits, not {user_id!r}")
        if user_id not in self._people:
            by_app = seeded.digits(settings.seed, "by-app", user_id)
            self._people[user_id] = Person(user_id, f"Công dân {user_id[-4:]}", by_app)
        return self._people[user_id]

    def find(self, user_id: object) -> Person:
        """Raises ``RefusedError`` -213 for one the account never met."""
        person = self._people.get(user_id) if isinstance(user_id, str) else None
        if person is None:
            raise RefusedError(Code.NOT_FOLLOWED)
        return person

    def __len__(self) -> int:
        return len(self._people)
