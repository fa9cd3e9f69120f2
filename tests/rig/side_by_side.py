"""Several pytest processes at once, by pytest-xdist: a whole file goes to one of them."""

import fcntl
import os
from contextlib import contextmanager
from functools import cache

from rig.environment import Environment

PROCESSES = 2
OPTIONS = [f"-n{PROCESSES}", "--dist=loadfile", "--no-loadscope-reorder"]


def options(arguments, files):
    """What makes pytest run the files side by side, if that is faster."""
    own = ("-n", "--numprocesses", "--dist", "--pdb", "--trace", "-s", "--co")
    asked = any(argument.startswith(own) for argument in arguments)
    return [] if asked or len(files) < 2 or (os.cpu_count() or 1) < 2 else OPTIONS


def use_own_database(config):
    """Tests in a copy, before pytest-odoo reads its options.

    pytest-odoo would copy it by programs of PostgreSQL's that need not be on the path,
    and the pytest processes that tests start would do so too.
    """
    del os.environ["PYTEST_XDIST_WORKER"]
    run = Environment.current()
    name = run.new_name("pytest")
    run.copy(run.database, name)
    run.settings["database"] = config.option.odoo_database = name
    os.environ.update(run.variables())


@contextmanager
def turn(alone):
    """While a test runs: beside those of the other processes, or none.

    Who waits to be alone holds the first lock, so that no other test begins.
    """
    scratch = _scratch()
    with (
        open(scratch / "first.lock", "w") as first,
        open(scratch / "turn.lock", "w") as running,
    ):
        fcntl.flock(first, fcntl.LOCK_EX)
        fcntl.flock(running, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(first, fcntl.LOCK_UN)
        yield


@cache
def _scratch():
    return Environment.current().scratch
