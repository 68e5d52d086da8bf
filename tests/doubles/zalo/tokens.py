"""OAuth v4: codes with PKCE, access tokens, and refresh tokens that work once."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from tests.doubles.zalo import seeded
from tests.doubles.zalo.clock import Clock
from tests.doubles.zalo.codes import Code, RefusedError
from tests.doubles.zalo.settings import Settings

CODE_SECONDS = 600.0
DAY = 86400.0


@dataclass
class _Code:
    challenge: str
    until: float


class Tokens:
    """An access token stays good until it expires, also after a refresh (assumed)."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self._clock = clock
        self._codes: dict[str, _Code] = {}
        self._access: dict[str, float] = {}
        self._refresh: dict[str, float] = {}
        self._issued = 0

    def permit(self, app_id: str, redirect_uri: str, challenge: str) -> str:
        """The administrator agrees: a code that works once within 10 minutes."""
        self._check_app(app_id)
        if not redirect_uri or self.settings.redirect_uri not in ("", redirect_uri):
            raise RefusedError(Code.REDIRECT, "Invalid redirect uri")
        self._issued += 1
        code = seeded.secret(self.settings.seed, "code", self._issued)
        self._codes[code] = _Code(challenge, self._clock.now() + CODE_SECONDS)
        return code

    def grant(self, form: Mapping[str, str], secret_key: str) -> dict[str, str]:
        """Answer to the token endpoint."""
        self._check_app(form.get("app_id", ""))
        if secret_key != self.settings.app_secret:
            raise RefusedError(Code.SECRET, "Invalid secret key")
        if form.get("grant_type") == "authorization_code":
            self._spend_code(form.get("code", ""), form.get("code_verifier", ""))
        elif form.get("grant_type") == "refresh_token":
            until = self._refresh.pop(form.get("refresh_token", ""), 0.0)
            if until <= self._clock.now():
                raise RefusedError(Code.REFRESH)
        else:
            raise RefusedError(Code.GRANT, "Invalid grant type")
        return self.mint()

    def mint(self) -> dict[str, str]:
        """A fresh pair, as the console's explorer hands out."""
        self._issued += 1
        access = seeded.secret(self.settings.seed, "access", self._issued)
        refresh = seeded.secret(self.settings.seed, "refresh", self._issued)
        now = self._clock.now()
        self._access[access] = now + self.settings.token_seconds
        self._refresh[refresh] = now + self.settings.refresh_days * DAY
        return {
            "access_token": access,
            "refresh_token": refresh,
            "expires_in": str(int(self.settings.token_seconds)),
        }

    def check(self, access_token: str) -> None:
        """Raises ``RefusedError`` -216 (missing, unknown) or -220 (expired)."""
        until = self._access.get(access_token)
        if until is None:
            raise RefusedError(Code.TOKEN)
        if until <= self._clock.now():
            raise RefusedError(Code.TOKEN_EXPIRED)

    def revoke(self, refresh_too: bool = False) -> None:
        """All access tokens stop working, as when an administrator changes the password."""
        self._access.clear()
        if refresh_too:
            self._refresh.clear()

    def _check_app(self, app_id: str) -> None:
        if app_id != self.settings.app_id:
            raise RefusedError(Code.APP, "Invalid app id")

    def _spend_code(self, text: str, verifier: str) -> None:
        code = self._codes.pop(text, None)
        if code is None or code.until <= self._clock.now():
            raise RefusedError(Code.CODE, "Invalid authorization code")
        if code.challenge and (len(verifier) != 43 or challenge(verifier) != code.challenge):
            raise RefusedError(Code.CODE, "Invalid code verifier")


def challenge(verifier: str) -> str:
    """PKCE S256."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
