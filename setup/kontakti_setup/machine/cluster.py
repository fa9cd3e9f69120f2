"""A private PostgreSQL cluster on a private socket, started and stopped by us."""

import os
import shutil
import stat
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
        self.programs = programs
        self.prefix, self.owner = postgres.as_ordinary_user()
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.log = self.folder / "postgresql.log"
        self.sockets = None
        self._users = None

    def settings(self):
        return {"host": str(self.sockets), "port": PORT, "user": ROLE, "password": ""}

    def __enter__(self):
        with locks.held("postgresql-start"):
            self.sockets = _private_folder(self.folder)
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
        self._own()
        settings = [*SETTINGS, *self.more_settings]
        settings.append(f"unix_socket_directories={self.sockets}")
        settings += () if self.durable else FAST
        options = " ".join(f"-c {name}" for name in settings)
        self._launch("-w", "-t", "60", "-l", self.log, "-o", options, "start")

    def _own(self):
        """Data that another user made before, as which PostgreSQL ran then."""
        if self.owner and self.data.stat().st_uid != self.owner:
            hint = f"{self.data} cannot be given to PostgreSQL"
            external.run(["chown", "-R", self.owner, self.data], "postgresql", hint)

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
        environment = external.without(n for n in os.environ if n.startswith("PG"))
        environment["LD_LIBRARY_PATH"] = self.programs["libraries"]
        command = [*self.prefix, f"{self.programs['bin']}/{program}", *args]
        code = external.call(command, "postgresql", cwd="/", env=environment)
        if check and code:
            raise SetupError(
                f"PostgreSQL's {program} failed: free disk space, or set PGHOST to "
                f"another server (details: {external.log_path('postgresql')} and "
                f"{self.log})"
            )
        return code


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


def _private_folder(name):
    """A short folder only this user can enter, for sockets.

    The path stays far below the 107 characters a socket may have. As others may write
    beside it, a folder that is not ours is refused.
    """
    base = Path(tempfile.gettempdir())
    folder = base / f"kontakti-{os.getuid()}-{paths.digest(name)}"
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
            raise SetupError(
                f"{folder} belongs to somebody else: remove it and try again"
            ) from None
    return folder
