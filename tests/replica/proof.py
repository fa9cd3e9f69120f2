"""Where a call has run, by the statistics of both servers and Odoo's log."""

import time

from kontakti_setup.machine import databases

# A process of PostgreSQL tells its statistics at the latest when it ends: Odoo's idle
# ones are ended after each call. Odoo connects again.
TABLES = """
SELECT relname, seq_scan + coalesce(idx_scan, 0),
       seq_tup_read + coalesce(idx_tup_fetch, 0), n_tup_ins + n_tup_upd + n_tup_del
  FROM pg_stat_user_tables
"""
FALLBACK = "retrying with a read/write cursor"
OURS, EVENTS = "kontakti_", "kontakti_contact"


def trace(site, call):
    """Make a call; returns what each server did for it and whether Odoo fell back.

    :return: ``{"name", "answer", "primary": counts, "replica": counts, "falls_back",
        "contact_events": scans of their table on each}``, where counts are ``{"scans",
        "ours": scans of Kontakti's tables, "rows" read, "written"}``
    """
    servers = {
        "primary": site.pair.primary.settings(),
        "replica": site.pair.standby.settings(),
    }
    before = {name: _counts(server, site.db) for name, server in servers.items()}
    logged = len(site.server.log())
    answer = call.make()
    after = {name: _counts(server, site.db) for name, server in servers.items()}
    found = {name: _difference(before[name], after[name]) for name in servers}
    events = {
        name: after[name][EVENTS][0] - before[name][EVENTS][0] for name in servers
    }
    falls_back = FALLBACK in site.server.log()[logged:]
    return {
        "name": call.name,
        "answer": answer,
        "falls_back": falls_back,
        "contact_events": events,
        **found,
    }


def is_on_replica(found):
    """Whether the replica did it all: the primary read and wrote no table."""
    idle = {"scans": 0, "ours": 0, "rows": 0, "written": 0}
    return (
        found["primary"] == idle
        and found["replica"]["scans"] > 0
        and not found["falls_back"]
    )


def _counts(server, db):
    """``{table: (scans, rows read, rows written)}`` of all that has been done."""
    with databases.cursor(server, db) as cr:
        _end_idle(cr, db)
        cr.execute(TABLES)
        return {name: numbers for name, *numbers in cr.fetchall()}


def _end_idle(cr, db):
    cr.execute(
        "SELECT array_agg(pid) FROM pg_stat_activity"
        " WHERE datname = %s AND pid != pg_backend_pid() AND state = 'idle'",
        [db],
    )
    pids = cr.fetchone()[0] or []
    cr.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid", [pids])
    end = time.monotonic() + 10
    while _are_left(cr, pids) and time.monotonic() < end:
        time.sleep(0.02)
    if cr.connection.server_version < 150000:
        time.sleep(1)  # a process of its own gathers them


def _are_left(cr, pids):
    cr.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)", [pids])
    return cr.fetchone()[0]


def _difference(before, after):
    changes = {
        table: [new - old for old, new in zip(before[table], after[table], strict=True)]
        for table in after
    }
    ours = [numbers for table, numbers in changes.items() if table.startswith(OURS)]
    return {
        "scans": sum(numbers[0] for numbers in changes.values()),
        "ours": sum(numbers[0] for numbers in ours),
        "rows": sum(numbers[1] for numbers in changes.values()),
        "written": sum(numbers[2] for numbers in changes.values()),
    }
