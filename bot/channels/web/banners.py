"""``/banners``: what everybody has to know for a while."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.web.context import Web
from bot.channels.web.limits import Spent
from bot.control.banners import standing
from bot.conversations.channel import Channel


async def get_banners(web: Web, request: Request) -> Response:
    """``{"banners": [{"id", "text", "until"}]}``, the newest first; ``until`` in POSIX seconds.

    No session needed: it must be seen also where nothing else works.
    """
    web.limiter.spend(Spent.READ_ADDRESS, web.address(request))
    web.origins.of(request)
    found = await web.hub.run(standing, Channel.WEB, web.hub.now())
    shown = [{"id": banner.id, "text": banner.text, "until": banner.ends_at} for banner in found]
    return JSONResponse({"banners": shown}, headers={"Cache-Control": "no-store"})
