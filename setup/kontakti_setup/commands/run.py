"""./setup/run: Odoo with both addons in a Finnish company, ready to log in."""

import argparse
import json
import signal
import sys
import time

import demonstration
from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import (
    cluster,
    databases,
    external,
    locks,
    odoo_source,
    postgres,
)
from kontakti_setup.machine.odoo_process import Odoo, port_is_free
from rig import signature

DATABASE = "kontakti"
WELCOME = """
  Kontakti    {url}/odoo
  User        admin, password admin{others}
  Stop        Ctrl-C (the data is kept; --fresh starts anew)
"""
# Users of the addons' demo data: their password is their login.
DEMO_USERS = """
rows = env["ir.model.data"].search([
    ("model", "=", "res.users"), ("module", "=like", "kontakti%")])
users = env["res.users"].browse(rows.mapped("res_id")).exists()
print("USERS:" + ",".join(users.mapped("login")))
"""


def _options(arguments):
    parser = argparse.ArgumentParser(
        prog="./setup/run",
        description="Start Odoo 19 with Kontakti in a Finnish company with some months "
        "of history. The first time everything needed is fetched and the database is "
        "made; after that it starts in seconds, keeps the data and needs no network.",
        epilog="Environment: ODOO_PATH, KONTAKTI_PYTHON, PGHOST, PGPORT, PGUSER, "
        "PGPASSWORD, XDG_DATA_HOME, XDG_CACHE_HOME.",
    )
    parser.add_argument("--port", type=int, default=8069, help="default: 8069")
    parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
    parser.add_argument("--fresh", action="store_true", help="delete the data first")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        raise SetupError("--port wants a number from 1 to 65535")
    return options


def main(arguments):
    options = _options(arguments)
    data = paths.data()
    lock = locks.take(data / "run.lock", wait=False)
    if not lock:
        raise SetupError("./setup/run is running already: stop that one first")
    if not port_is_free(options.port, options.host):
        raise SetupError(
            f"port {options.port} is taken: use ./setup/run --port with another one"
        )
    source = odoo_source.find()
    if options.fresh and not postgres.given():
        external.remove(data / "postgresql")
    with cluster.cluster(data / "postgresql", durable=True) as server:
        odoo = Odoo(
            source,
            sys.executable,
            server.settings(),
            data / "odoo",
            data,
            [paths.CHECKOUT],
        )
        _run(odoo, options)
    lock.close()


def _run(odoo, options):
    if options.fresh:
        databases.drop(odoo.server, odoo.data_dir, DATABASE)
    if DATABASE not in databases.names(odoo.server):
        _create(odoo)
    else:
        _update(odoo)
    log = odoo.scratch / f"server-{DATABASE}-{options.port}.log"
    log.unlink(missing_ok=True)
    settings = {"max_cron_threads": 1}
    with odoo.serve(DATABASE, options.port, options.host, **settings) as server:
        print(WELCOME.format(url=server.url, others=_others()), flush=True)
        say(f"Odoo's log: {server.log_path}")
        _watch(server)


def _watch(server):
    """Until Ctrl-C, or until Odoo ends by itself."""
    try:
        while server.process.poll() is None:
            time.sleep(0.5)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        say("stopping")
        return
    raise SetupError(f"Odoo ended (details: {server.log_path})")


def _state_file():
    return paths.data() / "state.json"


def _state():
    """What the database was made from: version of Odoo and hash of each addon."""
    return {
        name: signature.everything(paths.CHECKOUT / name) for name in paths.addons()
    }


def _create(odoo):
    """Made under another name: an interrupted run leaves no half-made database."""
    say("making the database of the demonstration (a few minutes, once)")
    part = f"{DATABASE}_part"
    databases.drop(odoo.server, odoo.data_dir, part)
    state = _state()
    demonstration.make(odoo, part, ["web"], list(state))
    shown = odoo.shell(part, DEMO_USERS)
    databases.rename(odoo.server, odoo.data_dir, part, DATABASE)
    _save(state, shown)


def _save(state, shown):
    logins = [
        login
        for line in shown.splitlines()
        if line.startswith("USERS:")
        for login in line[len("USERS:") :].split(",")
        if login
    ]
    _state_file().write_text(json.dumps({"addons": state, "users": logins}))


def _saved():
    try:
        return json.loads(_state_file().read_text())
    except (OSError, ValueError):
        return {"addons": {}, "users": []}


def _update(odoo):
    """Bring the database up to the addons' files, if they changed."""
    state, known = _state(), _saved()["addons"]
    new = [name for name in state if name not in known]
    changed = [name for name in state if name in known and known[name] != state[name]]
    if not new and not changed:
        return
    say(f"updating {', '.join(new + changed)}")
    args = ["-i", ",".join(new)] if new else []
    args += ["-u", ",".join(changed)] if changed else []
    odoo.checked(*args, db=DATABASE, hint="updating the addons failed")
    _save(state, odoo.shell(DATABASE, DEMO_USERS))


def _others():
    logins = _saved()["users"]
    if not logins:
        return ""
    return f"; also {', '.join(logins)} (password = user name)"
