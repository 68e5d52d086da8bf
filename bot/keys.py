"""Keys of this installation: as configured, or made once and kept readable for the owner alone."""

import base64
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Settings

_SHORTEST = 16


def web_secret(settings: Settings) -> str:
    """The key that signs web sessions and the addresses of pages.

    Raises ``ValueError`` for a configured key that is too short to be one.
    """
    if settings.web_secret:
        if len(settings.web_secret) < _SHORTEST:
            raise ValueError(f"BOT_WEB_SECRET needs at least {_SHORTEST} characters")
        return settings.web_secret
    return kept(settings.var_dir / "web.secret", lambda: secrets.token_urlsafe(32))


def staff_key(settings: Settings) -> bytes:
    """The Fernet key that seals what staff log in with: second factors and log-ins under way.

    Without it every second factor must be set up anew, and nobody can tell whether the audit log is whole.
    """

    def make() -> str:
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()

    return kept(settings.var_dir / "staff.key", make).encode()


def audit_key(settings: Settings) -> bytes:
    """The key that seals the audit log, derived from ``staff_key``."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"audit log")
    return derived.derive(staff_key(settings))


def kept(path: Path, make: Callable[[], str]) -> str:
    """The key in a file, made now if there is none; of several processes that do so at once one wins."""
    if not path.exists():
        _write_once(path, make())
    return path.read_text().strip()


def _write_once(path: Path, key: str) -> None:
    """Create the whole file at once, or leave the one another process was first to create."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(key + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
