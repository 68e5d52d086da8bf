"""One citizen on several channels: an address joins a conversation with a code shown in that conversation.

Nothing is linked but by the citizen's own act: whoever tells a valid code has seen it in the conversation.
Call these through ``bot.channels.linking``, which takes waiting messages along.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.conversations import erasing
from bot.conversations.people import open_conversation
from bot.conversations.tables import conversation, identity, link_attempt, link_code
from bot.text import mask

PREFIX = "LK"
# No look-alikes, no vowels (so no words, and nothing for a Vietnamese keyboard to put a tone on), no w and d,
# which such a keyboard turns into other letters. 17 to the power of 8 is 7 billion.
ALPHABET = "BCFGHKMNPRTVX3479"
LENGTH = 8
LIFETIME = 600.0
MOST_OPEN = 3
MOST_WRONG = 5
_REMEMBERED = 86_400.0
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Linked:
    """The conversation the address belongs to now and the one it left."""

    conversation_id: str
    former_id: str


class Refused(str, Enum):
    """Why a code links nothing."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED = "used"
    SAME = "same"
    """The address is in that conversation already; the code is not used up."""
    THROTTLED = "throttled"
    """Too many wrong codes from this address within LIFETIME; even the right one is not looked at."""


def issue(connection: Connection, conversation_id: str, now: float) -> str:
    """A new code ("LK-BCFG-3479"), good once and for LIFETIME seconds; only its hash is stored. Beyond
    MOST_OPEN the oldest open code ends. Raises ``LookupError`` when the conversation was erased.
    """
    if not _hold(connection, conversation_id):
        raise LookupError("no such conversation")
    connection.execute(delete(link_code).where(link_code.c.expires_at < now - _REMEMBERED))
    open_codes = (
        select(link_code.c.code_hash)
        .where(link_code.c.conversation_id == conversation_id, link_code.c.used_at.is_(None))
        .where(link_code.c.expires_at > now)
        .order_by(link_code.c.created_at.desc(), link_code.c.code_hash)
    )
    surplus = connection.execute(open_codes).scalars().all()[MOST_OPEN - 1 :]
    if surplus:
        connection.execute(delete(link_code).where(link_code.c.code_hash.in_(surplus)))
    code = _fresh()
    values = {
        "code_hash": _hash(code),
        "conversation_id": conversation_id,
        "created_at": now,
        "expires_at": now + LIFETIME,
    }
    connection.execute(insert(link_code).values(values))
    return code


def prove(connection: Connection, code: str, now: float) -> str | None:
    """The conversation somebody is in who tells a code to staff; uses the code up. None for a code that is
    wrong, used or too old.
    """
    here = (link_code.c.code_hash == _hash(code)) & link_code.c.used_at.is_(None)
    valid = here & (link_code.c.expires_at > now)
    if connection.execute(update(link_code).where(valid).values(used_at=now)).rowcount != 1:
        return None
    query = select(link_code.c.conversation_id).where(link_code.c.code_hash == _hash(code))
    found: str = connection.execute(query).scalar_one()
    return found


def redeem(connection: Connection, code: str, identity_id: int, now: float) -> Linked | Refused:
    """Move an address into the conversation of a code; of several who tell it at once, one wins. The former
    conversation stays as it is, without this address. The code is only ever compared by its hash.
    """
    # The update holds the row: attempts of one address are counted one after another.
    here = identity.c.id == identity_id
    connection.execute(update(identity).where(here).values(heard_at=identity.c.heard_at))
    former: str = connection.execute(select(identity.c.conversation_id).where(here)).scalar_one()
    if _wrong_lately(connection, identity_id, now) >= MOST_WRONG:
        return Refused.THROTTLED
    digest = _hash(code)
    target = _take(connection, digest, former, now)
    if isinstance(target, Refused):
        if target is not Refused.SAME:
            connection.execute(insert(link_attempt).values(identity_id=identity_id, at=now))
        return target
    connection.execute(update(identity).where(here).values(conversation_id=target))
    return Linked(target, former)


def unlink(connection: Connection, identity_id: int, now: float) -> Linked:
    """Give an address a fresh conversation of its own; codes still open in the one it leaves end."""
    here = identity.c.id == identity_id
    former: str = connection.execute(select(identity.c.conversation_id).where(here)).scalar_one()
    fresh = open_conversation(connection, now)
    connection.execute(update(identity).where(here).values(conversation_id=fresh))
    still_open = (link_code.c.conversation_id == former) & link_code.c.used_at.is_(None)
    connection.execute(delete(link_code).where(still_open))
    return Linked(fresh, former)


def is_linked(connection: Connection, identity_id: int) -> bool:
    """Whether another address shares the conversation of this one."""
    mine = select(identity.c.conversation_id).where(identity.c.id == identity_id).scalar_subquery()
    sharing = select(func.count()).select_from(identity).where(identity.c.conversation_id == mine)
    return bool(connection.execute(sharing).scalar_one() > 1)


def bare(code: str) -> str:
    """The characters of a code as they are hashed, however the citizen wrote it ("lk bcfg3479")."""
    return _NOISE.sub("", code).upper().removeprefix(PREFIX)


def _fresh() -> str:
    while True:
        letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        code = f"{PREFIX}-{letters[:4]}-{letters[4:]}"
        # What citizens write is masked before it is read: a code must not look like somebody's number.
        if mask(code) == code and mask(letters) == letters:
            return code


def _hash(code: str) -> str:
    return hashlib.sha256(bare(code).encode()).hexdigest()


def _hold(connection: Connection, conversation_id: str) -> bool:
    """Keep others from writing here until the transaction ends, on SQLite too; False when erased."""
    here = conversation.c.id == conversation_id
    connection.execute(update(conversation).where(here).values(last_seq=conversation.c.last_seq))
    return erasing.hold_living(connection, conversation_id)


def _wrong_lately(connection: Connection, identity_id: int, now: float) -> int:
    mine = link_attempt.c.identity_id == identity_id
    connection.execute(delete(link_attempt).where(mine, link_attempt.c.at <= now - LIFETIME))
    wrong = select(func.count()).select_from(link_attempt).where(mine)
    return int(connection.execute(wrong).scalar_one())


def _take(connection: Connection, digest: str, former: str, now: float) -> str | Refused:
    """The conversation of a code that was still good and is used up now."""
    row = connection.execute(select(link_code).where(link_code.c.code_hash == digest)).one_or_none()
    if row is None:
        return Refused.UNKNOWN
    target: str = row.conversation_id
    if target == former:
        return Refused.SAME
    if row.expires_at <= now:
        return Refused.EXPIRED
    good = (link_code.c.code_hash == digest) & link_code.c.used_at.is_(None)
    if connection.execute(update(link_code).where(good).values(used_at=now)).rowcount != 1:
        return Refused.USED
    return target if erasing.hold_living(connection, target) else Refused.UNKNOWN
