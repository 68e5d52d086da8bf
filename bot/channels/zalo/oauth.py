"""Zalo's OAuth v4: the authorisation link for the account's administrator, and token pairs."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.channels.zalo.answer import Answer, text

_USUAL_SECONDS = 90_000.0
"""Zalo's 25 hours, when the answer has no usable life: a single-use pair is never thrown away."""


@dataclass(frozen=True)
class Pair:
    """``expires_in``: seconds the access token lives. ``repr`` shows no token."""

    access: str
    refresh: str
    expires_in: float

    def __repr__(self) -> str:
        return f"Pair(expires_in={self.expires_in:.0f})"


def challenge() -> tuple[str, str]:
    """A PKCE verifier of 43 characters and its S256 challenge."""
    verifier = secrets.token_urlsafe(32)
    digest = hashlib.sha256(verifier.encode()).digest()
    return verifier, base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def permission_url(oauth_url: str, app_id: str, redirect_uri: str, challenge: str, state: str) -> str:
    """Where the account's administrator agrees; leads back to ``redirect_uri?code=…&oa_id=…``."""
    query = {"app_id": app_id, "redirect_uri": redirect_uri, "code_challenge": challenge, "state": state}
    return f"{oauth_url.rstrip('/')}/v4/oa/permission?{urlencode(query)}"


def pair_of(answer: Answer) -> Pair | None:
    """The tokens of an answer; None when it is an error or incomplete."""
    access, refresh = text(answer.body.get("access_token")), text(answer.body.get("refresh_token"))
    if not access or not refresh:
        return None
    life = text(answer.body.get("expires_in"))
    return Pair(access, refresh, float(life) if life.isascii() and life.isdigit() else _USUAL_SECONDS)
