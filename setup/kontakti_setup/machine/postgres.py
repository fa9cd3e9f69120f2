"""PostgreSQL: yours through PGHOST, or server programs for a private cluster."""

import glob
import os
import re
import shutil
import subprocess
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import debs, external

MINIMUM = 13
# Not needed to run a server: compilers of queries, Perl tools of Debian's own.
DEBS_WITHOUT = "libllvm.*|libclang.*|perl.*|libperl.*|postgresql-(client-)?common|ssl-cert|.*-modules-.*|libz3.*|libjson-.*"
HINT = (
    "no PostgreSQL >= 13: install the package postgresql, or set PGHOST, PGPORT, "
    "PGUSER and PGPASSWORD to a server whose role may create databases"
)


def programs():
    """The folder of initdb and pg_ctl, its major version and library path."""
    folder = _installed() or _aside()
    return described(folder, aside_prefix(folder))


def described(folder, prefix):
    return {
        "bin": str(folder),
        "major": major(folder, prefix),
        "libraries": _libraries(prefix),
    }


def major(folder, prefix):
    """A server's major version, 0 when it does not run with the libraries there are."""
    environment = {**os.environ, "LD_LIBRARY_PATH": _libraries(prefix)}
    for program in ("initdb", "pg_ctl", "postgres"):
        text = external.output([folder / program, "--version"], env=environment)
        found = re.search(r"\b(\d+)[.\w]*", text or "")
        if not found:
            return 0
    return int(found.group(1))


def aside_prefix(folder):
    """What a server we fetched is unpacked below; None for a server of the machine."""
    for parent in Path(folder).parents:
        if parent.parent == paths.cache() / "postgresql":
            return parent
    return None


def _libraries(prefix):
    return (
        debs.library_path(prefix) if prefix else os.environ.get("LD_LIBRARY_PATH", "")
    )


def _complete(folder):
    names = ("initdb", "pg_ctl", "postgres")
    return all(os.access(Path(folder) / name, os.X_OK) for name in names)


def _installed():
    """The newest server on this machine, or None."""
    folders = glob.glob("/usr/lib/postgresql/*/bin") + glob.glob("/usr/pgsql-*/bin")
    initdb = shutil.which("initdb")
    if initdb:
        folders.append(os.path.dirname(os.path.realpath(initdb)))
    configured = external.output(["pg_config", "--bindir"])
    if configured:
        folders.append(configured.strip())
    return _newest(folders)


def _newest(folders):
    folders = {Path(folder) for folder in folders}
    known = [
        (major(folder, aside_prefix(folder)), folder)
        for folder in folders
        if _complete(folder)
    ]
    usable = [entry for entry in known if entry[0] >= MINIMUM]
    return max(usable)[1] if usable else None


def _aside():
    """The release's own server with the libraries it needs, unpacked aside."""
    folder = paths.cache() / "postgresql" / "debian"
    try:
        with external.made_once(folder, "fetching PostgreSQL") as part:
            if part:
                debs.unpack_missing(part, "postgresql", without=DEBS_WITHOUT)
    except SetupError as error:
        raise SetupError(f"{HINT} ({error})") from error
    found = _newest(folder.glob("usr/lib/postgresql/*/bin"))
    if not found:
        raise SetupError(HINT)
    return found


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
    """The command prefix that makes PostgreSQL run as root, and the folder owner.

    PostgreSQL refuses to run as root. In a user namespace of its own it runs as an
    ordinary user while its files stay ours; else it is given to another user.
    """
    if os.getuid() != 0:
        return [], None
    namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if external.output([*namespace, "true"]) is not None:
        return namespace, None
    return _other_user()


def _other_user():
    import pwd

    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}"]
        prefix = ["setpriv", *ids, "--clear-groups"]
        if subprocess.call([*prefix, "true"], stderr=subprocess.DEVNULL) == 0:
            return prefix, (user.pw_uid, user.pw_gid)
    raise SetupError("PostgreSQL cannot run as root here: run this as another user")
