"""Which service a request is for; faults and records go by this name."""

import json
from typing import Any
from urllib.parse import parse_qsl

PATHS = {
    "/mapi/login": "login",
    "/oauth2/authorize": "authorize",
    "/oauth2/token": "token",
    "/oauth2/userinfo": "userinfo",
    "/oauth2/introspect": "introspect",
    "/oidc/logout": "logout",
    "/TrackingMCDT": "emc",
    "/jsp/rest.jsp": "portal",
    "/thanh-toan/api": "payment",
}


def body_of(content_type: str, raw: bytes) -> dict[str, Any]:
    """JSON object or form fields; empty when it is neither."""
    if "x-www-form-urlencoded" in content_type:
        return dict(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def service_of(path: str, body: dict[str, Any]) -> str:
    """``service`` or ``LoaiBanTin`` of the body, else by path: ``login``, ``token``, ``emc``, ``portal`` …

    The provincial wrappers have the names of the services that they wrap.
    """
    for field in ("service", "LoaiBanTin"):
        if isinstance(body.get(field), str):
            return str(body[field])
    return PATHS.get(path) or path.rstrip("/").rsplit("/", 1)[-1]
