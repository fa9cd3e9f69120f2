"""What a server takes while many work on it: memory, connections, the replica's lag."""

import threading
import time
from pathlib import Path

from benchmark.quantiles import quantile
from kontakti_setup.machine import databases

EVERY = 0.5  # seconds
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"


class Watch:
    """Looks at a served site again and again inside a block."""

    def __init__(self, site, with_replica):
        self.site, self.with_replica = site, with_replica
        self._lags, self._connections, self._memory = [0.0], {}, {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self._ended.set()
        self._thread.join()

    def _run(self):
        servers = {"primary": self.site.pair.primary}
        if self.with_replica:
            servers["replica"] = self.site.pair.standby
        while not self._ended.wait(EVERY):
            for name, server in servers.items():
                self._count_connections(name, server.settings())
            self._lags.append(self.site.pair.replication()["seconds"])
            for name, size in memory(self.site.server.process.pid).items():
                self._memory[name] = max(size, self._memory.get(name, 0))

    def _count_connections(self, name, server):
        with databases.cursor(server, self.site.db) as cr:
            cr.execute(CONNECTIONS, [self.site.db])
            found = cr.fetchone()[0] - 1
        self._connections[name] = max(found, self._connections.get(name, 0))

    def found(self):
        """``{"lag_p50", "lag_max": seconds, "connections", "memory": megabytes}``"""
        lags = sorted(self._lags)
        return {
            "lag_p50": quantile(lags, 0.5),
            "lag_max": lags[-1],
            "connections": self._connections,
            "memory": self._memory,
        }


def memory(pid):
    """``{process: megabytes}`` of an Odoo, what is shared counted by its share."""
    found = {"master": _megabytes(pid)}
    workers = []
    for child in _children(pid):
        command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        is_bus = b"gevent" in command
        if is_bus:
            found["bus"] = _megabytes(child)
        else:
            workers.append(_megabytes(child))
    return {**found, "worker": max(workers, default=0)}


def _children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _megabytes(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return round(
        sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    )


def arrival(site, times=50):
    """Seconds from a commit on the primary until the standby shows it: p50, p95, most."""
    taken = sorted(_arrive(site) for _time in range(times))
    return {"p50": quantile(taken, 0.5), "p95": quantile(taken, 0.95), "max": taken[-1]}


def _arrive(site):
    statement = "UPDATE kontakti_purpose SET sequence = sequence + 1"
    with databases.cursor(site.pair.standby.settings(), site.db) as there:
        with databases.cursor(site.pair.primary.settings(), site.db) as here:
            here.execute(f"{statement} RETURNING sequence")
            wanted = here.fetchone()[0]
        start = time.perf_counter()
        while True:
            there.execute("SELECT sequence FROM kontakti_purpose")
            if wanted in [row[0] for row in there.fetchall()]:
                return time.perf_counter() - start
