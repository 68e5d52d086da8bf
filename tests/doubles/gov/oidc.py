"""The log-in of the national portal: authorize, token, userinfo, introspect, logout."""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.doubles.gov.routing import body_of
from tests.doubles.gov.world import World


class Oidc:
    """Codes work once. ``id_token`` is signed with the client secret (HS256; the real one is not known)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._codes: dict[str, dict[str, str]] = {}
        self._tokens: dict[str, str] = {}
        self._issued = 0

    def routes(self) -> list[Route]:
        return [
            Route("/oauth2/authorize", self.authorize),
            Route("/oauth2/token", self.token, methods=["POST"]),
            Route("/oauth2/userinfo", self.userinfo, methods=["GET", "POST"]),
            Route("/oauth2/introspect", self.introspect, methods=["POST"]),
            Route("/oidc/logout", self.logout),
        ]

    async def authorize(self, request: Request) -> Response:
        query, people = request.query_params, self._world.people
        where = query.get("redirect_uri", "")
        if query.get("client_id") != self._world.settings.client_id or not where:
            return JSONResponse({"error": "invalid_client"}, 400)
        back = {"state": query["state"]} if "state" in query else {}
        if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
            return RedirectResponse(f"{where}?{urlencode({'error': 'invalid_request', **back})}", 302)
        if people.present is None:
            return RedirectResponse(f"{where}?{urlencode({'error': 'access_denied', **back})}", 302)
        code = self._fresh("ma")
        self._codes[code] = {"sub": people.present, "redirect": where, "nonce": query.get("nonce", "")}
        return RedirectResponse(f"{where}?{urlencode({'code': code, **back})}", 302)

    async def token(self, request: Request) -> Response:
        form, settings = await _form(request), self._world.settings
        if (form.get("client_id"), form.get("client_secret")) != (settings.client_id, settings.client_secret):
            return JSONResponse({"error": "invalid_client"}, 401)
        grant = self._codes.pop(form.get("code", ""), None)
        right = grant is not None and grant["redirect"] == form.get("redirect_uri")
        if grant is None or not right or form.get("grant_type") != "authorization_code":
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = self._fresh("truy-cap")
        self._tokens[access] = grant["sub"]
        claims = {
            "iss": f"{self._world.url}/oauth2/token",
            "sub": grant["sub"],
            "aud": settings.client_id,
            "iat": int(self._world.clock.now.timestamp()),
            "exp": self._expiry(),
            **({"nonce": grant["nonce"]} if grant["nonce"] else {}),
        }
        return JSONResponse(
            {
                "access_token": access,
                "id_token": _jwt(claims, settings.client_secret),
                "token_type": "Bearer",
                "expires_in": settings.token_seconds,
                "scope": "openid",
            }
        )

    async def userinfo(self, request: Request) -> Response:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer not in self._tokens:
            return JSONResponse({"error": "invalid_token"}, 401)
        return JSONResponse(self._world.people.known[self._tokens[bearer]])

    async def introspect(self, request: Request) -> Response:
        if (await _form(request)).get("token") not in self._tokens:
            return JSONResponse({"active": False})
        client = self._world.settings.client_id
        return JSONResponse({"active": True, "client_id": client, "exp": self._expiry()})

    async def logout(self, request: Request) -> Response:
        """All tokens end."""
        if not request.query_params.get("id_token_hint"):
            return JSONResponse({"error": "invalid_request"}, 400)
        self._tokens.clear()
        return RedirectResponse(request.query_params.get("post_logout_redirect_uri", "/dang-nhap"), 302)

    def _fresh(self, kind: str) -> str:
        self._issued += 1
        return f"{kind}-{self._issued}"

    def _expiry(self) -> int:
        return int(self._world.clock.now.timestamp()) + self._world.settings.token_seconds


async def _form(request: Request) -> dict[str, Any]:
    return body_of(request.headers.get("content-type", ""), await request.body())


def _jwt(claims: dict[str, Any], secret: str) -> str:
    parts = [_base64(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    signed = hmac.new(secret.encode(), ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, _base64(signed)])


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
