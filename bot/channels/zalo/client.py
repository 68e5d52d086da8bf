"""HTTP calls to Zalo. No call is repeated here, follows a redirect or logs anything."""

import asyncio
from types import SimpleNamespace
from typing import Any, Literal

import aiohttp
import msgspec

from bot.channels.zalo.answer import Answer, read_answer
from bot.settings import Settings

Upload = Literal["image", "gif", "file"]

CONNECT_SECONDS = 5.0
CALL_SECONDS = 15.0
UPLOAD_SECONDS = 60.0


class NotSentError(Exception):
    """The request did not leave: nothing can have happened at Zalo."""


class NoAnswerError(Exception):
    """The request left and no answer came: it may have been carried out."""


class Client:
    """Calls of the OA OpenAPI and of OAuth. Each raises ``NotSentError`` or ``NoAnswerError``; what Zalo
    answers, errors too, is returned.
    """

    def __init__(self, settings: Settings, call_seconds: float = CALL_SECONDS) -> None:
        self._api = settings.zalo_api_url.rstrip("/")
        self._oauth = settings.zalo_oauth_url.rstrip("/")
        self._app_id = settings.zalo_app_id
        self._app_secret = settings.zalo_app_secret
        self._call_seconds = call_seconds
        self._session: aiohttp.ClientSession | None = None

    async def consult(self, access: str, body: dict[str, Any]) -> Answer:
        """A message within a conversation (``cs``)."""
        return await self._json(access, "/v3.0/oa/message/cs", body)

    async def template(self, access: str, body: dict[str, Any]) -> Answer:
        """A message of an approved template, outside of a conversation."""
        return await self._json(access, "/v3.0/oa/message/template", body)

    async def quota(self, access: str, user_id: str) -> Answer:
        """``data``: last interaction and what may still be sent to this user."""
        return await self._json(access, "/v3.0/oa/quota/message", {"user_id": user_id})

    async def user_detail(self, access: str, user_id: str) -> Answer:
        """``data``: display name, whether the user follows the account."""
        query = {"data": msgspec.json.encode({"user_id": user_id}).decode()}
        return await self._call("GET", f"{self._api}/v3.0/oa/user/detail", access=access, params=query)

    async def account(self, access: str) -> Answer:
        """The account itself: shows that address and token are right."""
        return await self._call("GET", f"{self._api}/v2.0/oa/getoa", access=access)

    async def upload(self, access: str, kind: Upload, name: str, data: bytes) -> Answer:
        """``data``: ``attachment_id`` or, for files, ``token``; both expire after seven days."""
        form = aiohttp.FormData()
        form.add_field("file", data, filename=name)
        url = f"{self._api}/v2.0/oa/upload/{kind}"
        return await self._call("POST", url, access=access, data=form, seconds=UPLOAD_SECONDS)

    async def refresh(self, refresh_token: str) -> Answer:
        """A new pair for a refresh token, which is used up by this call."""
        return await self._token({"refresh_token": refresh_token, "grant_type": "refresh_token"})

    async def exchange(self, code: str, verifier: str) -> Answer:
        """The first pair for the code of an authorisation; the code lives ten minutes and works once."""
        grant = {"code": code, "code_verifier": verifier, "grant_type": "authorization_code"}
        return await self._token(grant)

    async def close(self) -> None:
        """Give back connections."""
        if self._session is not None:
            await self._session.close()

    async def _token(self, form: dict[str, str]) -> Answer:
        url = f"{self._oauth}/v4/oa/access_token"
        secret = {"secret_key": self._app_secret}
        return await self._call("POST", url, headers=secret, data={**form, "app_id": self._app_id})

    async def _json(self, access: str, path: str, body: dict[str, Any]) -> Answer:
        return await self._call("POST", self._api + path, access=access, json=body)

    async def _call(
        self,
        method: str,
        url: str,
        *,
        access: str | None = None,
        headers: dict[str, str] | None = None,
        seconds: float | None = None,
        **body: Any,
    ) -> Answer:
        left = SimpleNamespace(sent=False)
        timeout = aiohttp.ClientTimeout(total=seconds or self._call_seconds, sock_connect=CONNECT_SECONDS)
        try:
            async with self._opened().request(
                method,
                url,
                headers={"access_token": access} if access is not None else headers,
                allow_redirects=False,
                timeout=timeout,
                trace_request_ctx=left,
                **body,
            ) as response:
                return read_answer(response.status, response.headers, await response.read())
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            # The cause is cut off: it may show an address or a token.
            failure = NoAnswerError if left.sent else NotSentError
            raise failure(type(error).__name__) from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            trace = aiohttp.TraceConfig()
            # aiohttp 3.9 types its signals as if callbacks took callbacks.
            trace.on_request_headers_sent.append(_mark_sent)  # type: ignore[arg-type]
            self._session = aiohttp.ClientSession(trace_configs=[trace], cookie_jar=aiohttp.DummyCookieJar())
        return self._session


async def _mark_sent(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: object) -> None:
    context.trace_request_ctx.sent = True
