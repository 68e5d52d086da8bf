"""The second factor of staff: codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds)."""

import hmac
import re
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from pyotp import TOTP, random_base32
from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.staff.accounts import count_failure
from bot.staff.tables import staff_account

ISSUER = "Trợ lý dịch vụ công Quảng Ninh"
_STEP_SECONDS = 30
# One step to either side: clocks of telephones differ, and people type slowly.
_STEPS = (-1, 0, 1)
_SECRET = re.compile(r"[A-Z2-7]{32}")
_SPACES = re.compile(r"\s")


@dataclass(frozen=True)
class Setup:
    """``secret``: base32, 160 bits, to type; ``uri``: ``otpauth://``, to show as a QR code."""

    secret: str
    uri: str


class SecondFactor:
    """Secrets are stored sealed with ``key`` (Fernet), so that a copy of the database gives no codes."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def propose(self, login: str) -> Setup:
        """A new secret; nothing is stored until a code of it was given."""
        secret = random_base32()
        return Setup(secret, TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER))

    def confirm(self, connection: Connection, account_id: int, secret: str, code: str, now: float) -> bool:
        """Store a proposed secret when ``code`` is one of it now; that code is then used up.

        False too when the account has a second factor already: whoever knows only the password must not put
        theirs in its place.
        """
        if not _SECRET.fullmatch(secret) or (step := _step(secret, code, now)) is None:
            return False
        bare = (staff_account.c.id == account_id) & staff_account.c.totp_sealed.is_(None)
        sealed = self._fernet.encrypt(f"{account_id}:{secret}".encode()).decode()
        done = update(staff_account).where(bare).values(totp_sealed=sealed, totp_step=step, failures=0)
        stored: int = connection.execute(done).rowcount
        return stored == 1

    def check(self, connection: Connection, account_id: int, code: str, now: float) -> bool:
        """Whether the code is right now and was not used before.

        Wrong ones count like wrong passwords; a locked account has no right code.
        """
        account = staff_account.c
        row = connection.execute(select(staff_account).where(account.id == account_id)).one_or_none()
        if row is None or row.totp_sealed is None or row.locked_until > now:
            return False
        secret = self._open(row)
        step = _step(secret, code, now) if secret else None
        if step is None or step <= row.totp_step:
            count_failure(connection, account_id, now)
            return False
        # Another code given since we looked makes this one count for nothing.
        same = (account.id == account_id) & (account.failures == row.failures) & (account.totp_step < step)
        used = update(staff_account).where(same).values(totp_step=step, failures=0)
        taken: int = connection.execute(used).rowcount
        return taken == 1

    def drop(self, connection: Connection, account_id: int) -> None:
        """The account has no second factor any more and must set one up."""
        gone = update(staff_account).where(staff_account.c.id == account_id).values(totp_sealed=None)
        connection.execute(gone)

    def _open(self, row: Any) -> str | None:
        """The secret; None when it was sealed with another key or for another account."""
        try:
            owner, _, secret = self._fernet.decrypt(row.totp_sealed.encode()).decode().partition(":")
        except InvalidToken:
            return None
        return secret if owner == str(row.id) else None


def _step(secret: str, code: str, now: float) -> int | None:
    """The time step ``code`` belongs to, among those that count now."""
    typed = _SPACES.sub("", code)
    totp, current = TOTP(secret), int(now) // _STEP_SECONDS
    for step in (current + offset for offset in _STEPS):
        if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None
