"""Keeps what a submission carries unreadable until it is handed over."""

import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

from bot.keys import kept
from bot.settings import Settings

KEY_FILE = "vault.key"


class Vault:
    """Seals with Fernet. ``key``: 32 bytes in URL-safe base64; raises ``ValueError`` for any other."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(key)
        self._label_key = hashlib.sha256(b"label:" + key.encode()).digest()

    def seal(self, plain: bytes) -> bytes:
        """Encrypted and signed."""
        return self._fernet.encrypt(plain)

    def open(self, sealed: bytes) -> bytes | None:
        """What was sealed; None when it was sealed with another key or changed since."""
        try:
            return self._fernet.decrypt(bytes(sealed))
        except InvalidToken:
            return None

    def label(self, text: str) -> str:
        """What stands for a code in logs: 16 hexadecimal digits, comparable only with the key."""
        return hmac.new(self._label_key, text.encode(), hashlib.sha256).hexdigest()[:16]


def open_vault(settings: Settings) -> Vault:
    """The vault of this installation: its key as configured, or made once, for the owner alone.

    Raises ``ValueError`` for a configured key that is none.
    """
    if settings.vault_key:
        try:
            return Vault(settings.vault_key)
        except ValueError:
            raise ValueError("BOT_VAULT_KEY must be 32 bytes in URL-safe base64") from None
    return Vault(kept(settings.var_dir / KEY_FILE, lambda: Fernet.generate_key().decode()))
