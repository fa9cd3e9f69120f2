"""What a clock that ./setup/test --clock has set asks of the programs we start."""

import os
import select
import shutil
import time
from pathlib import Path

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


def readable_in(folder, variables):
    """The variables for a program of another user, who cannot enter our cache."""
    given = [Path(path) for path in variables.get(PRELOAD, "").split(":") if path]
    copies = [shutil.copy(path, Path(folder) / path.name) for path in given]
    return {**variables, PRELOAD: ":".join(map(str, copies))} if copies else variables
