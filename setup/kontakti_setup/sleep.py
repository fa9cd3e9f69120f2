"""Python's sleep under a set clock."""

import os
import select
import time


def mend():
    """Sleep by another call of the system, if the clock is set.

    libfaketime 0.9.10 makes the one that Python uses from 3.11 on fail (EINVAL).
    """
    if "FAKETIME" in os.environ:
        time.sleep = _sleep


def _sleep(seconds):
    select.select([], [], [], seconds)
