"""The clock that tests see: any day, hour and zone, for server, database and browser.

Debian's libfaketime moves the wall clock of every program started from then on by the
same offset, so that all of them agree and time runs on; stop watches stay as they are.
"""

import datetime
import os
import time
import zoneinfo
from contextlib import contextmanager
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import clock, databases, debs, external, locks, postgres

LIBRARY = "usr/lib/*/faketime/libfaketimeMT.so.1"  # for programs with threads
EARLIER = 1800  # seconds: what is prepared for a clock is older than its first test
TOLERANCE = 20  # seconds
KEPT = 3
HINT = "no libfaketime, so no --clock: install the package libfaketime"


class Clock:
    """A moment from which the clock runs on, and the zone of machine and browser."""

    def __init__(self, text=None, zone="UTC"):
        self.zone = _zone(zone)
        self.start = _moment(text, self.zone) if text else None
        self.key = paths.digest(text, zone)

    def start_at(self, seconds=0):
        """Let what is started from now on see the moment, or so much after it."""
        os.environ[paths.CLOCK] = self.key
        os.environ["TZ"] = self.zone.key
        if self.start:
            self.offset = self.start.timestamp() + seconds - time.time()
            os.environ.update(_variables(self.offset))
        else:
            self.offset = 0

    def check(self, server):
        """Refuse to go on with a database that sees another time."""
        with databases.cursor(server) as cr:
            cr.execute("SELECT extract(epoch FROM clock_timestamp())::float")
            behind = time.time() + self.offset - cr.fetchone()[0]
        if abs(behind) > TOLERANCE:
            raise SetupError(f"PostgreSQL's clock cannot be set ({behind:+.0f} s)")


def _zone(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise SetupError(f"--zone wants a name like Europe/Helsinki, not {name}") from (
            error
        )


def _moment(text, zone):
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        found = None
    if not found or found.tzinfo:
        raise SetupError(f'--clock wants a time like "2026-12-31 23:50", not {text}')
    return found.replace(tzinfo=zone)


def _variables(offset):
    given = os.environ.get(clock.PRELOAD, "").split(":")
    library = str(_library())
    others = [path for path in given if path and path != library]
    return {
        clock.PRELOAD: ":".join([library, *others]),
        "FAKETIME": f"{offset:+.3f}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # with it Chromium waits for ever: its waits go by the monotonic clock
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        # Python's and Odoo's caches compare times of files with each other
        "NO_FAKE_STAT": "1",
    }


def _library():
    """The machine's own, or Debian's unpacked aside."""
    installed = next(Path("/").glob(LIBRARY), None)
    found = installed or next(
        debs.aside("libfaketime", HINT, "libfaketime").glob(LIBRARY), None
    )
    if not found:
        raise SetupError(HINT)
    return found


@contextmanager
def kept():
    """What is prepared under the clock, to be used again; only the newest are kept.

    One run at a time: the database of a clock has but one time.
    """
    if postgres.given():
        raise SetupError("--clock needs a PostgreSQL of its own: unset PGHOST")
    home = paths.tests()
    home.mkdir(parents=True, exist_ok=True)
    os.utime(home)
    lock = locks.take(home.with_suffix(".lock"))
    try:
        _prune(home.parent)
        yield
    finally:
        lock.close()


def _prune(folder):
    homes = [path for path in folder.iterdir() if path.is_dir()]
    homes.sort(key=lambda path: path.stat().st_mtime)
    for home in homes[:-KEPT]:
        free = locks.take(home.with_suffix(".lock"), wait=False)
        if free:
            external.remove(home)
            for record in paths.cache().glob(f"test/templates/*_{home.name}_*"):
                record.unlink()
            free.close()
