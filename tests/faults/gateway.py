"""The gateway's own process with shorter patience: ``python -m tests.faults.gateway``.

The real patience (``bot.channels.rules``) follows the platforms' real pauses between deliveries; the doubles
make these pauses shorter, so the patience shrinks with them.
"""

from dataclasses import replace

from bot.channels.__main__ import main
from bot.channels.rules import rules_of
from bot.settings import get_settings

ECHO_PATIENCE = 8.0
SEND_PATIENCE = 25.0

if __name__ == "__main__":
    main(replace(rules_of(get_settings()), echo_patience=ECHO_PATIENCE, send_patience=SEND_PATIENCE))
