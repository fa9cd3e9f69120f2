"""A private PostgreSQL cluster on a private socket, started and stopped by us."""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import clock, databases, external, locks, postgres

PORT = "5432"
ROLE = "odoo"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = ("listen_addresses=", "shared_buffers=256MB", "max_connections=120")


class Cluster:
    """Several processes may use a cluster at once: the last one stops it."""

    more_settings = ()

    def __init__(self, folder, programs, durable):
        self.durable = durable
        self.prefix, self.owner = postgres.as_ordinary_user()
        self.folder = self._place(folder)
        self.programs = self._reachable(programs)
        self.data = self.folder / "data"
        self.log = self.folder / "postgresql.log"
        self.sockets = None
        self._users = None

    def _place(self, folder):
        """Another user cannot enter our home: its cluster has a place of its own."""
        if self.owner:
            base = "/var/lib" if self.durable else "/var/tmp"
            folder = Path(base) / f"kontakti-pg-{paths.digest(folder)}"
            if folder.exists():
                _check_private(folder, owners=self.owner[:1])
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._give(folder)
        return folder

    def _reachable(self, programs):
        """Another user cannot enter our cache either: it gets a copy of the programs."""
        prefix = postgres.aside_prefix(programs["bin"])
        if not self.owner or not prefix:
            return programs
        copy = self.folder / f"programs-{programs['major']}"
        if not copy.exists():
            part = copy.with_suffix(".part")
            external.remove(part)
            shutil.copytree(prefix, part, symlinks=True)
            part.rename(copy)
        return postgres.described(
            copy / Path(programs["bin"]).relative_to(prefix), copy
        )

    def _give(self, folder):
        if self.owner:
            os.chown(folder, *self.owner)

    def settings(self):
        return {"host": str(self.sockets), "port": PORT, "user": ROLE, "password": ""}

    def __enter__(self):
        with locks.held("postgresql-start"):
            owners = self.owner[:1] if self.owner else ()
            self.sockets = _private_folder(self.folder, owners=owners)
            self._give(self.sockets)
            # The lock file is ours, not the server's: beside the folder.
            users = self.folder.with_name(self.folder.name + ".users")
            self._users = locks.take(users, exclusive=False)
            try:
                self._start()
            except BaseException:
                self._users.close()
                raise
        return self

    def __exit__(self, *_exception):
        with locks.held("postgresql-start"):
            path = Path(self._users.name)
            self._users.close()
            alone = locks.take(path, wait=False)
            if alone:
                self._control("stop", "-m", "fast", check=False)
                shutil.rmtree(self.sockets, ignore_errors=True)
                alone.close()

    def _start(self):
        if not (self.data / "PG_VERSION").exists():
            self._create()
        if self._is_running():
            return
        self._control("stop", "-m", "immediate", check=False)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        settings = [*SETTINGS, *self.more_settings]
        settings.append(f"unix_socket_directories={self.sockets}")
        settings += () if self.durable else FAST
        options = " ".join(f"-c {name}" for name in settings)
        self._launch("-w", "-t", "60", "-l", self.log, "-o", options, "start")

    def _is_running(self):
        """A server that a killed run left behind has that run's clock, if it set one."""
        if clock.is_set():
            return False
        return self._control("status", check=False) == 0 and self._socket().exists()

    def _launch(self, *args):
        """A test cluster that a crash of the machine spoilt is made anew."""
        if not self.durable and self._control(*args, check=False):
            self._control("stop", "-m", "immediate", check=False)
            external.remove(self.data)
            self._create()
        elif not self.durable:
            return
        self._control(*args)

    def _socket(self):
        return self.sockets / f".s.PGSQL.{PORT}"

    def _create(self):
        """Made under another name: an interrupted initdb leaves nothing half made."""
        part = self.folder / "data.part"
        external.remove(part)
        options = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self._run("initdb", *options, "--no-sync", "-D", part)
        external.remove(self.data)
        part.rename(self.data)

    def _control(self, *args, check=True):
        return self._run("pg_ctl", "-D", self.data, "-s", *args, check=check)

    def _run(self, program, *args, check=True):
        command = [*self.prefix, f"{self.programs['bin']}/{program}", *map(str, args)]
        path = external.log_path("postgresql")
        with open(path, "a") as out:
            code = subprocess.call(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=self._environment(),
            )
        if check and code:
            raise SetupError(
                f"PostgreSQL's {program} failed: free disk space, or set PGHOST to "
                f"another server (details: {path} and {self.log})"
            )
        return code

    def _environment(self):
        environment = external.without(n for n in os.environ if n.startswith("PG"))
        if self.owner:
            environment = clock.readable_in(self.folder, environment)
        return {**environment, "LD_LIBRARY_PATH": self.programs["libraries"]}


class GivenServer:
    """The server the environment names; nothing to start or stop."""

    def __init__(self, settings):
        self._settings = settings

    def settings(self):
        return self._settings

    def __enter__(self):
        databases.check_server(self._settings)
        return self

    def __exit__(self, *_exception):
        pass


def cluster(folder, durable):
    """The server to use: the one the environment names, or a private cluster.

    A cluster's folder is named after what cannot share one: server and file owner.
    """
    settings = postgres.given()
    if settings:
        return GivenServer(settings)
    programs = postgres.programs()
    return Cluster(folder / f"pg{programs['major']}", programs, durable)


def _private_folder(*names, owners=()):
    """A short folder only this user can enter, for sockets.

    The path stays far below the 107 characters a socket may have. As others may write
    beside it, a folder that is not ours is refused.
    """
    base = Path(tempfile.gettempdir())
    folder = base / f"kontakti-{os.getuid()}-{paths.digest(*names)}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        _check_private(folder, owners)
    return folder


def _check_private(folder, owners=()):
    """Refuse a folder that is a link or belongs to somebody else."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.getuid(), *owners):
        raise SetupError(f"{folder} belongs to somebody else: remove it and try again")
