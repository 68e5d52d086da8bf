"""Puts replies where they belong: into the log of the conversation and, where needed, on their way out."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace
from sqlalchemy.engine import Connection

from bot.channels import outbox
from bot.channels.adapter import Adapter
from bot.channels.bell import tell_others
from bot.channels.buttons import new_token, remember
from bot.channels.message import Choice, Reply
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import Person
from bot.conversations.said import Offer, Said
from bot.text.masking import mask

Adapters = Mapping[Channel, Adapter]


def say(
    connection: Connection,
    adapters: Adapters,
    person: Person,
    replies: Sequence[Reply],
    now: float,
    inbox_id: int | None = None,
    author: Author = Author.ASSISTANT,
    signed: str = "",
) -> int:
    """Say ``replies`` to one person, in the transaction that also ends what they answer. The number of the
    last in the log, 0 without any. ``signed`` is put before the text where a platform shows no author.
    """
    seq = 0
    for reply in replies:
        tokens: dict[Choice, str] = {}
        for choice in reply.buttons:
            if choice.payload and choice not in tokens:
                tokens[choice] = new_token()
                remember(connection, person.conversation_id, tokens[choice], choice, now)
        offers = tuple(Offer(c.title, tokens.get(c, ""), c.url) for c in reply.buttons)
        said = Said(_kept(reply.text, author, person.channel), offers, reply.card, (), reply.outcome)
        seq = append(connection, person.conversation_id, Entry(0, author, person.channel, said, now))
        adapter = adapters.get(person.channel)
        if adapter is not None:
            shown = replace(reply, text=f"{signed}{reply.text}")
            parts = adapter.parts(person.external_id, shown, tokens.__getitem__)
            outbox.enqueue(connection, person, parts, now, inbox_id)
    tell_others(connection, person.conversation_id)
    return seq


def _kept(text: str, author: Author, channel: Channel) -> str:
    """What staff write is masked once a platform carries it; on the web the citizen reads the log itself."""
    return mask(text) if author is Author.STAFF and channel is not Channel.WEB else text
