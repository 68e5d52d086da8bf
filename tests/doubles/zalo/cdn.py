"""The host of citizens' files, also as an attacker would like it."""

import asyncio

from aiohttp import web

from tests.doubles.zalo.world import World

PIECE = b"\0" * 65536


class Cdn:
    """Serves what ``World.files`` announced, by ``Settings.cdn_mode``."""

    def __init__(self, world: World, closing: asyncio.Event) -> None:
        self._world = world
        self._closing = closing
        self.fetched: list[str] = []

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/cdn/{key}/{name}", self._serve)]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        settings = self._world.settings
        held = self._world.files.find(request.match_info["key"])
        self.fetched.append(request.match_info["name"])
        if held is None or settings.cdn_mode == "gone":
            return web.Response(status=404)
        if settings.cdn_mode == "redirect":
            return web.Response(status=302, headers={"Location": settings.cdn_redirect})
        if settings.cdn_mode == "lie":
            return web.Response(
                body=b"<html><script>alert(1)</script></html>", content_type="application/pdf"
            )
        if settings.cdn_mode == "serve":
            return web.Response(body=held.data, content_type="application/octet-stream")
        stream = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
        await stream.prepare(request)
        await stream.write(held.data[:1])
        while not self._closing.is_set():
            if request.transport is None or request.transport.is_closing():
                break
            if settings.cdn_mode == "huge":
                await stream.write(PIECE)
            else:
                await asyncio.sleep(0.02)
        return stream
