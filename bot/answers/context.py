"""What the assistant remembers of a conversation: codes and kinds, never the citizen's words."""

from datetime import date

import msgspec

from bot.answers.intent import Intent


class ListQuery(msgspec.Struct, frozen=True, omit_defaults=True):
    """A list the citizen is paging through. ``agency`` is an agency or group code."""

    field: str | None = None
    agency: str | None = None
    level: str | None = None
    unit: str | None = None
    page: int = 0


class Context(msgspec.Struct, frozen=True, omit_defaults=True):
    """Memory between turns, kept in one Rasa slot as JSON.

    ``procedure``: spoken of last. ``intent``: last kind of question. ``options``: procedure codes
    offered as buttons, with ``pending`` the kind of question to answer once one is picked.
    ``unit``: commune code the citizen named. ``listing``: list being paged. ``as_of``: the earlier
    day a question asked back was about.
    """

    procedure: str | None = None
    intent: Intent | None = None
    options: tuple[str, ...] = ()
    pending: Intent | None = None
    unit: str | None = None
    case: str | None = None
    listing: ListQuery | None = None
    as_of: date | None = None

    def dump(self) -> str:
        """JSON for the slot."""
        return msgspec.json.encode(self).decode()


def load_context(text: str | None) -> Context:
    """Context of a slot; an empty or unreadable slot is a fresh conversation."""
    if not text:
        return Context()
    try:
        return msgspec.json.decode(text, type=Context)
    except msgspec.DecodeError:
        return Context()
