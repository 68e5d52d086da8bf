"""Submissions as the conversation and the page see them: prepared, handed in, taken back."""

import secrets
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import exists, insert, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import insert_once
from bot.gateways.described import Described
from bot.gateways.states import ENDED, SubmissionState
from bot.gateways.submissions import queue
from bot.gateways.submissions.applicant import Applicant
from bot.gateways.submissions.submission import (
    Submission,
    key_hash,
    new_code,
    new_reference,
    submission_of,
)
from bot.gateways.tables import submission
from bot.gateways.vault import Vault

S = SubmissionState
_OUTAGE_SECONDS = 600.0
# What a page not completed yet takes over when the draft is prepared again.
_NEWEST = ("procedure_name", "agency", "agency_name", "cases", "papers", "created_at")


class Submissions:
    """All methods may be repeated with the same arguments. ``now``: POSIX seconds."""

    def __init__(self, engine: Engine, vault: Vault, now: Callable[[], float]) -> None:
        self._engine, self._vault, self._now = engine, vault, now

    def prepare(self, conversation_id: str, draft_id: str, described: Described) -> Submission:
        """The submission of a draft, with a page to complete it; a new one where the last has ended. One
        that is on its way or has arrived stays as it is.
        """
        values = {
            "draft_id": draft_id,
            "conversation_id": conversation_id,
            "token": secrets.token_urlsafe(24),
            "procedure_code": described.procedure_code,
            "procedure_name": described.procedure_name,
            "agency": described.agency,
            "agency_name": described.unit_name,
            "cases": list(described.cases),
            "papers": msgspec.to_builtins(described.papers),
            "state": S.OPEN.value,
            "reference": (reference := new_reference()),
            "key_hash": key_hash(reference),
            "withdraw": False,
            "attempts": 0,
            "due_at": self._now(),
            "created_at": self._now(),
        }
        with self._engine.begin() as connection:
            if not insert_once(connection, submission, values):
                known = self._row(connection, draft_id)
                if known is not None and S(known.state) in ENDED:
                    queue.drop(connection, draft_id)
                    connection.execute(insert(submission).values(values))
                same = (submission.c.draft_id == draft_id) & (submission.c.state == S.OPEN.value)
                newest = {name: values[name] for name in _NEWEST}
                connection.execute(update(submission).where(same).values(newest))
            return submission_of(self._row(connection, draft_id))

    def of_draft(self, conversation_id: str, draft_id: str) -> Submission | None:
        """The submission of a draft of this conversation."""
        with self._engine.connect() as connection:
            row = self._row(connection, draft_id)
        return submission_of(row) if row is not None and row.conversation_id == conversation_id else None

    def behind(self, token: str) -> Submission | None:
        """What the page at ``token`` completes; None once nobody waits for it."""
        with self._engine.connect() as connection:
            row = connection.execute(select(submission).where(submission.c.token == token)).one_or_none()
        return submission_of(row) if row is not None else None

    def submit(self, token: str, applicant: Applicant) -> Submission | None:
        """Hand in what was prepared; None when the page is not valid. Repeating it changes nothing: what
        was typed first is sent.
        """
        now = self._now()
        here = submission.c.token == token
        with self._engine.begin() as connection:
            row = connection.execute(select(submission).where(here)).one_or_none()
            if row is None:
                return None
            values = {
                "state": S.PENDING.value,
                "code": self._free_code(connection, row.agency, now),
                "payload": self._vault.seal(msgspec.json.encode(applicant)),
                "due_at": now,
                "handed_in_at": now,
            }
            is_open = here & (submission.c.state == S.OPEN.value)
            connection.execute(update(submission).where(is_open).values(values))
            return submission_of(connection.execute(select(submission).where(here)).one())

    def withdraw(self, conversation_id: str, draft_id: str) -> Submission | None:
        """Take a dossier back: at once while it is with us, else as soon as we know where it is."""
        now = self._now()
        mine = (submission.c.draft_id == draft_id) & (submission.c.conversation_id == conversation_id)
        with_us = submission.c.state.in_((S.OPEN.value, S.PENDING.value))
        gone = {
            "state": S.WITHDRAWN.value,
            "payload": None,
            "token": None,
            "error": None,
            "finished_at": now,
        }
        on_its_way = submission.c.state.in_((S.SENDING.value, S.UNKNOWN.value))
        asked = {"state": S.WITHDRAWING.value, "withdraw": True, "due_at": now}
        with self._engine.begin() as connection:
            connection.execute(update(submission).where(mine & with_us).values(gone))
            connection.execute(update(submission).where(mine & on_its_way).values(withdraw=True))
            arrived = submission.c.state == S.SENT.value
            connection.execute(update(submission).where(mine & arrived).values(asked))
            row = connection.execute(select(submission).where(mine)).one_or_none()
        return submission_of(row) if row is not None else None

    def is_down(self) -> bool:
        """Whether calls to the one-stop system failed lately and something waits because of it."""
        recent = submission.c.started_at > self._now() - _OUTAGE_SECONDS
        waiting = submission.c.state.in_((S.PENDING.value, S.UNKNOWN.value)) & submission.c.error.is_not(None)
        with self._engine.connect() as connection:
            return bool(connection.execute(select(exists().where(waiting & recent))).scalar_one())

    def _free_code(self, connection: Connection, agency: str, now: float) -> str:
        while True:
            code = new_code(agency, now)
            taken = select(submission.c.id).where(submission.c.code == code)
            if connection.execute(taken).first() is None:
                return code

    def _row(self, connection: Connection, draft_id: str) -> Any:
        query = select(submission).where(submission.c.draft_id == draft_id)
        return connection.execute(query).one_or_none()
