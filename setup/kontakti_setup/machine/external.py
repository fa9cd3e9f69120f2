"""Other programs: run, logged, and their failures told in one line."""

import ctypes
import os
import shutil
import signal
import subprocess
from contextlib import contextmanager

from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import locks


def log_path(name):
    return paths.logs() / f"{name}.log"


def call(command, log, **options):
    """Run a program with its output in a log; its exit code."""
    with open(log_path(log), "a") as out:
        print("$", *command, file=out, flush=True)
        return subprocess.call(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            **options,
        )


def run(command, log, hint, **options):
    """Run a program with its output in a log; when it fails, `hint` says what to do."""
    try:
        code = call(command, log, **options)
    except OSError as error:
        raise SetupError(f"{hint} ({command[0]}: {error.strerror})") from error
    if code:
        raise SetupError(f"{_full_disk() or hint} (details: {log_path(log)})")


def _full_disk():
    """A full disk explains most failures better than their own words."""
    if shutil.disk_usage(paths.cache()).free < 50_000_000:
        return f"the disk is full: free some space for {paths.cache()}"
    return None


def output(command, **options):
    """What a program prints, or None when it cannot run or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=60,
            **options,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


@contextmanager
def made_once(folder, what):
    """Fill a folder once and for all: yields the folder to fill, or None if it is full.

    It is filled under another name and renamed when complete, so that an interrupted
    run leaves nothing half made. Runs at the same time wait for each other.
    """
    if folder.exists():
        yield None
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locks.held(f"{folder.parent.name}-{folder.name}"):
        if folder.exists():
            yield None
            return
        say(what)
        part = folder.with_name(folder.name + ".part")
        remove(part)
        part.mkdir()
        yield part
        if part.exists():
            part.rename(folder)


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


def die_with_parent():
    """For a child process about to start: end when its starter is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def without(variables, environment=None):
    """The environment less what would mislead a child process."""
    environment = dict(os.environ if environment is None else environment)
    for name in variables:
        environment.pop(name, None)
    return environment
