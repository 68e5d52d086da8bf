"""Erases a conversation with all that the channels keep of it: queues, buttons, files."""

from dataclasses import dataclass

from sqlalchemy import Table, delete, exists, or_, select, update
from sqlalchemy.engine import Connection

from bot.channels.bell import tell_all
from bot.channels.tables import attachment, button, inbox, outbox
from bot.conversations import erasing
from bot.conversations.erasing import Scope
from bot.conversations.tables import conversation, identity
from bot.dossiers import store as dossiers
from bot.dossiers.tables import case_file
from bot.following import erasing as following
from bot.following.tables import followed
from bot.gateways import erasing as gateways
from bot.gateways.tables import registration, submission
from bot.handoffs.erasing import erase_handoffs
from bot.notices import erasing as notices
from bot.notices.tables import consent, procedure_watch, reminder
from bot.payments import erasing as payments
from bot.payments.tables import payment
from bot.reviews.erasing import erase_reviews

_WRITTEN_BY_TURNS: tuple[Table, ...] = (
    case_file,
    followed,
    registration,
    submission,
    consent,
    procedure_watch,
    reminder,
    payment,
)
_TURN_SECONDS = 86_400.0
"""Longer than any turn runs on after its conversation was erased."""


@dataclass(frozen=True)
class ErasureReport:
    """What was erased. ``conversations``: the ids whose Rasa trackers are still to be forgotten;
    ``files``: refs in the blob store that are now due for deletion.
    """

    conversations: tuple[str, ...] = ()
    messages: int = 0
    files: tuple[str, ...] = ()


def erase(
    connection: Connection, conversation_id: str, now: float, key: bytes, scope: Scope = Scope.CITIZEN
) -> ErasureReport:
    """Erase a conversation, and those its people left behind when they linked their channels.

    A worker that is answering finds its message gone and says nothing. A message that was being taken in at
    the same moment can come too late to be seen: repeating this, or ``expire``, deletes it.
    ``key``: see ``bot.conversations.erasing.subject_hash``.
    """
    report = ErasureReport()
    for found in (conversation_id, *left_behind(connection, conversation_id)):
        # Addresses before the conversation, as whoever accepts a message does: what is accepted meanwhile is
        # either erased too or begins a new conversation.
        addresses = select(identity.c.id).where(identity.c.conversation_id == found)
        connection.execute(addresses.with_for_update())
        if erasing.hold(connection, found):
            was_shell = erasing.is_shell(connection, found)
            files = _erase_queues(connection, found, now)
            _erase_dossiers(connection, found, now, key)
            messages = erasing.erase_words(connection, found, now, key, scope)
            tell_all(connection, found)
            if was_shell and not messages and not files:
                continue
            report = ErasureReport(
                (*report.conversations, found), report.messages + messages, (*report.files, *files)
            )
    return report


def left_behind(connection: Connection, conversation_id: str) -> list[str]:
    """Conversations in which the people of this one wrote and where nobody is any more."""
    people = select(identity.c.id).where(identity.c.conversation_id == conversation_id)
    wrote_in = select(inbox.c.conversation_id).where(
        inbox.c.identity_id.in_(people),
        inbox.c.conversation_id != conversation_id,
        ~exists().where(identity.c.conversation_id == inbox.c.conversation_id),
    )
    return list(connection.execute(wrote_in.distinct()).scalars())


def expire(connection: Connection, before: float, now: float, key: bytes, limit: int = 100) -> ErasureReport:
    """Erase at most ``limit`` conversations idle since ``before`` and what came too late into erased ones,
    and drop shells nothing hangs on.
    Call again while it reports conversations.
    """
    report = ErasureReport()
    haunted = (*erasing.haunted(connection, limit), *_outlived(connection, now - _TURN_SECONDS, limit))
    for found in (*dict.fromkeys(haunted), *erasing.idle(connection, before, limit)):
        one = erase(connection, found, now, key, Scope.RETENTION)
        report = ErasureReport(
            report.conversations + one.conversations,
            report.messages + one.messages,
            report.files + one.files,
        )
    for shell in erasing.shells(connection, before, limit):
        if not _in_use(connection, shell):
            connection.execute(delete(attachment).where(attachment.c.conversation_id == shell))
            erasing.drop_shell(connection, shell)
    return report


def _outlived(connection: Connection, since: float, limit: int) -> list[str]:
    """Shells with rows of a turn that was still running when they were erased."""
    written = (exists().where(table.c.conversation_id == conversation.c.id) for table in _WRITTEN_BY_TURNS)
    shell = (conversation.c.lease_owner == erasing.ERASED) & (conversation.c.active_at >= since)
    return list(
        connection.execute(select(conversation.c.id).where(shell, or_(*written)).limit(limit)).scalars()
    )


def _erase_queues(connection: Connection, conversation_id: str, now: float) -> list[str]:
    """Delete queued messages and buttons, make files due for deletion; the refs of the files."""
    files = (attachment.c.conversation_id == conversation_id) & attachment.c.deleted_at.is_(None)
    due = select(attachment.c.ref).where(files, attachment.c.expires_at > now)
    refs = list(connection.execute(due).scalars())
    connection.execute(update(attachment).where(files).values(expires_at=now, name=""))
    received = select(inbox.c.id).where(inbox.c.conversation_id == conversation_id)
    connection.execute(
        delete(outbox).where(
            or_(outbox.c.conversation_id == conversation_id, outbox.c.inbox_id.in_(received))
        )
    )
    connection.execute(delete(inbox).where(inbox.c.conversation_id == conversation_id))
    connection.execute(delete(button).where(button.c.conversation_id == conversation_id))
    return refs


def _erase_dossiers(connection: Connection, conversation_id: str, now: float, key: bytes) -> None:
    """Hand-offs, unmaskings, drafts, announcements, payments, followed dossiers, reminders; consents while
    the address is known.
    """
    notices.erase(connection, conversation_id, now, key)
    erase_handoffs(connection, conversation_id)
    erase_reviews(connection, conversation_id, now)
    for erase_its_part in (dossiers.erase, gateways.erase, payments.erase, following.erase):
        erase_its_part(connection, conversation_id)


def _in_use(connection: Connection, conversation_id: str) -> bool:
    """Whether bytes of files are still there, or queues of other conversations name these people."""
    people = select(identity.c.id).where(identity.c.conversation_id == conversation_id)
    holds = (
        select(attachment.c.ref).where(
            attachment.c.conversation_id == conversation_id, attachment.c.deleted_at.is_(None)
        ),
        select(inbox.c.id).where(inbox.c.identity_id.in_(people)),
        select(outbox.c.id).where(outbox.c.identity_id.in_(people)),
    )
    return any(connection.execute(query.limit(1)).first() is not None for query in holds)
