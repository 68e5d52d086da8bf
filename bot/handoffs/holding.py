"""Which conversations this transaction may speak in."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.erasing import ERASED
from bot.conversations.tables import conversation


def hold_free(connection: Connection, conversation_ids: Collection[str]) -> frozenset[str]:
    """Hold those of the conversations that nobody writes into now and that were not erased, until the
    transaction ends. Held before anything that hangs on them, as erasing does: nobody waits in a circle.
    """
    query = select(conversation.c.id).where(
        conversation.c.id.in_(list(conversation_ids)),
        (conversation.c.lease_owner != ERASED) | conversation.c.lease_owner.is_(None),
    )
    return frozenset(connection.execute(query.with_for_update(skip_locked=True)).scalars())
