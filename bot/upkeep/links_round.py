"""Asks for many addresses of the catalogue, the longest not asked for first."""

from collections import Counter
from collections.abc import Callable, Mapping
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from bot.catalogue.repository import load_procedures
from bot.catalogue.tables_context import catalogue_revision
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.upkeep import links_kept
from bot.upkeep.addresses import users
from bot.upkeep.links import Check
from bot.upkeep.links_kept import Link
from bot.upkeep.states import LinkState

DAY = 86_400.0
OLDER_THAN_DAYS = 7
"""An address asked for since is left alone."""


class Uses:
    """The addresses of the catalogue and the codes of the procedures that have them.

    Found by reading all records, so it is kept until the catalogue has another revision.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._revision: int | None = None
        self._found: Mapping[str, tuple[str, ...]] = {}

    def read(self, connection: Connection) -> Mapping[str, tuple[str, ...]]:
        """As they are now."""
        revision = connection.execute(select(func.max(catalogue_revision.c.id))).scalar() or 0
        with self._lock:
            if revision != self._revision:
                self._found, self._revision = users(load_procedures(connection)), revision
            return self._found


def check_due(
    engine: Engine,
    actor: Actor,
    check: Check,
    limit: int,
    older_than_days: float,
    now: Callable[[], float],
    told: Callable[[Link], object] = lambda link: None,
    stopped: Callable[[], bool] = lambda: False,
    uses: Uses | None = None,
) -> Mapping[LinkState, int]:
    """Ask for at most ``limit`` addresses not asked for in so many days; how many came to which state.

    ``told`` hears of each; ``stopped`` is asked before each. What no record has any more is forgotten. No
    transaction is open while an address is asked for.
    """
    with engine.begin() as connection:
        addresses = (uses or Uses()).read(connection)
        links_kept.forget(connection, addresses)
        due = links_kept.due(connection, addresses, now() - older_than_days * DAY, limit)
    found = Counter[LinkState]()
    for address in due:
        if stopped():
            break
        answer = check(address)
        with engine.begin() as connection:
            link = links_kept.record(connection, address, answer, now())
        found[link.state] += 1
        told(link)
    if found:
        detail = {state.value: count for state, count in sorted(found.items())}
        with engine.begin() as connection:
            audit.record(connection, actor, Action.LINKS_CHECKED, "link:due", now(), detail=detail)
    return found
