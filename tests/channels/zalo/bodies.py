"""Webhook bodies as Zalo sends them."""

import json
from typing import Any

from bot.channels.zalo.signature import sign

APP = "5055000000000000001"
OA = "1646843870823903717"
USER = "5510185758261927916"
SECRET = "oa-secret-key-for-tests"
STAMP = "1717061839659"
AT = 1717061839.659


def encode(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def said(event_name: str, message: dict[str, Any] | None = None, **more: Any) -> bytes:
    """An event of a citizen."""
    body = {"event_name": event_name, "app_id": APP, "sender": {"id": USER}, "recipient": {"id": OA}}
    if message is not None:
        body["message"] = {"msg_id": "e2a641af6661713b2874", **message}
    return encode({**body, "timestamp": STAMP, "user_id_by_app": "3611371994410983884", **more})


def followed(name: str) -> bytes:
    return encode(
        {
            "oa_id": OA,
            "follower": {"id": USER},
            "user_id_by_app": "3611371994410983884",
            "event_name": name,
            "source": "oa_profile",
            "app_id": APP,
            "timestamp": STAMP,
        }
    )


def echoed(name: str = "oa_send_text", text: str = "Dạ, xin chào", **sender: str) -> bytes:
    return encode(
        {
            "event_name": name,
            "app_id": APP,
            "sender": {"id": OA, **sender},
            "recipient": {"id": USER},
            "message": {"text": text, "msg_id": "echo-1"},
            "timestamp": STAMP,
        }
    )


def signed(raw: bytes, stamp: str = STAMP) -> dict[str, str]:
    return {"X-ZEvent-Signature": sign(APP, raw, stamp, SECRET)}
