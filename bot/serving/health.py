"""Questions to a server over HTTP on this machine: is it there, and does the assistant reply?"""

import json
import socket
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

# A proxy of the environment must not stand between us and our own processes.
_OPENER = build_opener(ProxyHandler({}))
_GREETING = {"sender": "readiness-check", "message": "Xin chào"}


def answers(url: str, timeout: float = 2.0) -> bool:
    """Whether GET ``url`` comes back with a status below 400 within ``timeout`` seconds."""
    try:
        with _OPENER.open(url, timeout=timeout):
            return True
    except (URLError, OSError):
        return False


def tasks(url: str, timeout: float = 5.0) -> int:
    """How many tasks the process says it has at its health page; 0 where it says nothing of them."""
    try:
        with _OPENER.open(url, timeout=timeout) as response:
            said = json.load(response)
    except (URLError, OSError, ValueError):
        return 0
    found = said.get("tasks", 0) if isinstance(said, dict) else 0
    return found if isinstance(found, int) else 0


def send(
    rasa_url: str, sender: str, message: str, timeout: float = 60.0, secret: str = ""
) -> list[dict[str, object]]:
    """One message through Rasa's local channel; its replies in order (``text``, ``buttons`` …).

    ``secret``: bearer token of the channel, where it needs one.
    Raises ``OSError`` when Rasa cannot be reached or refuses, ``ValueError`` when the reply is no JSON.
    """
    headers = {"Content-Type": "application/json"}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    body = json.dumps({"sender": sender, "message": message}).encode()
    request = Request(f"{rasa_url}/webhooks/local/webhook", data=body, headers=headers)
    with _OPENER.open(request, timeout=timeout) as response:
        replies: list[dict[str, object]] = json.load(response)
    return replies


def replies_to_a_greeting(rasa_url: str, secret: str = "") -> bool:
    """Whether a greeting gets a reply: Rasa listens even when its model or the action server is broken."""
    try:
        return bool(send(rasa_url, _GREETING["sender"], _GREETING["message"], secret=secret))
    except (OSError, ValueError):
        return False


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen on ``host``:``port`` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
