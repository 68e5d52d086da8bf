"""Puts together what the gateway does for staff."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.channels.bell import Ring
from bot.channels.saying import Adapters
from bot.channels.staff.citizen import CitizenOrders
from bot.channels.staff.deciding import Deciding
from bot.channels.staff.deeds import Announcer
from bot.channels.staff.expiring import Expiring
from bot.channels.staff.office import Timetable
from bot.channels.staff.proposing import Proposing
from bot.channels.staff.settling import Settling
from bot.channels.staff.telling import Telling
from bot.channels.staff.voice import StaffVoice
from bot.channels.staff.voicing import Voicing
from bot.channels.store import Store
from bot.channels.words import Words


@dataclass(frozen=True)
class StaffSide:
    """``settling`` lets a person come in; ``citizen``: orders about that; ``voice``: the worker."""

    settling: Settling
    citizen: CitizenOrders
    voice: StaffVoice


def open_staff_side(
    store: Store,
    adapters: Adapters,
    words: Words,
    timetable: Timetable,
    listen: Callable[[], AbstractContextManager[Ring]],
    ring: Callable[[str], None],
    now: Callable[[], float],
    wait_hours: float,
) -> StaffSide:
    """``listen`` and ``ring``: of the gateway that will run the voice; ``wait_hours``: see ``Expiring``."""
    telling = Telling(words, timetable)
    return StaffSide(
        settling=Settling(telling, Proposing(words, timetable)),
        citizen=CitizenOrders(words, now),
        voice=StaffVoice(
            store,
            Voicing(adapters, words),
            Announcer(adapters, words, telling),
            Deciding(adapters, words, telling),
            Expiring(adapters, words, timetable, wait_hours),
            timetable,
            listen,
            ring,
            now,
        ),
    )
