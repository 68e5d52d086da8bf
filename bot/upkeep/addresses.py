"""Addresses in records, and which of them may be asked for. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import msgspec

from bot.catalogue.records import Procedure

LONGEST = 2_000
_FOUND = re.compile(r"https?://[^\s<>\"'“”‘’«»\\^`{|}]+", re.IGNORECASE)
_AFTER = ".,;:!?…"
_PAIRS = {")": "(", "]": "["}
# No account before the host and no characters that programs read in different ways.
_PARTS = re.compile(
    r"(https?)://([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(/[^#]*|\?[^#]*)?(?:#.*)?", re.I | re.A
)
_SAFE = re.compile(r"[^\s\\\x00-\x1f\x7f]*")
_TRANSLATED = IPv6Network("64:ff9b::/96")
_Address = IPv4Address | IPv6Address


def addresses_in(text: str) -> Iterator[str]:
    """The http(s) addresses in a text, without the punctuation that ends its sentence."""
    for match in _FOUND.finditer(text):
        found = match[0]
        while found[-1] in _AFTER or _is_left_open(found):
            found = found[:-1]
        yield found


def addresses_of(procedure: Procedure) -> tuple[str, ...]:
    """Every http(s) address anywhere in a record, each once, in the order of the record."""
    texts = _texts(msgspec.to_builtins(procedure))
    return tuple(dict.fromkeys(address for text in texts for address in addresses_in(text)))


def users(procedures: Iterable[Procedure]) -> dict[str, tuple[str, ...]]:
    """Each address with the codes of the records that have it, sorted."""
    found: dict[str, list[str]] = {}
    for procedure in procedures:
        for address in addresses_of(procedure):
            found.setdefault(address, []).append(procedure.code)
    return {address: tuple(sorted(codes)) for address, codes in sorted(found.items())}


def host_of(address: str) -> tuple[str, int] | None:
    """Host in lower case and port of an address that may be asked for as far as its text goes, else None."""
    parts = _PARTS.fullmatch(address) if len(address) <= LONGEST and _SAFE.fullmatch(address) else None
    if parts is None:
        return None
    host, port = parts[2].lower().strip("[]"), int(parts[3] or (443 if parts[1].lower() == "https" else 80))
    return (host, port) if 0 < port < 65_536 else None


def is_public(ip: str) -> bool:
    """Whether an IP address belongs to the internet, whatever it is wrapped into; not our own network."""
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in _unwrapped(address))


def _unwrapped(address: _Address) -> Iterator[_Address]:
    """The address that packets end up at, where one stands for another."""
    if not isinstance(address, IPv6Address):
        yield address
        return
    if mapped := address.ipv4_mapped:
        yield mapped
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _TRANSLATED:
        yield IPv4Address(int(address) & 0xFFFFFFFF)


def _is_left_open(found: str) -> bool:
    """Whether it ends with a bracket that was opened before the address began."""
    opening = _PAIRS.get(found[-1])
    return opening is not None and found.count(found[-1]) > found.count(opening)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
