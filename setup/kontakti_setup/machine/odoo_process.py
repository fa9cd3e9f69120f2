"""Odoo as a process: its settings, one-off commands and servers."""

import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import SetupError
from kontakti_setup.machine import external, odoo_source

LANGUAGES = "fi_FI,sv_SE"


class Odoo:
    """Everything it takes to start an Odoo on a PostgreSQL server.

    `scratch` is a folder for settings and logs, `addons_folders` where our addons are,
    `extra_folders` where those of others.
    """

    def __init__(
        self,
        source,
        python,
        server,
        data_dir,
        scratch,
        addons_folders=(),
        extra_folders=(),
    ):
        self.source = Path(source)
        self.python = str(python)
        self.server = server
        self.data_dir = Path(data_dir)
        self.scratch = Path(scratch)
        self.addons_folders = [str(folder) for folder in addons_folders]
        self.extra_folders = [str(folder) for folder in extra_folders]
        self.path_first = None

    @property
    def addons_path(self):
        own = [*self.addons_folders, *self.extra_folders]
        return ",".join([*own, *map(str, odoo_source.addons_folders(self.source))])

    def environment(self):
        """For child processes: `import odoo`, our Chromium, this server."""
        keep = external.without(
            n for n in os.environ if n.startswith(("PG", "ODOO_RC"))
        )
        first = [str(self.path_first)] if self.path_first else []
        search = [*first, str(Path(self.python).parent), keep["PATH"]]
        variables = {
            "PATH": ":".join(search),
            "PYTHONPATH": self._python_path(),
            "PYTHONDONTWRITEBYTECODE": "",
            "PGHOST": self.server["host"],
            "PGPORT": self.server["port"],
            "PGUSER": self.server["user"],
            "PGPASSWORD": self.server["password"],
        }
        return {**keep, **{name: value for name, value in variables.items() if value}}

    def _python_path(self):
        """Odoo, this package, and what pip put beside the addons of others."""
        beside = [str(Path(folder).parents[1]) for folder in self.extra_folders]
        return ":".join([str(self.source), *map(str, paths.PYTHON), *beside])

    def config(self, **options):
        """Write a settings file and return its path; options go over the defaults."""
        settings = {
            "addons_path": self.addons_path,
            "admin_passwd": secrets.token_urlsafe(24),
            "data_dir": self.data_dir,
            "db_host": self.server["host"],
            "db_port": self.server["port"],
            "db_user": self.server["user"],
            "http_interface": "127.0.0.1",
            # also where Odoo opens it unasked, as with --test-tags: ./setup/run has 8069
            "http_port": free_port(),
            "gevent_port": free_port(),
            "limit_memory_hard": 0,
            "list_db": False,
            "max_cron_threads": 0,
            "server_wide_modules": "base,rpc,web",
            **options,
        }
        if self.server["password"]:
            settings["db_password"] = self.server["password"]
        path = self.scratch / f"odoo-{secrets.token_hex(4)}.conf"
        lines = ["[options]", *(f"{key} = {val}" for key, val in settings.items())]
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def command(self, *args):
        # not -m odoo: with workers Odoo starts a process for the bus by the file's path
        return [self.python, str(paths.SETUP / "lib" / "odoo-bin"), *map(str, args)]

    def run(self, *args, db=None, input=None, **options):
        """Run one command line of Odoo to its end; its log is in `.stdout`.

        A first argument without a dash is Odoo's own command (`shell`, `i18n`, ...).
        """
        name = [args[0]] if args and not str(args[0]).startswith("-") else []
        rest = list(args[len(name) :])
        database = ["-d", db] if db else []
        config = self.config(**options)
        if not name or name == ["shell"]:
            rest = ["--no-http", *rest]
        if not name:
            rest.append("--stop-after-init")
        position = [*name, *rest[:1]] if name == ["i18n"] else name
        rest = rest[1:] if name == ["i18n"] else rest
        done = subprocess.run(
            self.command(*position, "-c", config, *database, *rest),
            input=input,
            stdin=subprocess.DEVNULL if input is None else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=self.environment(),
            preexec_fn=external.die_with_parent,
        )
        config.unlink()
        return done

    def shell(self, db, script, **options):
        """Run Python code with `env` in a database and commit; returns what it prints."""
        code = f"{script}\nenv.cr.commit()\n"
        done = self.run("shell", "--log-level=warn", db=db, input=code, **options)
        if done.returncode:
            raise RuntimeError(f"the script failed in {db}:\n{done.stdout}")
        return done.stdout

    def checked(self, *args, db, hint):
        """Run a command that must succeed; when it fails its log is kept."""
        done = self.run(*args, db=db)
        with open(external.log_path("odoo"), "a") as log:
            log.write(done.stdout)
        if done.returncode:
            raise SetupError(f"{hint} (details: {log.name})")
        return done

    @contextmanager
    def serve(self, db, port=None, host="127.0.0.1", timeout=120, **options):
        """A real server process of one database until the block ends."""
        server = Server(self, db, port or free_port(), host, options)
        try:
            server.wait(timeout)
            yield server
        finally:
            server.stop()


class Server:
    """A running Odoo: `url`, `port`, `gevent_port`, `log_path`, `process`, `stop()`."""

    def __init__(self, odoo, db, port, host, options):
        self.port = port
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
        self.url = f"http://{shown}:{port}"
        self.db = db
        self.gevent_port = free_port()
        settings = {
            "http_port": port,
            "http_interface": host,
            "gevent_port": self.gevent_port,
        }
        settings |= {"db_name": db, "dbfilter": f"^{db}$", **options}
        self.config = odoo.config(**settings)
        self.log_path = odoo.scratch / f"server-{db}-{port}.log"
        with open(self.log_path, "a") as log:
            self.process = subprocess.Popen(
                odoo.command("server", "-c", self.config),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=odoo.environment(),
                start_new_session=True,
                preexec_fn=external.die_with_parent,
            )

    def wait(self, timeout):
        """Return when the server answers; fail when it ends or takes too long."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if _answers(f"{self.url}/web/health"):
                return
            time.sleep(0.2)
        raise SetupError(f"Odoo did not start (details: {self.log_path})")

    def log(self):
        return self.log_path.read_text("utf-8", "replace")

    def stop(self):
        """Stop the process and all it started."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.config.unlink(missing_ok=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def port_is_free(port, host):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _answers(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False
