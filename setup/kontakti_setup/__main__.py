"""Entry of the programs in setup/.

First with the machine's Python and its standard library only, to make the virtual
environment; then again inside it.
"""

import importlib
import os
import signal
import sys

from . import paths, sleep, venv
from .errors import guarded

INSIDE = "KONTAKTI_VENV_PYTHON"
COMMANDS = {
    "run": ("run", "main"),
    "test": ("test", "main"),
    "shell": ("shell", "main"),
    "screenshots": ("screenshots", "main"),
    "benchmark": ("benchmark", "main"),
    "replica": ("replica", "main"),
    "format": ("upkeep", "format_sources"),
    "pot": ("upkeep", "pot"),
    "description": ("description", "main"),
}


def _stop(number, _frame):
    """End as by Ctrl-C, so that all we started is stopped."""
    raise SystemExit(128 + number)


def _enter(arguments):
    python = venv.python()
    os.environ[INSIDE] = str(python)
    os.environ["PYTHONPATH"] = str(paths.SETUP)
    command = [str(python), "-X", "utf8", "-B", "-m", "kontakti_setup", *arguments]
    os.execv(python, command)


def main(arguments):
    if not os.environ.get(INSIDE, "").startswith(sys.prefix + os.sep):
        return _enter(arguments)
    command, rest = arguments[0], arguments[1:]
    module, function = COMMANDS[command]
    module = importlib.import_module(f"kontakti_setup.{module}")
    return getattr(module, function)(rest)


if __name__ == "__main__":
    sleep.mend()
    # Even when the shell that started us in the background told us to ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGHUP, _stop)
    sys.exit(guarded(main, sys.argv[1:]))
