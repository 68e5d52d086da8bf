"""A log-in provider on loopback: discovery, authorization code with PKCE, RSA-signed ID tokens.

Written after OpenID Connect Core 1.0 and Discovery 1.0, RFC 6749 and RFC 7636. It refuses what a real one
must refuse; what a broken or hostile one would do is set by hand.
"""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.doubles.gov.serving import Serving

CLIENT_ID, CLIENT_SECRET = "bang-dieu-khien", "bi-mat-cua-bang-dieu-khien"
_TOKEN_SECONDS = 300


def rsa_key(name: str) -> RSAKey:
    """Making one takes a while: make few."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class Grant:
    """What an authorization code stands for."""

    subject: str
    back: str
    nonce: str
    challenge: str


@dataclass
class OidcProvider:
    """``with OidcProvider(key, back={…}) as provider``: serves at ``provider.issuer``.

    ``back``: registered addresses. ``present``: who is logged in there, None when they cancel. ``signing``:
    the key tokens are signed with; ``published``: the keys others are told. ``claims``, ``header``,
    ``described``: put over what is right in tokens and in the discovery; None takes out.
    """

    signing: RSAKey
    back: frozenset[str]
    present: str | None = "4711"
    published: list[RSAKey] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    described: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    clock: Callable[[], float] = time.time
    calls: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.published = self.published or [self.signing]
        self._codes: dict[str, Grant] = {}
        self._issued = 0
        routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
        ]
        self._serving = Serving(Starlette(routes=routes))

    @property
    def issuer(self) -> str:
        return self._serving.url

    def __enter__(self) -> "OidcProvider":
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._serving.stop()

    async def _discovery(self, request: Request) -> Response:
        self.calls.append("discovery")
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }
        return JSONResponse(_over(said, self.described))

    async def _authorize(self, request: Request) -> Response:
        """A wrong client or address is told to the person, all else to the client (RFC 6749, 4.1.2.1)."""
        query = request.query_params
        back = query.get("redirect_uri", "")
        if query.get("client_id") != CLIENT_ID or back not in self.back:
            return JSONResponse({"error": "invalid_client"}, 400)
        told = {"state": query.get("state", ""), "iss": self.issuer}
        wrong = (
            query.get("response_type") != "code"
            or "openid" not in query.get("scope", "").split()
            or query.get("code_challenge_method") != "S256"
            or len(query.get("code_challenge", "")) != 43
        )
        if wrong or self.present is None:
            told["error"] = "invalid_request" if wrong else "access_denied"
            return RedirectResponse(f"{back}?{urlencode(told)}", 302)
        self._issued += 1
        code = told["code"] = f"ma-{self._issued}"
        self._codes[code] = Grant(self.present, back, query.get("nonce", ""), query["code_challenge"])
        return RedirectResponse(f"{back}?{urlencode(told)}", 302)

    async def _token(self, request: Request) -> Response:
        self.calls.append("token")
        if not _is_client(request.headers.get("authorization", "")):
            return JSONResponse({"error": "invalid_client"}, 401)
        form = await request.form()
        grant = self._codes.pop(str(form.get("code", "")), None)
        right = (
            grant is not None
            and form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == grant.back
            and _challenge(str(form.get("code_verifier", ""))) == grant.challenge
        )
        if grant is None or not right:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = f"truy-cap-{self._issued}"
        answer = {"access_token": access, "token_type": "Bearer", "expires_in": _TOKEN_SECONDS}
        return JSONResponse(
            {**answer, "id_token": self._signed(grant, access)}, headers={"cache-control": "no-store"}
        )

    async def _keys(self, request: Request) -> Response:
        self.calls.append("keys")
        return JSONResponse(KeySet([*self.published]).as_dict(private=False))

    def _signed(self, grant: Grant, access: str) -> str:
        now = int(self.clock())
        claims = {
            "iss": self.issuer,
            "sub": grant.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + _TOKEN_SECONDS,
            "nonce": grant.nonce,
            "at_hash": _base64(hashlib.sha256(access.encode()).digest()[:16]),
        }
        header = {"alg": self.algorithm, "kid": self.signing.kid, **self.header}
        if self.algorithm == "none":
            return ".".join([*(_json64(part) for part in (header, _over(claims, self.claims))), ""])
        return jwt.encode(header, _over(claims, self.claims), self.signing, algorithms=[self.algorithm])


def _json64(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _over(right: dict[str, Any], wrong: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**right, **wrong}.items() if value is not None}


def _is_client(header: str) -> bool:
    kind, _, given = header.partition(" ")
    wanted = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    return kind.lower() == "basic" and given == wanted


def _challenge(verifier: str) -> str:
    return _base64(hashlib.sha256(verifier.encode()).digest())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
