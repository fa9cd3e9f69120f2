"""Entry of the programs in setup/.

First with the machine's Python and its standard library only, to make the virtual
environment; then again inside it.
"""

import importlib
import os
import signal
import sys

from kontakti_setup import paths
from kontakti_setup.errors import guarded
from kontakti_setup.machine import clock, venv

INSIDE = "KONTAKTI_VENV_PYTHON"
PYTHONPATH = os.pathsep.join(map(str, paths.PYTHON))
COMMANDS = {
    "run": "kontakti_setup.commands.run",
    "test": "rig.command",
    "shell": "kontakti_setup.commands.shell",
    "screenshots": "rig.screenshots",
    "format": "kontakti_setup.commands.format",
    "tool": "kontakti_setup.commands.format:tool",
    "pot": "kontakti_setup.commands.pot",
    "description": "kontakti_setup.commands.description",
    "benchmark": "benchmark.command",
    "replica": "replica.command",
}


def _stop(number, _frame):
    """End as by Ctrl-C, so that all we started is stopped."""
    raise SystemExit(128 + number)


def _enter(arguments):
    python = venv.python()
    os.environ[INSIDE] = str(python)
    os.environ["PYTHONPATH"] = PYTHONPATH
    command = [str(python), "-X", "utf8", "-B", "-m", "kontakti_setup", *arguments]
    os.execv(python, command)


def _is_inside():
    """Whether this is the second time: a command that a test starts is at its first."""
    in_venv = os.environ.get(INSIDE, "").startswith(sys.prefix + os.sep)
    return in_venv and os.environ.get("PYTHONPATH") == PYTHONPATH


def main(arguments):
    if not _is_inside():
        return _enter(arguments)
    command, rest = arguments[0], arguments[1:]
    module, _, function = COMMANDS[command].partition(":")
    return getattr(importlib.import_module(module), function or "main")(rest)


if __name__ == "__main__":
    clock.mend()
    # Even when the shell that started us in the background told us to ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    sys.exit(guarded(main, sys.argv[1:]))
