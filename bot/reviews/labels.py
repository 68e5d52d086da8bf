"""Labels of reviewers. In an audit a label is given blind, and stands once somebody could have seen it."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.conversations.tables import turn
from bot.reviews.tables import audit_item, turn_label
from bot.reviews.verdict import Reason, Verdict
from bot.staff.tables import staff_account
from bot.text import clean, mask

COMMENT_LENGTH = 1000


@dataclass(frozen=True)
class Label:
    """What a reviewer says. ``intent`` and ``procedure_code``: what would have been right."""

    verdict: Verdict
    reason: Reason | None = None
    intent: Intent | None = None
    procedure_code: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Given:
    """A label with who gave it and when. ``round_id``: of the audit it was given in."""

    label: Label
    account_id: int
    login: str
    round_id: int | None
    at: float


@dataclass(frozen=True)
class Place:
    """The audit a turn was drawn for; ``needed``: labels by so many reviewers."""

    round_id: int
    needed: int


class Refusal(Enum):
    """Why a label is not taken."""

    NO_TURN = "no_turn"
    ENOUGH = "enough"
    """The audit has the labels it needs of this turn, from others."""
    STANDS = "stands"
    """The reviewer gave it, and could see the other's since."""


def give(connection: Connection, turn_id: int, account_id: int, label: Label, now: float) -> Given | Refusal:
    """Label a turn, or change one's label. Comments are masked and cut; a right answer has no reason.

    In an audit everybody counts once, so two labels of a turn are of two people.
    """
    # Held before it is read: of two reviewers who come at once the second sees the first one's label.
    held = update(turn).where(turn.c.id == turn_id).values(flagged_at=turn.c.flagged_at)
    if not connection.execute(held).rowcount:
        return Refusal.NO_TURN
    place = place_of(connection, turn_id)
    if place:
        of_round = [one for one in _given(connection, turn_id) if one.round_id == place.round_id]
        others = [one for one in of_round if one.account_id != account_id]
        if len(others) < len(of_round) and others:
            return Refusal.STANDS
        if len(others) >= place.needed:
            return Refusal.ENOUGH
    own = (turn_label.c.turn_id == turn_id) & (turn_label.c.account_id == account_id)
    connection.execute(delete(turn_label).where(own))
    values = {
        "turn_id": turn_id,
        "account_id": account_id,
        "round_id": place.round_id if place else None,
        "verdict": label.verdict.value,
        "reason": label.reason.value if label.reason and label.verdict is not Verdict.RIGHT else None,
        "intent": label.intent.value if label.intent else None,
        "procedure_code": label.procedure_code[: turn_label.c.procedure_code.type.length] or None,
        "comment": mask(clean(label.comment))[:COMMENT_LENGTH].rstrip() or None,
        "at": now,
    }
    connection.execute(insert(turn_label).values(values))
    return next(one for one in _given(connection, turn_id) if one.account_id == account_id)


def own_label(connection: Connection, turn_id: int, account_id: int) -> Given | None:
    """What this reviewer said of the turn."""
    return next((one for one in _given(connection, turn_id) if one.account_id == account_id), None)


def labels_of_others(connection: Connection, turn_id: int, account_id: int) -> list[Given] | None:
    """What the others said, the first first. None while it is hidden: the turn was drawn for an audit and
    this reviewer has not labelled it there, nor is the audit done with it.
    """
    given = _given(connection, turn_id)
    others = [one for one in given if one.account_id != account_id]
    place = place_of(connection, turn_id)
    if place:
        in_round = [one for one in given if one.round_id == place.round_id]
        is_done = len(in_round) >= place.needed
        if not is_done and all(one.account_id != account_id for one in in_round):
            return None
    return others


def place_of(connection: Connection, turn_id: int) -> Place | None:
    """The audit of a turn; a turn is drawn for one audit only."""
    query = select(audit_item.c.round_id, audit_item.c.twice).where(audit_item.c.turn_id == turn_id)
    row = connection.execute(query).first()
    return Place(row.round_id, 2 if row.twice else 1) if row else None


def set_flag(connection: Connection, turn_id: int, flagged: bool, now: float) -> bool:
    """Mark a turn to come back to, or take the mark away; False where nothing changed."""
    here = (turn.c.id == turn_id) & (
        turn.c.flagged_at.is_(None) if flagged else turn.c.flagged_at.is_not(None)
    )
    change = update(turn).where(here).values(flagged_at=now if flagged else None)
    return bool(connection.execute(change).rowcount)


def _given(connection: Connection, turn_id: int) -> list[Given]:
    query = (
        select(turn_label, staff_account.c.login)
        .join(staff_account, staff_account.c.id == turn_label.c.account_id)
        .where(turn_label.c.turn_id == turn_id)
        .order_by(turn_label.c.at, turn_label.c.id)
    )
    return [given_of(row) for row in connection.execute(query)]


def given_of(row: Any) -> Given:
    """The label in a row of ``turn_label`` with the reviewer's ``login``."""
    label = Label(
        Verdict(row.verdict),
        Reason(row.reason) if row.reason else None,
        Intent(row.intent) if row.intent else None,
        row.procedure_code or "",
        row.comment or "",
    )
    return Given(label, row.account_id, row.login, row.round_id, row.at)
