"""How many files this process may have open: each stream of a browser is one."""

import resource
from contextlib import suppress

ENOUGH = 8192
"""Room for all streams of ``bot.channels.web.streams``, a request beside each, database and assistants."""


def open_more() -> None:
    """Raise the soft limit to ``ENOUGH``, or as far as the hard one lets. Many systems begin with 1,024, and
    at the limit nobody is let in any more, health checks included.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(ENOUGH, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # Some systems name no hard limit and keep a lower one all the same.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
