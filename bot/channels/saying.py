"""Puts replies where they belong: into the log of the conversation and, where needed, on their way out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from sqlalchemy.engine import Connection

from bot.channels import outbox
from bot.channels.adapter import Adapter
from bot.channels.bell import tell_others
from bot.channels.buttons import new_token, remember
from bot.channels.message import Reply
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append, entries
from bot.conversations.people import Person
from bot.conversations.said import Offer, Said
from bot.text.masking import mask

Adapters = Mapping[Channel, Adapter]


@dataclass(frozen=True)
class Byline:
    """Who of staff speaks. ``line``: what stands before their words where a platform shows no author."""

    name: str
    line: str


def say(
    connection: Connection,
    adapters: Adapters,
    person: Person,
    replies: Sequence[Reply],
    now: float,
    inbox_id: int | None = None,
    author: Author = Author.ASSISTANT,
    signed: Byline | None = None,
) -> int:
    """Say ``replies`` to one person, in the transaction that also ends what they answer. The number of the
    last in the log, 0 without any. Platforms get the byline once for messages in a row.
    """
    seq, name = 0, signed.name if signed else ""
    for reply in replies:
        tokens = {choice: new_token() for choice in dict.fromkeys(reply.buttons) if choice.payload}
        kept = {token: choice for choice, token in tokens.items()}
        remember(connection, person.conversation_id, kept, now)
        offers = tuple(Offer(c.title, tokens.get(c, ""), c.url) for c in reply.buttons)
        said = Said(_kept(reply.text, author, person.channel), offers, reply.card, (), reply.outcome, name)
        seq = append(connection, person.conversation_id, Entry(0, author, person.channel, said, now))
        adapter = adapters.get(person.channel)
        if adapter is not None:
            # The log is held from ``append`` on: nobody speaks in between.
            goes_on = _goes_on(connection, person, seq, name)
            shown = replace(reply, text=f"{signed.line}{reply.text}") if signed and not goes_on else reply
            parts = adapter.parts(person.external_id, shown, tokens.__getitem__)
            outbox.enqueue(connection, person, parts, now, inbox_id)
    tell_others(connection, person.conversation_id)
    return seq


def _goes_on(connection: Connection, person: Person, seq: int, name: str) -> bool:
    """Whether the message before this one was of the same member of staff, on the same channel."""
    before = entries(connection, person.conversation_id, seq - 2, 1)
    return any(
        one.seq < seq and (one.author, one.channel, one.said.name) == (Author.STAFF, person.channel, name)
        for one in before
    )


def _kept(text: str, author: Author, channel: Channel) -> str:
    """What staff write is masked once a platform carries it; on the web the citizen reads the log itself."""
    return mask(text) if author is Author.STAFF and channel is not Channel.WEB else text
