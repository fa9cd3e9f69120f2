"""Locks between processes: they vanish with the process that holds them."""

import fcntl
import os
from contextlib import contextmanager

from kontakti_setup import paths
from kontakti_setup.errors import say


def take(path, exclusive=True, wait=True):
    """An open file that holds the lock until it is closed, or None if it is taken."""
    file = open(path, "a")  # noqa: SIM115 the caller closes it
    os.set_inheritable(file.fileno(), False)
    kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        if not wait:
            file.close()
            return None
        say(f"waiting for another run that prepares {path.stem}")
        fcntl.flock(file, kind)
    return file


@contextmanager
def held(name):
    """One process at a time inside; the others wait."""
    file = take(paths.cache() / f"{name}.lock")
    try:
        yield
    finally:
        file.close()
