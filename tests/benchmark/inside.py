"""Runs functions of tests/benchmark inside Odoo, and keeps the databases they fill."""

import json
import subprocess
import tempfile
import time

from benchmark import report
from kontakti_setup import paths
from kontakti_setup.errors import SetupError, say
from kontakti_setup.machine import databases, external

SCRIPT = """
import json
from benchmark import {module}
answer = {module}.{function}(env, **json.loads({arguments!r}))
env.cr.commit()
print("ANSWER " + json.dumps(answer))
"""


def call(run, db, function, **arguments):
    """Call ``module.function(env, ...)`` of tests/benchmark in a database.

    Lines that it prints with STEP are shown as they come.
    """
    config = run._odoo.config()
    process = start(run, db, config, function, arguments)
    lines = list(map(_shown, process.stdout))
    config.unlink()
    if process.wait() or not lines[-1:] or not lines[-1].startswith("ANSWER "):
        raise failed(function, "".join(lines))
    return json.loads(lines[-1].removeprefix("ANSWER "))


def start(run, db, config, function, arguments, files=()):
    """Start calling ``module.function(env, ...)``: its process; it ends with this one.

    :param config: the path of Odoo's settings
    :param files: descriptors that the process inherits
    """
    module, function = function.split(".")
    script = SCRIPT.format(
        module=module,
        function=function,
        arguments=json.dumps(arguments),
    )
    command = run._odoo.command("shell", "-c", config, "-d", db, "--no-http")
    with tempfile.TemporaryFile("w+") as file:
        file.write(script)
        file.seek(0)
        return subprocess.Popen(
            [*command, "--log-level=warn"],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=run._odoo.environment(),
            pass_fds=files,
            preexec_fn=external.die_with_parent,
        )


def failed(function, output):
    """Keep what a process printed; returns the error to raise."""
    log = external.log_path("benchmark")
    log.write_text(output)
    return SetupError(f"{function} failed (details: {log})")


def _shown(line):
    if line.startswith("STEP "):
        say(line.removeprefix("STEP ").rstrip())
    return line


def filled(run, hint, keep=False, fresh=False, **plan):
    """The name of a database filled by a plan, and the seconds it took (0: kept)."""
    leads = " and as many leads" if plan.get("leads", True) else ""
    say(f"filling {plan['size']:,} contact events{leads}")
    filling = Filling("fill", "rows")
    return filling.filled(run, hint, run.templates.kontakti(), keep, fresh, plan)


class Filling:
    """Fills databases by a module of tests/benchmark with ``fill`` and ``check``."""

    def __init__(self, module, *modules):
        """
        :param modules: other modules of tests/benchmark that decide what is filled in
        """
        self.module = module
        self.sources = [f"{name}.py" for name in (module, *modules)]

    def filled(self, run, hint, template, keep, fresh, plan):
        """The name of a copy of `template` filled by a plan, and the seconds it took."""
        name = self._name(run, hint, template, plan) if keep else run.new_name(hint)
        if keep and name in databases.names(run._odoo.server):
            if not fresh:
                return name, 0.0
            run.drop(name)
        run.templates.clone(template, name)
        start = time.monotonic()
        try:
            call(run, name, f"{self.module}.fill", **plan)
            vacuum(run, name)
            wrong = call(run, name, f"{self.module}.check")
            assert not wrong, f"not what the product would have written: {wrong}"
        except BaseException:
            run.drop(name)
            raise
        return name, time.monotonic() - start

    def _name(self, run, hint, template, plan):
        """Named by all that decides its content; outlives the run."""
        sources = [
            (paths.TESTS / "benchmark" / name).read_text() for name in self.sources
        ]
        key = paths.digest(template, *sources, sorted(plan.items()))
        return f"{run.templates.prefix}_filled_{hint}_{key}"


def drop_kept(run, hints, names):
    """Drop the filled databases that were kept for `hints`, but for `names`."""
    kept = tuple(f"{run.templates.prefix}_filled_{hint}_" for hint in hints)
    for name in databases.names(run._odoo.server):
        if name.startswith(kept) and name not in names:
            run.drop(name)


def vacuum(run, name):
    """Leave a database as its autovacuum does, in time."""
    start = time.monotonic()
    with databases.cursor(run._odoo.server, name) as cr:
        cr.execute("VACUUM ANALYZE")
    say(f"vacuum: {time.monotonic() - start:.1f} s")


def versions(run):
    """What is measured, and on what: Odoo, PostgreSQL, our commit."""
    with databases.cursor(run._odoo.server) as cr:
        cr.execute("SHOW server_version")
        postgresql = cr.fetchone()[0].split()[0]
    return {
        "odoo": run.templates.version,
        "postgresql": postgresql,
        "kontakti": report.revision(paths.CHECKOUT),
    }
