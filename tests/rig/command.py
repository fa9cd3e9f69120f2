"""./setup/test: everything the project asserts, by one pytest."""

import argparse
import signal
import subprocess
import sys
from pathlib import Path

from guest import comparison, neighbours
from kontakti_setup import paths
from kontakti_setup.errors import say
from kontakti_setup.machine import external
from rig import clock, environment, in_use, side_by_side

USAGE = """Usage: ./setup/test [--clock TIME] [--zone ZONE] [--in-use] [PYTEST ARGUMENTS]

Runs everything the project asserts, or a part of it, e.g.
  ./setup/test kontakti_contact/tests/test_task_list.py -k near_midnight
  ./setup/test tests/repo

  ./setup/test --odoo [MODULE ...]   Odoo's own tests, with the addons and without: long
  ./setup/test --neighbours          beside well-known addons of others

The first run prepares the machine and takes minutes; a run after it seconds.
A database prepared once is copied for each run. --help-pytest shows pytest's own help.
Several files run in two processes (-n0: in one).

--clock "2026-12-31 23:50"   server, database and browser see this time, and it runs on
--zone Europe/Helsinki       the zone of that time and of machine and browser (UTC)
--in-use                     the addons' tests on a database that others have worked in

ODOO_PATH          an Odoo 19.0 to use instead of fetching one
KONTAKTI_PYTHON    the Python 3.10-3.13 to use
KONTAKTI_CHROMIUM  the Chromium to use
PGHOST, PGPORT, PGUSER, PGPASSWORD   a PostgreSQL to use instead of a private one
XDG_CACHE_HOME     where downloads and test databases are kept (~/.cache)
"""
FIRST = ("repo", "targets")
BROWSER_WORDS = ("HttpCase", "browser", "start_tour", "page")


def main(arguments):
    special = _special(arguments)
    if special:
        return special()
    if {"--help", "-h"} & set(arguments):
        print(USAGE)
        return 0
    options, arguments = _options(arguments)
    arguments = ["--help" if arg == "--help-pytest" else arg for arg in arguments]
    if options.clock or options.zone:
        return _run_at(
            clock.Clock(options.clock, options.zone or "UTC"), options, arguments
        )
    with environment.ready() as run:
        return _run(run, options, arguments)


def _special(arguments):
    """What an option asks for instead of the project's own tests."""
    first, rest = arguments[:1], arguments[1:]
    if first == [comparison.OPTION]:
        return lambda: comparison.main(rest)
    if first == [neighbours.OPTION]:
        return lambda: neighbours.main(rest, _in_database)
    return None


def _options(arguments):
    """Our own options, and the arguments that are pytest's."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--clock")
    parser.add_argument("--zone")
    parser.add_argument("--in-use", action="store_true")
    return parser.parse_known_args(arguments)


def _run_at(chosen, options, arguments):
    """Prepare all a little earlier, so that the tests begin at the moment itself."""
    environment.fetch()
    chosen.start_at(-clock.EARLIER)
    with clock.kept():
        with environment.ready() as run:
            _template(run, arguments)
        chosen.start_at()
        with environment.ready() as run:
            chosen.check(run.settings["server"])
            return _run(run, options, arguments)


def _template(run, arguments):
    template = run.templates.kontakti()
    if _drives_browser(_targets(arguments)):
        run.templates.with_bundles(template)


def _targets(arguments):
    return [arg for arg in arguments if _path(arg)] or _default_targets()


def _run(run, options, arguments):
    targets = _targets(arguments)
    _template(run, arguments)
    run.settings["database"] = run.clone("pytest")
    if options.in_use:
        in_use.fill(run, run.settings["database"])
    external.remove(environment.screenshots())
    if not any(_path(arg) for arg in arguments):
        arguments = [*targets, *arguments]
    if not (options.clock or options.zone):
        arguments = [*side_by_side.options(arguments, _files(targets)), *arguments]
    return _in_database(run, arguments)


def _in_database(run, arguments):
    """Run pytest in the run's database."""
    run.settings["config"] = str(run.pytest_config())
    options = [
        f"--odoo-config={run.settings['config']}",
        f"--odoo-database={run.settings['database']}",
        "--odoo-http",
    ]
    return _pytest(run, [*options, *arguments])


def _path(argument):
    """The path a pytest argument names, if it does."""
    name = argument.split("::")[0]
    if argument.startswith("-") or not name:
        return None
    return next((p for p in (Path(name), paths.CHECKOUT / name) if p.exists()), None)


def _default_targets():
    """Fast checks first, then what is longest in one file, the browser last."""
    tests = paths.CHECKOUT / "tests"
    order = [tests / name for name in FIRST]
    for folder in (paths.CHECKOUT, paths.TEST_ADDONS):
        order += [folder / name for name in paths.addons(folder)]
    order += sorted(p for p in tests.glob("*") if p.is_dir() and p.name not in FIRST)
    return [str(p.relative_to(paths.CHECKOUT)) for p in order if _has_tests(p)]


def _has_tests(folder):
    ours = folder.name not in ("addons", "target_addons", "__pycache__")
    return ours and any(folder.rglob("test_*.py"))


def _files(targets):
    """The files of tests, each once."""
    found = {}
    for target in map(_path, targets):
        files = target.rglob("test_*.py") if target.is_dir() else [target]
        found.update(dict.fromkeys(files))
    return list(found)


def _drives_browser(targets):
    texts = (file.read_text("utf-8") for file in _files(targets))
    return any(word in text for text in texts for word in BROWSER_WORDS)


def _pytest(run, arguments):
    """pytest as a child, so that databases are dropped whatever happens in it."""
    say(f"pytest {' '.join(arguments[3:])}")
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=paths.CHECKOUT,
        stdin=subprocess.DEVNULL,
        env=run.variables(),
    )
    while True:
        try:
            code = process.wait()
            break
        except KeyboardInterrupt:
            continue
        except BaseException:
            _end(process)
            raise
    return code if code >= 0 else 128 - code


def _end(process):
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
