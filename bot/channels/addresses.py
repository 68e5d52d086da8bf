"""Addresses that lead nowhere for platforms: of a gateway run on one's own machine or network. Pure."""

import ipaddress
from urllib.parse import urlsplit

from msgspec.structs import replace

from bot.channels.message import Reply


def is_local(url: str) -> bool:
    """True for a page on this machine or in a private network, which platforms refuse under a button."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host:
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def spelled_out(reply: Reply) -> Reply:
    """The reply with buttons to local pages as lines of its text: ``title: address``."""
    local = [choice for choice in reply.buttons if not choice.payload and is_local(choice.url)]
    if not local:
        return reply
    lines = [reply.text, *(f"{choice.title}: {choice.url}" for choice in local)]
    kept = tuple(choice for choice in reply.buttons if choice not in local)
    return replace(reply, text="\n".join(line for line in lines if line), buttons=kept)
