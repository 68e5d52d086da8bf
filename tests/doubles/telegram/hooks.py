"""How the bot gets its updates: webhook or polling."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from tests.doubles.telegram.errors import HOOK_IS_ACTIVE, OTHER_GET_UPDATES, ApiError, bad_request
from tests.doubles.telegram.params import Params
from tests.doubles.telegram.state import State

PORTS = (443, 80, 88, 8443)
POLL_LIMIT = 100
POLL_SECONDS = 50
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Described:
    """A result with the remark Telegram adds to it."""

    def __init__(self, result: Any, description: str) -> None:
        self.result = result
        self.description = description


async def set_webhook(state: State, params: Params) -> Described:
    url, secret = params.text("url"), params.text("secret_token")
    if not url:
        return await delete_webhook(state, params)
    _check_url(url, strict=state.options.strict_hook)
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    state.updates.allow(params.json("allowed_updates"))
    if params.flag("drop_pending_updates"):
        state.deliveries.forget()
    hook = state.hook
    wanted = (url, secret, max(1, min(100, params.integer("max_connections", 40))))
    same = wanted == (hook.url, hook.secret, hook.max_connections)
    hook.url, hook.secret, hook.max_connections = wanted
    if not same:
        hook.last_error_date, hook.last_error_message = 0, ""
    state.deliveries.hook_changed()
    return Described(True, "Webhook is already set" if same else "Webhook was set")


def _check_url(url: str, *, strict: bool) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if parts.hostname in _LOOPBACK and not strict:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in (None, *PORTS):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


async def delete_webhook(state: State, params: Params) -> Described:
    had = bool(state.hook.url)
    state.hook.url = state.hook.secret = ""
    state.hook.last_error_date, state.hook.last_error_message = 0, ""
    if params.flag("drop_pending_updates"):
        state.deliveries.forget()
    state.deliveries.hook_changed()
    return Described(True, "Webhook was deleted" if had else "Webhook is already deleted")


async def get_webhook_info(state: State, params: Params) -> dict[str, Any]:
    hook = state.hook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
        if hook.last_error_message:
            info["last_error_date"] = hook.last_error_date
            info["last_error_message"] = hook.last_error_message
    if state.updates.allowed:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


async def get_updates(state: State, params: Params) -> list[dict[str, Any]]:
    if state.hook.url:
        raise ApiError(409, HOOK_IS_ACTIVE)
    state.updates.allow(params.json("allowed_updates"))
    offset, limit = params.integer("offset"), max(1, min(POLL_LIMIT, params.integer("limit", POLL_LIMIT)))
    loop = asyncio.get_running_loop()
    deadline = loop.time() + max(0, min(POLL_SECONDS, params.integer("timeout")))
    state.polls += 1
    mine = state.polls
    while True:
        found = state.updates.after(offset)[:limit]
        if found or loop.time() >= deadline:
            return [update.body for update in found]
        await asyncio.sleep(0.01)
        if state.hook.url:
            raise ApiError(409, "Conflict: terminated by setWebhook request")
        if state.polls != mine:
            raise ApiError(409, OTHER_GET_UPDATES)


HOOK_METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getUpdates": get_updates,
}
