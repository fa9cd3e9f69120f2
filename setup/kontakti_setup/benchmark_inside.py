"""Runs functions of tests/benchmark inside Odoo, and keeps the databases they fill."""

import json
import subprocess
import tempfile
import time

from . import commands, databases, paths
from .errors import SetupError, say

SCRIPT = """
import json, sys
sys.path.insert(0, {tests!r})
from benchmark import {module}
answer = {module}.{function}(env, **json.loads({arguments!r}))
env.cr.commit()
print("ANSWER " + json.dumps(answer))
"""
TESTS = paths.CHECKOUT / "tests"


def call(run, db, function, **arguments):
    """Call ``module.function(env, ...)`` of tests/benchmark in a database.

    Lines that it prints with STEP are shown as they come.
    """
    module, function = function.split(".")
    script = SCRIPT.format(
        tests=str(TESTS),
        module=module,
        function=function,
        arguments=json.dumps(arguments),
    )
    config = run._odoo.config()
    command = run._odoo.command("shell", "-c", config, "-d", db, "--no-http")
    with tempfile.TemporaryFile("w+") as file:
        file.write(script)
        file.seek(0)
        process = subprocess.Popen(
            [*command, "--log-level=warn"],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=run._odoo.environment(),
            preexec_fn=commands.die_with_parent,
        )
    lines = list(map(_shown, process.stdout))
    config.unlink()
    if process.wait() or not lines[-1:] or not lines[-1].startswith("ANSWER "):
        log = commands.log_path("benchmark")
        log.write_text("".join(lines))
        raise SetupError(f"{module}.{function} failed (details: {log})")
    return json.loads(lines[-1].removeprefix("ANSWER "))


def _shown(line):
    if line.startswith("STEP "):
        say(line.removeprefix("STEP ").rstrip())
    return line


def filled(run, hint, keep=False, fresh=False, **plan):
    """The name of a database filled by a plan, and the seconds it took (0: kept)."""
    name = run.clone(hint) if not keep else _kept_name(run, plan)
    if keep and name in databases.names(run._odoo.server):
        if not fresh:
            return name, 0.0
        run.drop(name)
    if keep:
        run.templates.clone(run.templates.kontakti(), name)
    leads = " and as many leads" if plan.get("leads", True) else ""
    say(f"filling {plan['size']:,} contact events{leads}")
    start = time.monotonic()
    try:
        call(run, name, "fill.fill", **plan)
        vacuum(run, name)
        differing = call(run, name, "fill.check")
        assert not differing, f"the ORM computes these otherwise: {differing}"
    except BaseException:
        run.drop(name)
        raise
    return name, time.monotonic() - start


def _kept_name(run, plan):
    """Named by all that decides its content; outlives the run."""
    sources = [(TESTS / "benchmark" / f).read_text() for f in ("fill.py", "rows.py")]
    key = paths.digest(run.templates.kontakti(), *sources, sorted(plan.items()))
    return f"{run.templates.prefix}_filled_{key}"


def drop_kept(run, names):
    """Drop the filled databases that were kept, but for `names`."""
    for name in databases.names(run._odoo.server):
        if name.startswith(f"{run.templates.prefix}_filled_") and name not in names:
            run.drop(name)


def vacuum(run, name):
    """Leave a database as its autovacuum does, in time."""
    start = time.monotonic()
    with databases.cursor(run._odoo.server, name) as cr:
        cr.execute("VACUUM ANALYZE")
    say(f"vacuum: {time.monotonic() - start:.1f} s")


def versions(run):
    """What is measured, and on what: Odoo, PostgreSQL, our commit."""
    from benchmark import report

    with databases.cursor(run._odoo.server) as cr:
        cr.execute("SHOW server_version")
        postgresql = cr.fetchone()[0].split()[0]
    return {
        "odoo": run.templates.version,
        "postgresql": postgresql,
        "kontakti": report.revision(paths.CHECKOUT),
    }
