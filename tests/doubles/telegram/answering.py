"""One call of the bot from the HTTP request to the answer, faults included."""

import asyncio
import json
import re
from typing import Any

from aiohttp import web

from tests.doubles.telegram.errors import ApiError, too_many
from tests.doubles.telegram.faults import Fault, FaultKind
from tests.doubles.telegram.hooks import Described
from tests.doubles.telegram.methods import find_method
from tests.doubles.telegram.params import Params, read_params
from tests.doubles.telegram.records import Call
from tests.doubles.telegram.state import State

_TOKEN = re.compile(r"[1-9]\d{0,19}:[A-Za-z0-9_-]{1,80}")
SENDING = frozenset({"sendmessage", "sendphoto", "senddocument"})
_HANGS = (FaultKind.HANG, FaultKind.HANG_ACCEPTED)
_RESETS = (FaultKind.RESET, FaultKind.RESET_ACCEPTED)


class Answering:
    """Routes ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._released = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self._call),
            web.get("/file/bot{token}/{path:.+}", self._download),
            web.route("*", "/{rest:(?!_ctl).*}", self._lost),
        ]

    def release(self) -> None:
        """Cut the connections of all calls that hang now."""
        self._released.set()
        self._released = asyncio.Event()

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise ApiError(404, "Not Found")
        if token != self._state.options.token:
            raise ApiError(401, "Unauthorized")

    async def _lost(self, request: web.Request) -> web.Response:
        return _refusal(ApiError(404, "Not Found"))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        params = Params()
        fault: Fault | None = None
        try:
            self._check_token(request.match_info["token"])
            params = await read_params(request)
            fault = self._state.faults.take(name, params.chat_hint)
            answer = await self._answer(name, params, fault)
        except ApiError as error:
            self._note(name, params, fault, error)
            answer = _refusal(error)
        else:
            self._note(name, params, fault, None)
        return await self._suffer(request, fault, answer)

    async def _answer(self, name: str, params: Params, fault: Fault | None) -> web.Response:
        if fault and fault.kind is FaultKind.FLOOD:
            raise too_many(fault.retry_after)
        if fault and fault.kind is FaultKind.SERVER:
            raise ApiError(500, "Internal Server Error")
        if fault and not fault.kind.takes_effect:
            return web.Response()
        result = await find_method(name)(self._state, params)
        answer: dict[str, Any] = {"ok": True, "result": result}
        if isinstance(result, Described):
            answer = {"ok": True, "result": result.result, "description": result.description}
        return web.json_response(answer, dumps=_dumps)

    async def _suffer(
        self, request: web.Request, fault: Fault | None, answer: web.StreamResponse
    ) -> web.StreamResponse:
        """What the fault does to the answer."""
        if fault is None:
            return answer
        if fault.kind is FaultKind.GATEWAY:
            page = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>nginx</body>\n</html>\n"
            return web.Response(status=502, text=page, content_type="text/html")
        if fault.kind in _HANGS:
            await self._hang(request)
        if fault.kind in _HANGS or fault.kind in _RESETS:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return answer

    async def _hang(self, request: web.Request) -> None:
        released = asyncio.create_task(self._released.wait())
        loop = asyncio.get_running_loop()
        end = loop.time() + self._state.options.hang_seconds
        try:
            while not released.done() and loop.time() < end and request.transport is not None:
                await asyncio.wait([released], timeout=0.05)
        finally:
            released.cancel()

    def _note(self, name: str, params: Params, fault: Fault | None, error: ApiError | None) -> None:
        lost = fault is not None and not fault.kind.takes_effect and error is None
        if fault and fault.kind.takes_effect and error is None and name.lower() in SENDING:
            self._state.sent_to[params.chat_hint][-1].answered = False
        call = Call(
            seq=len(self._state.calls) + 1,
            method=name,
            user=params.chat_hint,
            ok=error is None and not lost,
            code=error.code if error else _code(fault) if lost else 200,
            description=error.description if error else "",
            fault=fault.kind.value if fault else "",
            at=self._state.clock.now(),
        )
        self._state.calls.append(call)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            fault = self._state.faults.take("file", 0)
            if fault and fault.kind is FaultKind.FLOOD:
                raise too_many(fault.retry_after)
            if fault and fault.kind is FaultKind.SERVER:
                raise ApiError(500, "Internal Server Error")
            data = self._state.files.fetch(request.match_info["path"])
        except ApiError as error:
            return _refusal(error)
        answer = web.Response(body=data, content_type="application/octet-stream")
        return await self._suffer(request, fault, answer)


def _code(fault: Fault | None) -> int:
    return 502 if fault and fault.kind is FaultKind.GATEWAY else 0


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refusal(error: ApiError) -> web.Response:
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return web.json_response(error.body(), status=error.code, headers=headers, dumps=_dumps)
