"""The reminders of a gateway as a process: ``python -m tests.channels.notice_gateway <database>``.

It writes to people on the web, so that the log of a conversation shows what was said; it may be killed.
"""

import asyncio
import sys
import time

from bot.channels import notices as worker
from bot.channels.happenings import Happenings
from bot.channels.notices import Notices
from bot.channels.noticing import Notifier
from bot.channels.recalling import Recaller
from bot.channels.store import Store
from bot.database import connect
from bot.knowledge_source import wording_from
from bot.notices.quiet import quiet_hours
from bot.notices.reminders import Reminders
from bot.notices.words import read_words
from tests.conftest import ROOT
from tests.notices.conftest import ZONE

DUE_SECONDS = 0.3


async def work(url: str) -> None:
    """Until killed."""
    versions = read_words(ROOT / "data").versions
    hours = quiet_hours("00:00", "00:00", ZONE)
    notifier = Notifier({}, wording_from(ROOT / "domain.yml"), versions, hours, "")
    store = Store(connect(url, durable=True))
    happenings = Happenings(Reminders(hours), ())
    recaller = Recaller(versions, hours)
    await Notices(store, notifier, recaller, happenings, (), print, time.time).run()


if __name__ == "__main__":
    worker.DUE_SECONDS = DUE_SECONDS
    asyncio.run(work(sys.argv[1]))
