"""The Python packages of requirements.txt in a virtual environment in the cache."""

import glob
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import debs, external, locks

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
    pip = [folder / "bin" / "python", "-m", "pip"]
    environment = external.without(MISLEADING)
    if importlib.util.find_spec("ensurepip"):
        _run([sys.executable, "-m", "venv", folder], environment)
    else:
        _run([sys.executable, "-m", "venv", "--without-pip", folder], environment)
        pip = [folder / "bin" / "python", f"{_pip_wheel()}/pip"]
    install = ["install", "--disable-pip-version-check", "--no-deps"]
    only_wheels = ["--only-binary=:all:", "-r", REQUIREMENTS]
    _run([*pip, *install, *only_wheels], environment)


def pip():
    """The command that runs pip inside the environment."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip"]
    return [sys.executable, f"{_pip_wheel()}/pip"]


def _run(command, environment):
    external.run(command, "python", HINT, env=environment)


def _pip_wheel():
    """Debian keeps pip apart from Python; its package holds pip as one file."""
    aside = paths.cache() / "pip"
    for prefix in ("/", sys.prefix + "/..", str(aside)):
        found = sorted(glob.glob(f"{prefix}/usr/share/python-wheels/pip-*.whl"))
        if found:
            return found[-1]
    with external.made_once(aside, "fetching pip") as part:
        if part:
            debs.unpack_missing(part, "python3-pip-whl")
    found = glob.glob(f"{aside}/usr/share/python-wheels/pip-*.whl")
    if not found:
        raise SetupError("this Python has no pip: install python3-venv")
    return found[-1]


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
