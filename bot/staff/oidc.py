"""Entering through the province's log-in provider: OpenID Connect, authorization code with PKCE."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from hmac import compare_digest
from threading import Lock
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from cryptography.fernet import Fernet, InvalidToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jws import JWSRegistry

from bot.keys import staff_key
from bot.settings import Settings
from bot.staff.discovery import Discovery, ProviderError

UNDER_WAY_SECONDS = 600.0
"""How long somebody may take at the provider."""
_TIMEOUT_SECONDS = 8.0
_LEEWAY_SECONDS = 60
_PURPOSE = "oidc"


class Failure(str, Enum):
    """Why nobody came back."""

    STATE = "state"
    """This browser began no such log-in, or it came back before."""
    EXPIRED = "expired"
    """It took longer than ten minutes."""
    DENIED = "denied"
    """The provider let nobody in, or does not know its code."""
    PROVIDER = "provider"
    """The provider cannot be reached, or what it says is not to be believed."""
    TOKEN = "token"
    """What it says about the person does not hold: signature, issuer, audience, nonce or time."""


class LoginError(Exception):
    """``why``: for the page and the log; the chained error for operators."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Departure:
    """``url``: where to send the browser. ``sealed``: to keep in a cookie of it until it comes back.

    The cookie must be HttpOnly and SameSite=Lax: the browser comes from another site and would hold a Strict
    one back.
    """

    url: str
    sealed: str


class Provider:
    """The log-in provider as the console uses it. ``key``: Fernet key that seals what the browser keeps.

    Its calls block for up to eight seconds each: not for an event loop. A log-in can come back once; that is
    remembered in this process, and the provider itself takes a code only once. Raises ``ValueError`` for an
    issuer without TLS.
    """

    def __init__(self, issuer: str, client_id: str, client_secret: str, key: bytes) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._fernet = Fernet(key)
        self._discovery = Discovery(issuer)
        self._used: dict[str, float] = {}
        self._lock = Lock()

    def depart(self, back: str, now: float) -> Departure:
        """Begin a log-in that ends at ``back``, an address registered with the provider.

        Raises ``LoginError``.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        try:
            authorize = self._discovery.described(now).authorize
        except ProviderError as error:
            raise LoginError(Failure.PROVIDER) from error
        with self._session(back) as session:
            url, _ = session.create_authorization_url(
                authorize, state=state, nonce=nonce, code_verifier=verifier
            )
        kept = [_PURPOSE, now, state, nonce, verifier, back]
        return Departure(url, self._fernet.encrypt(json.dumps(kept).encode()).decode())

    def arrive(self, sealed: str, query: Mapping[str, str], now: float) -> str:
        """Who came back, as ``<issuer>#<sub>``: ``accounts.enter_as_subject`` knows whether they may enter.

        ``sealed``: the cookie; ``query``: of the address the provider sent the browser to. Raises
        ``LoginError``.
        """
        state, nonce, verifier, back = self._unsealed(sealed, now)
        # A log-in begun in another browser would let its owner's victim work under a foreign name.
        if not compare_digest(query.get("state", "").encode(), state.encode()):
            raise LoginError(Failure.STATE)
        self._use_up(state, now)
        if query.get("iss", self._issuer) != self._issuer:
            raise LoginError(Failure.STATE)
        code = query.get("code", "")
        if "error" in query or not code:
            raise LoginError(Failure.DENIED)
        return f"{self._issuer}#{self._subject(self._exchanged(code, verifier, back, now), nonce, now)}"

    def _unsealed(self, sealed: str, now: float) -> tuple[str, str, str, str]:
        try:
            purpose, at, *kept = json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, TypeError, ValueError):
            raise LoginError(Failure.STATE) from None
        if purpose != _PURPOSE:
            raise LoginError(Failure.STATE)
        if now - at > UNDER_WAY_SECONDS:
            raise LoginError(Failure.EXPIRED)
        state, nonce, verifier, back = kept
        return state, nonce, verifier, back

    def _use_up(self, state: str, now: float) -> None:
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until >= now}
            if state in self._used:
                raise LoginError(Failure.STATE)
            self._used[state] = now + UNDER_WAY_SECONDS

    def _exchanged(self, code: str, verifier: str, back: str, now: float) -> Mapping[str, Any]:
        """The tokens for a code."""
        try:
            with self._session(back) as session:
                address = self._discovery.described(now).token
                tokens = session.fetch_token(address, code=code, code_verifier=verifier)
        except AuthlibBaseError as error:
            raise LoginError(Failure.DENIED) from error
        except (ProviderError, requests.RequestException, ValueError) as error:
            raise LoginError(Failure.PROVIDER) from error
        if not isinstance(tokens, Mapping):
            raise LoginError(Failure.PROVIDER)
        return tokens

    def _subject(self, tokens: Mapping[str, Any], nonce: str, now: float) -> str:
        try:
            token = self._decoded(str(tokens.get("id_token", "")), now)
            options = {
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
            }
            params = {
                "nonce": nonce,
                "client_id": self._client_id,
                "access_token": tokens.get("access_token"),
            }
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(now=int(now), leeway=_LEEWAY_SECONDS)
            subject = claims["sub"]
        except ProviderError as error:
            raise LoginError(Failure.PROVIDER) from error
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise LoginError(Failure.TOKEN) from error
        if not isinstance(subject, str) or not subject:
            raise LoginError(Failure.TOKEN)
        return subject

    def _decoded(self, id_token: str, now: float) -> jwt.Token:
        algorithms = list(self._discovery.described(now).algorithms)
        registry = JWSRegistry(algorithms=algorithms, strict_check_header=False)
        try:
            return jwt.decode(id_token, self._discovery.keys(now), registry=registry)
        except InvalidKeyIdError:
            # Providers change their keys.
            return jwt.decode(id_token, self._discovery.keys(now, anew=True), registry=registry)

    def _session(self, back: str) -> Any:
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=_TIMEOUT_SECONDS,
        )


def open_provider(settings: Settings) -> Provider | None:
    """The provider of this installation; None where there is none.

    Raises ``ValueError`` naming the variable when it is set up halfway.
    """
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id or not settings.oidc_client_secret:
        raise ValueError("BOT_OIDC_CLIENT_ID and BOT_OIDC_CLIENT_SECRET are needed with BOT_OIDC_ISSUER")
    key = staff_key(settings)
    return Provider(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, key)
