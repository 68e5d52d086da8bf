"""What a member of staff has before them on the page of one hand-off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.console.advice import Asked
from bot.console.context import Console
from bot.console.guard import Visitor
from bot.console.procedures import labels
from bot.console.thread import Thread, read_thread
from bot.handoffs import desk
from bot.handoffs.record import Event, Handoff
from bot.handoffs.states import State
from bot.staff import accounts, presence
from bot.staff.roles import Permission
from bot.staff.tables import staff_account


@dataclass(frozen=True)
class Colleague:
    """Somebody a hand-off may be forwarded to; ``here``: takes conversations now."""

    id: int
    name: str
    here: bool


@dataclass(frozen=True)
class Seat:
    """``names``: of accounts by id; ``procedure_name``: of the procedure that led to the hand-off."""

    handoff: Handoff
    thread: Thread
    history: tuple[Event, ...]
    names: Mapping[int, str]
    procedure_name: str
    mine: bool
    now: float

    @property
    def holder_name(self) -> str:
        """Empty when nobody has it."""
        return self.names.get(self.handoff.holder_id or 0, "")

    @property
    def procedure_code(self) -> str:
        """What ready-made replies and suggestions are about: spoken of last, else what led here."""
        return self.thread.procedure_code or self.handoff.procedure_code


def read_seat(
    connection: Connection, console: Console, visitor: Visitor, handoff_id: int, before: int | None = None
) -> Seat | None:
    """None when the hand-off or its conversation is gone."""
    found = desk.find(connection, handoff_id)
    thread = read_thread(connection, found.conversation_id, before) if found else None
    if found is None or thread is None:
        return None
    history = tuple(desk.history(connection, handoff_id))
    return Seat(
        handoff=found,
        thread=thread,
        history=history,
        names=_names(connection, found, history),
        procedure_name=labels(connection, [found.procedure_code]).get(found.procedure_code, ""),
        mine=found.state is State.HELD and found.holder_id == visitor.account.id,
        now=console.now(),
    )


def colleagues(connection: Connection, account_id: int, now: float) -> list[Colleague]:
    """Everybody else who talks with citizens, those who are here first."""
    there = {number for number, _ in presence.here(connection, now)}
    found = [
        Colleague(account.id, account.name, account.id in there)
        for account in accounts.everyone(connection)
        if account.active and account.id != account_id and Permission.TALK in account.permissions
    ]
    return sorted(found, key=lambda colleague: (not colleague.here, colleague.name))


def asked_of(seat: Seat, console: Console) -> Asked | None:
    """The citizen's last words as a question to the assistant; None when there are none."""
    question = seat.thread.question
    if question is None:
        return None
    zone = ZoneInfo(console.settings.time_zone)
    return Asked(
        seq=question.seq,
        text=question.said.text,
        procedure_code=seat.procedure_code,
        channel=seat.handoff.channel.value,
        today=datetime.fromtimestamp(console.now(), zone).date(),
    )


def _names(connection: Connection, found: Handoff, history: tuple[Event, ...]) -> dict[int, str]:
    ids = {found.holder_id, *(event.account_id for event in history)}
    ids |= {event.to_account_id for event in history}
    query = select(staff_account.c.id, staff_account.c.name).where(
        staff_account.c.id.in_(sorted(number for number in ids if number is not None))
    )
    return {row.id: row.name for row in connection.execute(query)}
