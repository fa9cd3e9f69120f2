"""PostgreSQL: yours through PGHOST, or server programs for a private cluster."""

import os
import pwd
import re
import shutil
from pathlib import Path

from kontakti_setup.errors import SetupError
from kontakti_setup.machine import debs, external

MINIMUM = 13
PROGRAMS = ("initdb", "pg_ctl", "postgres")
INSTALLED = "usr/lib/postgresql/*/bin"  # below / or where it is unpacked
HINT = (
    "no PostgreSQL >= 13: install the package postgresql, or set PGHOST, PGPORT, "
    "PGUSER and PGPASSWORD to a server whose role may create databases"
)


def programs():
    """The machine's newest server, or its release's own unpacked aside.

    :return: the folder of its programs (`bin`), its `major` version and its `libraries`
    """
    initdb = shutil.which("initdb")
    folders = [Path(initdb).resolve().parent] if initdb else []
    folders += Path("/").glob(INSTALLED)
    found = _newest(folders, os.environ.get("LD_LIBRARY_PATH", ""))
    if not found:
        prefix = debs.aside("postgresql/debian", HINT, "postgresql")
        found = _newest(prefix.glob(INSTALLED), debs.library_path(prefix))
    if not found:
        raise SetupError(HINT)
    return found


def _newest(folders, libraries):
    known = [
        {"bin": str(folder), "major": _major(folder, libraries), "libraries": libraries}
        for folder in folders
    ]
    usable = [server for server in known if server["major"] >= MINIMUM]
    return max(usable, key=lambda server: server["major"], default=None)


def _major(folder, libraries):
    """A server's major version, 0 when one of its programs does not run here."""
    environment = {**os.environ, "LD_LIBRARY_PATH": libraries}
    for program in PROGRAMS:
        text = external.output([folder / program, "--version"], env=environment)
        found = re.search(r"\b(\d+)[.\w]*", text or "")
        if not found:
            return 0
    return int(found.group(1))


def given():
    """Connection settings when the environment names a server, else None."""
    if not os.environ.get("PGHOST"):
        return None
    user = os.environ.get("PGUSER") or os.environ.get("USER") or "odoo"
    if user == "postgres":
        raise SetupError("Odoo refuses the role postgres: set PGUSER to another one")
    return {
        "host": os.environ["PGHOST"],
        "port": os.environ.get("PGPORT") or "5432",
        "user": user,
        "password": os.environ.get("PGPASSWORD") or "",
    }


def as_ordinary_user():
    """The command prefix by which PostgreSQL runs as root, and the owner of its files.

    PostgreSQL refuses to be root. It is nobody then, with the right of root to enter any
    folder, for its programs and data lie in root's home, and to signal a server of root's.
    """
    if os.getuid() != 0:
        return [], None
    user = pwd.getpwnam("nobody")
    rights = "+dac_override,+kill"
    prefix = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}"]
    prefix += ["--clear-groups", f"--inh-caps={rights}", f"--ambient-caps={rights}"]
    if external.output([*prefix, "true"]) is None:
        raise SetupError("PostgreSQL cannot run as root here: run this as another user")
    return prefix, user.pw_uid
