"""What a clock that ./setup/test --clock has set asks of the programs we start."""

import os
import select
import time

from kontakti_setup import paths

PRELOAD = "LD_PRELOAD"


def is_set():
    return paths.CLOCK in os.environ


def prefix():
    """What the names of databases made under the clock begin with."""
    return f"{os.environ[paths.CLOCK]}_" if is_set() else ""


def mend():
    """Let Python sleep by another call of the system, if the clock is set.

    libfaketime 0.9.10 makes the one that Python uses from 3.11 on fail (EINVAL).
    """
    if "FAKETIME" in os.environ:
        time.sleep = _sleep


def _sleep(seconds):
    select.select([], [], [], seconds)
