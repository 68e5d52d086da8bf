"""The local register: announced by citizens, settled by the staff of a counter."""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, or_, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import insert_once
from bot.gateways.described import Described
from bot.gateways.news import News, tell
from bot.gateways.register.codes import new_code
from bot.gateways.register.registration import Registration, registration_of
from bot.gateways.states import NewsKind, RegistrationState
from bot.gateways.tables import registration

R = RegistrationState
_DAYS_AFTER_THE_DAY = 3
_DAYS_WITHOUT_A_DAY = 30
_TRIES = 8
_NEWEST = ("procedure_name", "cases", "papers")


class Registrations:
    """All methods may be repeated with the same arguments. ``now``: POSIX seconds."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine, self._now = engine, now

    def register(self, conversation_id: str, draft_id: str, described: Described) -> Registration:
        """Announce a draft; the registration it has already, if that has not ended, with the papers as they
        are now as long as the counter has not settled it.
        """
        values = {
            "draft_id": draft_id,
            "conversation_id": conversation_id,
            "procedure_code": described.procedure_code,
            "procedure_name": described.procedure_name,
            "cases": list(described.cases),
            "papers": msgspec.to_builtins(described.papers),
            "unit": described.unit,
            "unit_name": described.unit_name,
            "state": R.REGISTERED.value,
            "created_at": self._now(),
        }
        ended = registration.c.state.in_((R.REFUSED.value, R.WITHDRAWN.value, R.EXPIRED.value))
        with self._engine.begin() as connection:
            connection.execute(delete(registration).where(registration.c.draft_id == draft_id, ended))
            for _ in range(_TRIES):
                # A code that is taken already is as likely as a lottery win, but not impossible.
                own = {"code": new_code(), "token": secrets.token_urlsafe(24)}
                insert_once(connection, registration, values | own)
                here = registration.c.draft_id == draft_id
                waiting = here & (registration.c.state == R.REGISTERED.value)
                newest = {name: values[name] for name in _NEWEST}
                connection.execute(update(registration).where(waiting).values(newest))
                row = self._row(connection, here)
                if row is not None:
                    return registration_of(row)
        raise RuntimeError("no free receipt code")

    def of_draft(self, conversation_id: str, draft_id: str) -> Registration | None:
        """The registration of a draft of this conversation."""
        return self._found(_mine(conversation_id, draft_id))

    def behind(self, token: str) -> Registration | None:
        """What the receipt at ``token`` shows."""
        return self._found(registration.c.token == token)

    def with_code(self, code: str) -> Registration | None:
        """For staff: what a receipt stands for."""
        return self._found(registration.c.code == code)

    def choose_day(self, conversation_id: str, draft_id: str, day: date | None) -> Registration | None:
        """Say when the citizen wants to come; the registration as it is now."""
        waiting = registration.c.state == R.REGISTERED.value
        return self._changed(_mine(conversation_id, draft_id), waiting, {"day": day})

    def withdraw(self, conversation_id: str, draft_id: str) -> Registration | None:
        """Take an announcement back as long as the counter has not settled it."""
        waiting = registration.c.state == R.REGISTERED.value
        values = {"state": R.WITHDRAWN.value, "settled_at": self._now()}
        return self._changed(_mine(conversation_id, draft_id), waiting, values)

    def waiting(self, unit: str | None = None, limit: int = 200) -> list[Registration]:
        """For staff: what is announced, chosen days first, of one commune or of all."""
        query = select(registration).where(registration.c.state == R.REGISTERED.value)
        if unit is not None:
            query = query.where(registration.c.unit == unit)
        undecided = registration.c.day.is_(None)
        order = (undecided, registration.c.day, registration.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(*order).limit(limit)).all()
        return [registration_of(row) for row in rows]

    def accept(self, code: str, by: str, dossier_code: str | None = None) -> bool:
        """The counter took the dossier in; the conversation hears of it. False when it was settled before."""
        values = {"state": R.ACCEPTED.value, "accepted_by": by[:80], "dossier_code": dossier_code}
        return self._settled(code, values, NewsKind.ACCEPTED, dossier_code or code)

    def refuse(self, code: str, reason: str) -> bool:
        """The counter did not take it in; the conversation hears that, and reads the reason on the receipt.
        False when it was settled before.
        """
        values = {"state": R.REFUSED.value, "reason": reason}
        return self._settled(code, values, NewsKind.COUNTER_REFUSED, code)

    def expire(self, today: date) -> int:
        """End what nobody came with: three days after the chosen day, or 30 days without one; how many."""
        now = self._now()
        overdue = or_(
            registration.c.day < today - timedelta(days=_DAYS_AFTER_THE_DAY),
            registration.c.day.is_(None) & (registration.c.created_at < now - _DAYS_WITHOUT_A_DAY * 86_400),
        )
        waiting = registration.c.state == R.REGISTERED.value
        with self._engine.connect() as connection:
            codes = list(connection.execute(select(registration.c.code).where(waiting, overdue)).scalars())
        values = {"state": R.EXPIRED.value}
        return sum(self._settled(code, values, NewsKind.EXPIRED, code) for code in codes)

    def _settled(self, code: str, values: dict[str, Any], kind: NewsKind, told: str) -> bool:
        here = (registration.c.code == code) & (registration.c.state == R.REGISTERED.value)
        now = self._now()
        with self._engine.begin() as connection:
            change = update(registration).where(here).values(settled_at=now, **values)
            if connection.execute(change).rowcount != 1:
                return False
            row = self._row(connection, registration.c.code == code)
            tell(connection, News(row.conversation_id, kind, row.draft_id, told), now)
        return True

    def _changed(self, mine: Any, only: Any, values: dict[str, Any]) -> Registration | None:
        with self._engine.begin() as connection:
            connection.execute(update(registration).where(mine & only).values(values))
            row = self._row(connection, mine)
        return registration_of(row) if row is not None else None

    def _found(self, where: Any) -> Registration | None:
        with self._engine.connect() as connection:
            row = self._row(connection, where)
        return registration_of(row) if row is not None else None

    def _row(self, connection: Connection, where: Any) -> Any:
        return connection.execute(select(registration).where(where)).one_or_none()


def _mine(conversation_id: str, draft_id: str) -> Any:
    own = registration.c.conversation_id == conversation_id
    return own & (registration.c.draft_id == draft_id)
