"""Ports for servers that are measured or tried out on this machine."""

import os
import socket
from contextlib import ExitStack
from itertools import count

HOST = "127.0.0.1"
# Below those the system gives to whoever connects: one of them may be taken before the server has it.
_LOWEST, _SPAN = 20_000, 12_000
# Each process begins elsewhere and gives none twice, so that two do not give the same one at a time.
_STRIDE = 797
_NUMBERS = count(os.getpid() * _STRIDE)


def free_ports(wanted: int) -> list[int]:
    """So many ports in a row nobody listens on."""
    while True:
        ports = [_LOWEST + next(_NUMBERS) % _SPAN for _ in range(wanted)]
        with ExitStack() as stack:
            try:
                for port in ports:
                    stack.enter_context(socket.socket()).bind((HOST, port))
            except OSError:
                continue
        if ports[-1] - ports[0] == wanted - 1:
            return ports


def free_port() -> int:
    """One of them."""
    (port,) = free_ports(1)
    return port
