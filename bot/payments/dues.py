"""What the one-stop record says is owed, for conversations that may know it."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.following.audit import Audit, Outcome
from bot.following.ports import Absence, Source
from bot.following.state import DossierState
from bot.following.status import DossierStatus
from bot.following.tables import follow_lookup
from bot.payments.bill import Owed, Standing

May = Callable[[str, str], bool]
"""``(dossier code, conversation id)``: whether this conversation has shown that the dossier is its own."""


class RecordDues:
    """The ``Dues`` over the source dossiers are followed from."""

    def __init__(self, source: Source, may: May) -> None:
        self._source, self._may = source, may

    def of(self, code: str, conversation_id: str) -> Owed:
        """See ``Dues``. The record is not even asked for those who may not know."""
        if not self._may(code, conversation_id):
            return Owed(Standing.UNPROVEN)
        state = self._source.find(code)
        if isinstance(state, Absence):
            return Owed(Standing.UNPROVEN if state is Absence.UNKNOWN else Standing.UNAVAILABLE)
        return owed_of(state)


def owed_of(state: DossierState) -> Owed:
    """The fees a dossier waits for. Pure."""
    items = tuple(fee for fee in state.fees_due if fee.amount > 0)
    if items:
        return Owed(
            Standing.OWED,
            items,
            state.procedure_code,
            state.procedure_name,
            state.unit_code,
            state.unit_name,
        )
    return Owed(Standing.UNLISTED if state.status is DossierStatus.PAYMENT else Standing.NOTHING)


def opened_by_factor(engine: Engine, audit: Audit) -> May:
    """Conversations that told the second factor of the dossier, as the log of look-ups knows."""

    def may(code: str, conversation_id: str) -> bool:
        if not conversation_id:
            return False
        opened = select(follow_lookup.c.id).where(
            follow_lookup.c.conversation_id == conversation_id,
            follow_lookup.c.code_hash == audit.code_hash(code),
            follow_lookup.c.outcome == Outcome.OPENED.value,
        )
        with engine.connect() as connection:
            return connection.execute(opened.limit(1)).first() is not None

    return may
