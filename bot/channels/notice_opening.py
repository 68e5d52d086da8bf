"""Puts the notices together from the settings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.answers.wording import Wording
from bot.channels import sources
from bot.channels.happenings import Happenings
from bot.channels.notices import Notices, Slot
from bot.channels.noticing import Notifier
from bot.channels.recalling import Recaller
from bot.channels.saying import Adapters
from bot.channels.store import Store
from bot.notices.quiet import QuietHours, quiet_hours
from bot.notices.reminders import Reminders
from bot.notices.words import read_words
from bot.settings import Settings


@dataclass(frozen=True)
class OpenedNotices:
    """``worker`` runs beside the queues of the gateway; ``notifier`` tells what waited for a visit."""

    worker: Notices
    notifier: Notifier


def hours_of(settings: Settings) -> QuietHours:
    """The quiet hours where the citizens are."""
    return quiet_hours(settings.quiet_from, settings.quiet_to, ZoneInfo(settings.time_zone))


def open_notices(
    settings: Settings,
    store: Store,
    adapters: Adapters,
    wording: Wording,
    slots: Sequence[Slot],
    ring: Callable[[str], None],
    now: Callable[[], float],
) -> OpenedNotices:
    """``slots``: work of other packages; ``ring``: of the gateway. Raises ``ValueError`` or ``OSError`` when
    the table of words is broken or missing.
    """
    hours, versions = hours_of(settings), read_words(settings.data_dir).versions
    notifier = Notifier(adapters, wording, versions, hours, settings.zalo_notice_template)
    happenings = Happenings(Reminders(hours), (sources.handed_in, sources.paid, sources.followed))
    worker = Notices(store, notifier, Recaller(versions, hours), happenings, slots, ring, now)
    return OpenedNotices(worker, notifier)
