"""A worker in a process of its own: ``python -m tests.gateways.contract_worker`` with a JSON object.

``database``: URL; ``access``: see ``Access``; ``now``: POSIX seconds; ``dies_at``: number of the transaction
before whose end the process is killed, 0 for none.
"""

import json
import os
import signal
import sys
from typing import Any

from sqlalchemy import event

from bot.database import connect
from bot.gateways.onestop.client import Access, Client
from bot.gateways.onestop.services import OneStop
from bot.gateways.submissions.sender import Sender
from bot.gateways.vault import Vault
from tests.gateways.contract_desk import KEY


def main() -> None:
    given = json.loads(sys.argv[1])
    engine = connect(given["database"])
    ends = 0

    def end(_connection: Any) -> None:
        nonlocal ends
        ends += 1
        if ends == given["dies_at"]:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "commit", end)
    onestop = OneStop(Client(Access(**given["access"])), lambda code: "label", lambda: given["now"])
    Sender(engine, onestop, Vault(KEY)).once(given["now"])


if __name__ == "__main__":
    main()
