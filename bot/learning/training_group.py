"""A process that can be ended together with all it started, and with nothing else."""

import os
import signal


def lead_group() -> None:
    """Be the head of a group of processes; what is started from here on belongs to it."""
    if os.getpgrp() != os.getpid():
        os.setsid()


def end_group() -> None:
    """End this process and all it started."""
    os.killpg(os.getpid(), signal.SIGTERM)
