"""What developers lose here: a measurement or a test that fails because somebody else took its port."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from bot.load.ports import HOST, free_port, free_ports

_GIVES = "from bot.load.ports import free_port; print(*(free_port() for _ in range(20)))"


def test_no_port_is_given_twice() -> None:
    given = [free_port() for _ in range(200)]
    assert len(set(given)) == 200


def test_ports_in_a_row_are_free() -> None:
    first, *rest = free_ports(4)
    assert rest == [first + 1, first + 2, first + 3]
    with socket.socket() as here:
        here.bind((HOST, first))


def test_one_somebody_listens_on_is_left_out() -> None:
    following = free_port() + 1
    with socket.socket() as taken:
        taken.bind((HOST, following))
        assert free_port() != following


def test_nobody_who_connects_comes_by_one() -> None:
    """The system takes those of its own range for connections, at any time."""
    known = Path("/proc/sys/net/ipv4/ip_local_port_range")
    lowest = int(known.read_text().split()[0]) if known.exists() else 32_768
    assert max(free_port() for _ in range(50)) < lowest


def test_two_processes_get_different_ones() -> None:
    command = [sys.executable, "-c", _GIVES]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=os.getcwd()) for _ in range(2)]
    given = [set(process.communicate()[0].split()) for process in running]
    assert len(given[0]) == len(given[1]) == 20 and not given[0] & given[1]
