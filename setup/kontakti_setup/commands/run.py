"""./setup/run: Odoo with both addons in a Finnish company, ready to log in."""

import argparse
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
SELECT string_agg(login, ', ' ORDER BY login)
  FROM res_users JOIN ir_model_data ON model = 'res.users' AND res_id = res_users.id
 WHERE module LIKE 'kontakti%' AND active
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
        print(WELCOME.format(url=server.url, others=_others(odoo.server)), flush=True)
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


def _create(odoo):
    """Made under another name: an interrupted run leaves no half-made database."""
    say("making the database of the demonstration (a few minutes, once)")
    part = f"{DATABASE}_part"
    databases.drop(odoo.server, odoo.data_dir, part)
    state = _state()
    demonstration.make(odoo, part, ["web"], paths.addons())
    databases.rename(odoo.server, odoo.data_dir, part, DATABASE)
    _made_from().write_text(state)


def _update(odoo):
    """Bring the database up to the addons' files, if they changed."""
    state, made_from = _state(), _made_from()
    if made_from.exists() and made_from.read_text() == state:
        return
    say("updating the addons")
    names = ",".join(paths.addons())
    hint = "updating the addons failed"
    odoo.checked("-i", names, "-u", names, db=DATABASE, hint=hint)
    made_from.write_text(state)


def _made_from():
    """The file that says which state of the addons the database was made from."""
    return paths.data() / "addons.txt"


def _state():
    """Changes with any file of the addons that Odoo reads while they are updated."""
    return "\n".join(
        f"{name} {signature.everything(paths.CHECKOUT / name)}"
        for name in paths.addons()
    )


def _others(server):
    with databases.cursor(server, DATABASE) as cr:
        cr.execute(DEMO_USERS)
        logins = cr.fetchone()[0]
    return f"; also {logins} (password = user name)" if logins else ""
