"""Events read from what was stored or what an action gave back."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rasa.shared.core.events import Event


def events_of(rows: Iterable[Mapping[str, Any]]) -> list[Event]:
    """As ``deserialise_events`` reads them. That one looks through all kinds of events for each of them.

    Raises ``ValueError`` for a kind Rasa does not know.
    """
    read = (_kind(row["event"])._from_parameters(row) for row in rows if "event" in row)
    return [event for event in read if event]


@cache
def _kind(name: str) -> type[Event]:
    found: type[Event] = Event.resolve_by_type(name)
    return found
