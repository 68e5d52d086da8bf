"""A process that sends, and stops at one point to be killed there.

``python -m tests.gateways.submissions.doomed DATABASE GOVERNMENT POINT NOW``; prints the point it is at.
"""

import sys
import threading
from typing import Any, NoReturn

from bot.database import connect
from bot.gateways.onestop.services import OneStop
from bot.gateways.submissions import queue
from bot.gateways.submissions.sender import Sender
from bot.gateways.submissions.store import Submissions
from bot.gateways.vault import Vault
from tests.gateways.counter import APPLICANT, CONVERSATION, DRAFT, KEY, onestop, submissions

WHERE: dict[str, tuple[Any, str]] = {
    "claim": (queue, "claim"),
    "create": (OneStop, "create"),
    "record": (OneStop, "record"),
    "finish": (queue, "finish"),
    "put_back": (queue, "put_back"),
    "seal": (Vault, "seal"),
    "once": (Sender, "once"),
    "submit": (Submissions, "submit"),
}


def stop(point: str) -> NoReturn:
    print(point, flush=True)
    threading.Event().wait()
    raise AssertionError("not killed")


def patch(point: str) -> None:
    """``before-X`` stops instead of calling X, ``after-X`` when X has returned. X in a transaction: it is
    not committed then.
    """
    side, _, name = point.partition("-")
    owner, attribute = WHERE[name]
    original = getattr(owner, attribute)

    def stopping(*args: Any, **kwargs: Any) -> Any:
        if side == "after":
            original(*args, **kwargs)
        stop(point)

    setattr(owner, attribute, stopping)


def main(database: str, government: str, point: str, now: str) -> None:
    engine = connect(database)
    if point != "nowhere":
        patch(point)
    if point.endswith(("seal", "submit")):
        store = submissions(engine)
        found = store.of_draft(CONVERSATION, DRAFT)
        assert found is not None and found.token is not None
        store.submit(found.token, APPLICANT)
    Sender(engine, onestop(government, timeout=30), Vault(KEY)).once(float(now))


if __name__ == "__main__":
    main(*sys.argv[1:])
