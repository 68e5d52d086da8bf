"""How the platform writes and signs an event."""

import hashlib
import json
from typing import Any

SIGNATURE = "X-ZEvent-Signature"
TIMESTAMP = "X-ZEvent-Timestamp"


def encode(event: dict[str, Any], escaped: bool = False) -> bytes:
    """Compact JSON; ``escaped``: as PHP writes it."""
    text = json.dumps(event, ensure_ascii=escaped, separators=(",", ":"))
    return (text.replace("/", "\\/") if escaped else text).encode()


def signature(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """Value of the signature header: plain SHA-256 over the concatenation, no HMAC."""
    return "mac=" + hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret.encode()).hexdigest()
