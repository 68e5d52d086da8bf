"""Waiting for another system without keeping others waiting: a turn is worked on in the event loop's own
thread, and only a call that may take seconds is made in another one.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache
from typing import Any, ParamSpec, TypeVar

from greenlet import getcurrent, greenlet

AT_ONCE = 32
"""More threads than cores: all they do is wait."""

P = ParamSpec("P")
T = TypeVar("T")


class _Turn(greenlet):  # type: ignore[misc]
    """Stops where it has to wait, and gives its parent what to wait for."""


def aside(call: Callable[[], T]) -> T:
    """The result of ``call``, or its error. Inside ``working`` others go on meanwhile; elsewhere it is a call
    like any other. No transaction and no lock may be held: whoever goes on might wait for it in vain.
    """
    if not can_wait():
        return call()
    return waited(asyncio.get_running_loop().run_in_executor(_threads(), call))


def can_wait() -> bool:
    """Whether others go on while this waits: inside ``working``."""
    turn = getcurrent()
    return isinstance(turn, _Turn) and turn.parent is not None


def waited(wanted: Awaitable[T]) -> T:
    """What is awaited, or its error, for whoever ``can_wait``; others go on meanwhile, see ``aside``."""
    found: T = getcurrent().parent.switch(wanted)
    return found


async def working(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``work``, or its error; the event loop goes on wherever it has to wait."""
    turn = _Turn(work)
    turn.gr_context = copy_context()
    found: Any = turn.switch(*args, **kwargs)
    while not turn.dead:
        try:
            result = await found
        except BaseException:
            found = turn.throw(*sys.exc_info())
        else:
            found = turn.switch(result)
    done: T = found
    return done


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="aside")
