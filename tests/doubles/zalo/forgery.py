"""Requests to the hook that are not the platform's, or not as they should be."""

import hashlib
import hmac
from typing import Literal

from tests.doubles.zalo import events, signing
from tests.doubles.zalo.world import World

Trick = Literal[
    "unsigned",
    "wrong_secret",
    "app_secret",
    "hmac",
    "bare",
    "tampered",
    "stale",
    "other_app",
    "other_oa",
    "not_json",
    "not_object",
    "too_big",
]
"""stale: rightly signed, but 25 h old. other_app, other_oa: rightly signed for somebody else. tampered: the
body was changed after signing. hmac, bare, app_secret: wrong ways to sign. too_big: 300 KB, well signed."""


async def forge(world: World, user: str, text: str, trick: Trick, age: float = 90000.0) -> int:
    """Send one message as a forger would; the hook's HTTP status. Not recorded, not repeated."""
    settings = world.settings
    stamp = int((world.clock.now() - (age if trick == "stale" else 0.0)) * 1000)
    body = events.message(
        "user_send_text",
        "4000000000000000009" if trick == "other_app" else settings.app_id,
        user,
        "4000000000000000008" if trick == "other_oa" else settings.oa_id,
        {
            "text": text * (300_000 // max(1, len(text))) if trick == "too_big" else text,
            "msg_id": f"f{stamp}",
        },
        stamp,
        user,
    )
    secrets = {"wrong_secret": "another-secret", "app_secret": settings.app_secret}
    headers, written = world.signed(body, secrets.get(trick))
    raw = written.encode()
    if trick == "unsigned":
        del headers[signing.SIGNATURE]
    elif trick == "hmac":
        mac = hmac.new(settings.oa_secret.encode(), raw, hashlib.sha256).hexdigest()
        headers[signing.SIGNATURE] = f"mac={mac}"
    elif trick == "bare":
        headers[signing.SIGNATURE] = hashlib.sha256(raw + settings.oa_secret.encode()).hexdigest()
    elif trick == "tampered":
        raw = raw.replace(f'"msg_id":"f{stamp}"'.encode(), b'"msg_id":"f0"')
    elif trick in ("not_json", "not_object"):
        raw = b"{not json" if trick == "not_json" else b"[1]"
        stamp_text = str(body["timestamp"])
        mac = signing.signature(settings.app_id, raw, stamp_text, settings.oa_secret)
        headers[signing.SIGNATURE] = mac
    return await world.hook.post(raw, headers)


async def probe(world: World, shape: Literal["braces", "empty", "get"] = "braces") -> int:
    """What the console sends before it saves the hook's address; the HTTP status."""
    if shape == "get":
        return await world.hook.get()
    return await world.hook.post(b"{}" if shape == "braces" else b"", {"Content-Type": "application/json"})
