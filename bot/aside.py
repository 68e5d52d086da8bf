"""Waiting for another system without keeping others waiting: a turn is worked on in the event loop's own
thread, and only a call that may take seconds is made in another one.
"""

import asyncio
import sys
from collections.abc import Callable
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
    """Stops where it has to wait, and gives its parent the call to wait for."""


def aside(call: Callable[[], T]) -> T:
    """The result of ``call``, or its error. Inside ``working`` others go on meanwhile; elsewhere it is a call
    like any other. No transaction and no lock may be held: whoever goes on might wait for it in vain.
    """
    turn = getcurrent()
    if not isinstance(turn, _Turn) or turn.parent is None:
        return call()
    found: T = turn.parent.switch(call)
    return found


async def working(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of ``work``, or its error; the event loop goes on wherever it calls ``aside``."""
    turn = _Turn(work)
    turn.gr_context = copy_context()
    found: Any = turn.switch(*args, **kwargs)
    while not turn.dead:
        try:
            result = await asyncio.get_running_loop().run_in_executor(_threads(), found)
        except BaseException:
            found = turn.throw(*sys.exc_info())
        else:
            found = turn.switch(result)
    done: T = found
    return done


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="aside")
