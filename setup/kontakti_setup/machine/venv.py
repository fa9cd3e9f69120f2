"""The Python packages of requirements.txt in a virtual environment in the cache."""

import os
import subprocess
import sys
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import external, locks

REQUIREMENTS = paths.CHECKOUT / "requirements.txt"
HINT = "installing the Python packages failed: check the network and pip's settings"
# What would make pip install somewhere else or refuse.
MISLEADING = (
    "PYTHONPATH",
    "PIP_TARGET",
    "PIP_USER",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
)


def python():
    """The environment's Python, made on first use for these exact requirements."""
    folder = _folder()
    complete = folder / ".complete"
    if not complete.exists():
        with locks.held("venv"):
            if not complete.exists():
                say("installing the Python packages")
                external.remove(folder)
                _fill(folder)
                check_imports(folder / "bin" / "python")
                complete.touch()
    return folder / "bin" / "python"


def _folder():
    major, minor = sys.version_info[:2]
    where = os.path.realpath(sys.executable)
    key = paths.digest(where, sys.version, REQUIREMENTS.read_text())
    return paths.cache() / "venv" / f"{major}.{minor}-{key}"


def _fill(folder):
    environment = external.without(MISLEADING)
    inside = folder / "bin" / "python"
    _run([sys.executable, "-m", "venv", "--without-pip", folder], environment)
    options = ["--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    install = [inside, f"{_pip()}/pip", "install", *options]
    _run([*install, "-r", REQUIREMENTS], environment)


def _run(command, environment):
    external.run(command, "python", HINT, env=environment)


def _pip():
    """pip as one file, which installs another: Python's own, or Debian's package of it."""
    folders = (
        Path(os.__file__).parent / "ensurepip" / "_bundled",
        Path("/usr/share/python-wheels"),
        paths.cache() / "debian-python/usr/share/python-wheels",
    )
    for folder in folders:
        for wheel in folder.glob("pip-*.whl"):
            return wheel
    raise SetupError("this Python has no pip: install python3-venv")


def check_imports(python_path):
    """Fail early and in one line when the packages do not load on this machine."""
    code = "import lxml.etree, psycopg2, gevent, PIL.Image, sass"
    done = subprocess.run(
        [python_path, "-c", code], capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise SetupError(f"the Python packages do not load here: {reason}")


def site_packages(python_path):
    return next(Path(python_path).parents[1].glob("lib/python3*/site-packages"))
