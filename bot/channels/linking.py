"""Moving an address between conversations together with its messages that still wait for an answer."""

from collections.abc import Callable

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.channels.commands import start_payload
from bot.channels.states import InboxState
from bot.channels.tables import attachment, inbox
from bot.channels.web.linking import LinkOffer
from bot.conversations import linking, people
from bot.conversations.channel import Author, Channel
from bot.conversations.linking import LIFETIME, Linked, Refused
from bot.conversations.log import Entry, append
from bot.conversations.said import load_said
from bot.conversations.tables import identity, message
from bot.dossiers import store as dossiers
from bot.following import erasing as following
from bot.gateways import erasing as gateways
from bot.handoffs import moving as handoffs
from bot.notices import erasing as notices
from bot.payments import erasing as payments
from bot.reviews import lesson_erasing as lessons


def redeem(connection: Connection, code: str, identity_id: int, now: float) -> Linked | Refused:
    """See ``bot.conversations.linking.redeem``. Call it in the transaction that ends the message with the
    code, after that message is marked as answered: those still waiting move along.
    """
    moved = linking.redeem(connection, code, identity_id, now)
    if isinstance(moved, Linked):
        _take_along(connection, identity_id, moved)
        _take_the_rest(connection, moved, now)
    return moved


def unlink(connection: Connection, identity_id: int, now: float) -> Linked:
    """See ``bot.conversations.linking.unlink``; messages still waiting are answered in the new one."""
    moved = linking.unlink(connection, identity_id, now)
    _take_along(connection, identity_id, moved)
    return moved


class WebLinking:
    """What the website offers. ``telegram_name``: user name of our Telegram bot, "" while it has none."""

    def __init__(self, telegram_name: Callable[[], str]) -> None:
        self._telegram_name = telegram_name

    def offer(self, connection: Connection, conversation_id: str, now: float) -> LinkOffer:
        """A new code for this conversation, with the deep link that tells it to Telegram."""
        code = linking.issue(connection, conversation_id, now)
        name = self._telegram_name()
        address = f"https://t.me/{name}?start={start_payload(code)}" if name else None
        return LinkOffer(code, int(LIFETIME), address)

    def leave(self, connection: Connection, channel: Channel, external_id: str, now: float) -> None:
        """Give the address a fresh conversation; nothing happens to one we never heard of."""
        person = people.find(connection, channel, external_id)
        if person is not None:
            unlink(connection, person.id, now)


def _take_along(connection: Connection, identity_id: int, moved: Linked) -> None:
    """Waiting messages are answered where their writer is now: queue, log and files follow."""
    waiting = (inbox.c.identity_id == identity_id) & (inbox.c.state == InboxState.WAITING.value)
    rows = connection.execute(select(inbox).where(waiting).order_by(inbox.c.sent_at, inbox.c.id)).all()
    for row in rows:
        _take_words(connection, row.message_id, row.channel, moved)
        refs = [file["ref"] for file in row.body.get("files", ())]
        theirs = attachment.c.ref.in_(refs) & (attachment.c.conversation_id == moved.former_id)
        connection.execute(update(attachment).where(theirs).values(conversation_id=moved.conversation_id))
    connection.execute(update(inbox).where(waiting).values(conversation_id=moved.conversation_id))


def _take_the_rest(connection: Connection, moved: Linked, now: float) -> None:
    """Drafts, what belongs to them, consents and a hand-off follow, unless somebody stays behind in the other
    conversation.
    """
    behind = select(identity.c.id).where(identity.c.conversation_id == moved.former_id)
    if connection.execute(behind.limit(1)).first() is None:
        for move in (dossiers.move, gateways.move, payments.move, following.move, notices.move, lessons.move):
            move(connection, moved.former_id, moved.conversation_id)
        handoffs.move(connection, moved.former_id, moved.conversation_id, now)


def _take_words(connection: Connection, message_id: str, channel: str, moved: Linked) -> None:
    """Write a message into the log of the new conversation; the old log keeps its numbers without gaps."""
    query = select(message).where(
        message.c.conversation_id == moved.former_id,
        message.c.message_id == message_id,
        message.c.channel == channel,
        message.c.author == Author.CITIZEN.value,
    )
    row = connection.execute(query).first()
    if row is not None:
        said = load_said(row.body)
        entry = Entry(0, Author.CITIZEN, Channel(channel), said, row.created_at, message_id)
        append(connection, moved.conversation_id, entry)
