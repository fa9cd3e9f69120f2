"""What tests drive the product with: databases, servers and command lines.

`./setup/test` prepares all and starts pytest; tests/conftest.py hands an
`Environment` to them as the fixture `kontakti`.
"""

import json
import os
import secrets
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import (
    chromium,
    clock,
    cluster,
    databases,
    locks,
    node,
    odoo_source,
    postgres,
)
from kontakti_setup.machine.odoo_process import Odoo
from rig import extra_addons
from rig.templates import Templates, prune_runs

VARIABLE = "KONTAKTI_ENVIRONMENT"


class Environment:
    """One run of the tests, here or in the pytest process it starts."""

    def __init__(self, settings):
        self.settings = settings
        self.odoo_path = Path(settings["odoo_path"])
        self.scratch = Path(settings["scratch"])
        self.chromium = settings["chromium"]
        self.node_modules = Path(settings["node_modules"])
        self.node_bin = Path(settings["node_bin"])
        self.axe_js = self.node_modules / "axe-core" / "axe.min.js"
        self.database = settings.get("database")
        self.config = settings.get("config")
        self._odoo = Odoo(
            self.odoo_path,
            sys.executable,
            settings["server"],
            settings["data_dir"],
            self.scratch,
            settings["addons_folders"],
            settings.get("extra_folders", ()),
        )
        self._odoo.path_first = self.scratch / "bin"
        # Playwright's own Node lacks a library on a bare machine.
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(self.node_bin / "node"))
        self.addons_path = self._odoo.addons_path
        version = odoo_source.version(self.odoo_path)[0]
        self.templates = Templates(
            self._odoo,
            version,
            clock.prefix() + settings.get("kind", ""),
            settings.get("modules", ()),
        )

    @classmethod
    def current(cls):
        """The environment of the running ./setup/test."""
        if VARIABLE not in os.environ:
            raise SetupError("these tests need ./setup/test")
        return cls(json.loads(os.environ[VARIABLE]))

    def variables(self):
        """For the pytest process."""
        variables = self._odoo.environment()
        return {**variables, VARIABLE: json.dumps(self.settings, default=str)}

    def use_chromium(self, folder):
        """The program in a folder that is the first on PATH: one for all tests.

        It has the run's zone; `settings["browser"]` is the one that it starts.
        """
        self.settings["browser"] = self.chromium
        self.chromium = self.settings["chromium"] = str(folder / chromium.NAMES[0])

    def targets(self):
        """The same run with the addons of the whole transfer table (T1-T17)."""
        folders = [*self.settings["addons_folders"], str(paths.TARGET_ADDONS)]
        return self._with_targets("targets", folders)

    def show(self):
        """The same run with these addons, and none of the tests' own to be seen."""
        return self._with_targets(
            "show", [str(paths.CHECKOUT), str(paths.TARGET_ADDONS)]
        )

    def benchmark(self):
        """The same run with these addons and Odoo's CRM, which they are measured with."""
        return self.beside("benchmark", ["crm"])

    def beside(self, kind, modules):
        """The same run with these addons beside `modules` of Odoo's."""
        settings = {
            **self.settings,
            "kind": kind,
            "addons_folders": [str(paths.CHECKOUT)],
            "modules": list(modules),
        }
        return Environment(settings)

    def in_sight_of(self, folder):
        """The same run with the addons of another folder to be installed too."""
        return Environment({**self.settings, "extra_folders": [str(folder)]})

    def _with_targets(self, kind, folders):
        settings = {
            **self.settings,
            "kind": kind,
            "addons_folders": folders,
            "extra_folders": [str(extra_addons.folder())],
        }
        return Environment(settings)

    def clone(self, name_hint, demo=False):
        """A fresh database with the addons; dropped when the run ends."""
        make = self.templates.demo if demo else self.templates.kontakti
        name = self.new_name(name_hint)
        self.templates.clone(make(), name)
        return name

    def clone_base(self, name_hint):
        """A fresh database with all that the addons depend on, but without them."""
        name = self.new_name(name_hint)
        self.templates.clone(self.templates.base(), name)
        return name

    def new_name(self, hint):
        """A name for a database that is dropped when the run ends."""
        run = self.scratch.name
        return f"{self.templates.prefix}_run_{run}_{hint}_{secrets.token_hex(2)}"

    def copy(self, source, name):
        """Copy a database of this run that nobody is connected to."""
        databases.copy(self._odoo.server, self._odoo.data_dir, source, name)

    def drop(self, name):
        databases.drop(self._odoo.server, self._odoo.data_dir, name)

    def serve(self, dbname, **options):
        """A context manager: a real Odoo server of a database, see `Server`."""
        return self._odoo.serve(dbname, **options)

    def odoo(self, *args, db=None, input=None, **options):
        """Run an Odoo command line to its end: CompletedProcess, log in `.stdout`."""
        return self._odoo.run(*args, db=db, input=input, **options)

    def pytest(self, db, *arguments):
        """Run Odoo's tests in a database by a pytest of its own, to its end."""
        config = self.pytest_config()
        options = [f"--odoo-config={config}", f"--odoo-database={db}", "--odoo-http"]
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
        return subprocess.run(
            [*command, *options, *map(str, arguments)],
            cwd=paths.CHECKOUT,
            env={**self.variables()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def pytest_config(self):
        """Odoo's settings for tests.

        Odoo's limit of its own memory would be inherited by the browsers tests start.
        """
        return self._odoo.config(
            screenshots=screenshots(), limit_memory_hard=0, limit_memory_soft=0
        )

    def shell(self, db, script, **options):
        """Run Python code with `env` in a database and commit; returns its output."""
        return self._odoo.shell(db, script, **options)


@contextmanager
def ready():
    """A new run's environment with PostgreSQL started; all of it ends with the block."""
    folder = paths.tests() / "postgresql"
    with (
        cluster.cluster(folder, durable=False) as server,
        _prepared(server.settings()) as run,
    ):
        yield run


@contextmanager
def _prepared(server):
    """Databases and files of a run are tidied up at the end."""
    runs = paths.tests() / "runs"
    runs.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(4)
    scratch = runs / name
    with locks.held(f"{clock.prefix()}databases"):
        lock = locks.take(runs / f"{name}.lock")
        scratch.mkdir()
    environment = Environment(_settings(server, scratch))
    environment.use_chromium(chromium.on_path(environment.chromium, scratch))
    prefix = environment.templates.prefix
    try:
        with locks.held(f"{clock.prefix()}databases"):
            prune_runs(environment._odoo, prefix, runs)
        yield environment
    finally:
        lock.close()
        with locks.held(f"{clock.prefix()}databases"):
            prune_runs(environment._odoo, prefix, runs)


def fetch():
    """Get all from elsewhere while the clock is right: certificates know the date."""
    odoo_source.find()
    chromium.find()
    node.packages(sys.executable)
    extra_addons.folder()
    postgres.programs()


def _settings(server, scratch):
    lint, node_bin = node.packages(sys.executable)
    addons = [paths.CHECKOUT, paths.TEST_ADDONS]
    return {
        "odoo_path": str(odoo_source.find()),
        "chromium": chromium.find(),
        "node_modules": str(lint / "node_modules"),
        "node_bin": str(node_bin),
        "server": server,
        "scratch": str(scratch),
        "data_dir": str(paths.tests() / "data"),
        "addons_folders": [str(f) for f in addons if paths.addons(f)],
    }


def screenshots():
    """Where pictures of failed browser tests are kept after the run."""
    folder = paths.logs() / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder
