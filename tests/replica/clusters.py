"""A primary PostgreSQL and a standby that streams from it, both thrown away."""

import os
import subprocess
import time
from contextlib import ExitStack, contextmanager

from kontakti_setup.errors import SetupError
from kontakti_setup.machine import cluster, databases, external, postgres

CLIENTS = ("pg_basebackup", "pg_dump", "psql")
SLOT = "standby"
STANDBY = """
SELECT state, sync_state,
       coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint AS bytes,
       coalesce(extract(epoch FROM replay_lag), 0)::float AS seconds
  FROM pg_stat_replication
"""


class Primary(cluster.Cluster):
    """A private cluster that others may stream from."""

    more_settings = ("wal_level=replica", "max_wal_senders=10")


class Standby(cluster.Cluster):
    """A hot standby of a running :class:`Primary`."""

    more_settings = ("hot_standby=on", "hot_standby_feedback=on")

    def __init__(self, folder, programs, primary):
        self.primary = primary
        super().__init__(folder, programs, durable=False)

    def _create(self):
        part = self.folder / "data.part"
        external.remove(part)
        source = ["-h", self.primary.sockets, "-p", cluster.PORT, "-U", cluster.ROLE]
        ways = ["-R", "-X", "stream", "-C", "-S", SLOT, "-c", "fast", "--no-sync"]
        self._run("pg_basebackup", *source, *ways, "-D", part)
        external.remove(self.data)
        part.rename(self.data)


class Pair:
    """A running primary; after :meth:`follow` a standby beside it."""

    def __init__(self, folder, programs, stack):
        self._folder, self._programs, self._stack = folder, programs, stack
        self.primary = self._enter(Primary(folder / "primary", programs, durable=False))
        self.standby = None

    def _enter(self, server):
        self._stack.callback(external.remove, server.folder)
        users = server.folder.with_name(server.folder.name + ".users")
        self._stack.callback(users.unlink, missing_ok=True)
        return self._stack.enter_context(server)

    def follow(self):
        """Make the standby and wait until it has all that the primary has."""
        folder = self._folder / "standby"
        self.standby = self._enter(Standby(folder, self._programs, self.primary))
        self.catch_up()

    def catch_up(self, timeout=60):
        """Wait until the standby has replayed all that is written now."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            found = self.replication()
            if found and found["state"] == "streaming" and not found["bytes"]:
                return
            time.sleep(0.1)
        raise SetupError(f"the standby lags behind (details: {self.standby.log})")

    def replication(self):
        """How far the standby is behind, as the primary sees it; None without one."""
        with databases.cursor(self.primary.settings()) as cr:
            cr.execute(STANDBY)
            row = cr.fetchone()
            names = [column.name for column in cr.description]
        return dict(zip(names, row, strict=True)) if row else None

    def wait_for_standby(self, is_waiting):
        """Whether a commit ends only when the standby has applied it (remote_apply)."""
        with databases.cursor(self.primary.settings()) as cr:
            names = "*" if is_waiting else ""
            cr.execute("ALTER SYSTEM SET synchronous_standby_names = %s", [names])
            cr.execute("SELECT pg_reload_conf()")
        wanted = "sync" if is_waiting else "async"
        end = time.monotonic() + 20
        while self.replication()["sync_state"] != wanted:
            if time.monotonic() > end:
                raise SetupError(f"the standby does not become {wanted}")
            time.sleep(0.05)

    @contextmanager
    def paused(self):
        """The standby replays nothing inside: it lags as far behind as one likes."""
        with databases.cursor(self.standby.settings()) as cr:
            cr.execute("SELECT pg_wal_replay_pause()")
        try:
            yield
        finally:
            with databases.cursor(self.standby.settings()) as cr:
                cr.execute("SELECT pg_wal_replay_resume()")
            self.catch_up()

    def copy_in(self, server, name):
        """Copy a database of another server to the primary, under its name."""
        with databases.cursor(self.primary.settings()) as cr:
            cr.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        dump = self._client(
            "pg_dump", server, "--no-owner", name, stdout=subprocess.PIPE
        )
        read = ["-q", "-X", "-v", "ON_ERROR_STOP=1", "-d", name, "-o", os.devnull]
        load = self._client("psql", self.primary.settings(), *read, stdin=dump.stdout)
        dump.stdout.close()
        if load.wait() or dump.wait():
            log = external.log_path("replica")
            raise SetupError(
                "copying the prepared database failed: is the server newer than "
                f"{self._programs['bin']}? (details: {log})"
            )

    def _client(self, program, server, *arguments, **streams):
        keep = external.without(n for n in os.environ if n.startswith("PG"))
        variables = {
            **keep,
            "LD_LIBRARY_PATH": self._programs["libraries"],
            "PGHOST": server["host"],
            "PGPORT": server["port"],
            "PGUSER": server["user"],
            "PGPASSWORD": server["password"],
        }
        command = [f"{self._programs['bin']}/{program}", *arguments]
        with open(external.log_path("replica"), "a") as log:
            return subprocess.Popen(
                command,
                env=variables,
                stderr=log,
                preexec_fn=external.die_with_parent,
                **streams,
            )


@contextmanager
def pair(folder):
    """A :class:`Pair` in a folder; nothing of it remains after the block."""
    programs = postgres.programs()
    missing = [name for name in CLIENTS if not _is_there(programs, name)]
    if missing:
        raise SetupError(
            f"a replica needs {', '.join(missing)} beside {programs['bin']}/initdb: "
            "install the package postgresql"
        )
    with ExitStack() as stack:
        yield Pair(folder, programs, stack)


def _is_there(programs, name):
    return os.access(f"{programs['bin']}/{name}", os.X_OK)
