"""What a log-in provider says about itself (OpenID Connect Discovery 1.0) and the keys it signs with."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from joserfc.jwk import KeySet

_TIMEOUT_SECONDS = 8.0
_FRESH_SECONDS = 3600.0
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# Only keys nobody but the provider has: neither "none" nor those made of our shared secret.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


class ProviderError(Exception):
    """The provider cannot be reached, or what it says is not to be believed; the text says why."""


@dataclass(frozen=True)
class Described:
    """Addresses of a provider and the algorithms its tokens may be signed with."""

    authorize: str
    token: str
    keys: str
    algorithms: tuple[str, ...]


class Discovery:
    """Asks ``issuer`` about itself, once an hour at most.

    Raises ``ValueError`` for an address without TLS.
    """

    def __init__(self, issuer: str) -> None:
        if not is_private(issuer):
            raise ValueError("BOT_OIDC_ISSUER must be an https address")
        self._issuer = issuer
        self._described: tuple[float, Described] | None = None
        self._keys: KeySet | None = None

    def described(self, now: float) -> Described:
        """Addresses and algorithms. Raises ``ProviderError``."""
        if self._described is None or now - self._described[0] > _FRESH_SECONDS:
            read = _read(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            self._described = (now, _described(read, self._issuer))
        return self._described[1]

    def keys(self, now: float, anew: bool = False) -> KeySet:
        """The provider's keys; ``anew`` when a token names one that is not among them. Raises
        ``ProviderError``.
        """
        if self._keys is None or anew:
            try:
                self._keys = KeySet.import_key_set(_read(self.described(now).keys))
            except (KeyError, TypeError, ValueError) as error:
                raise ProviderError("keys cannot be read") from error
        return self._keys


def is_private(url: str) -> bool:
    """Whether nobody on the way can read or change what goes there: TLS, or this machine."""
    parts = urlsplit(url)
    local = parts.hostname in ("127.0.0.1", "::1", "localhost")
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and local))


def _read(url: str) -> Any:
    try:
        answer = requests.get(url, timeout=_TIMEOUT_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderError(f"no answer from {urlsplit(url).hostname}") from error


def _described(read: Any, issuer: str) -> Described:
    """Whoever answers for another issuer could pass its people off as those of ours."""
    if not isinstance(read, dict) or read.get("issuer") != issuer:
        raise ProviderError("answers for another issuer")
    authorize, token, keys = (str(read.get(name, "")) for name in _ENDPOINTS)
    if not all(map(is_private, (authorize, token, keys))):
        raise ProviderError("names an address without TLS")
    named = read.get("id_token_signing_alg_values_supported") or ["RS256"]
    algorithms = tuple(algorithm for algorithm in _ALGORITHMS if algorithm in named)
    if not algorithms:
        raise ProviderError("signs with nothing we believe")
    return Described(authorize, token, keys, algorithms)
