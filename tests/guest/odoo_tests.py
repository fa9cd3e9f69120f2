"""Runs a module's own tests with the whole registry loaded. Runs inside `odoo shell`.

An update of `mail` would run its tests before the addons that come after it are there,
and so prove nothing of them.
"""

import contextlib
import inspect
import json
from unittest.mock import patch

from odoo.tests import common, result
from odoo.tests.shell import run_tests


def run(env, module, tags, path):
    """Run tests and write what came of them, as JSON.

    :param str tags: as Odoo's ``--test-tags``
    :param str path: the file to write ``{"run": tests run, "skipped": number, "failed":
        {test: traceback}, "counts": {"test login": [statements of each block that
        asserts its number]}}``
    """
    _speak_english(env)
    recorder = Recorder()
    with recorder.recording():
        report = run_tests(env, tags, modules=[module])
    found = {"run": report.testsRun, "skipped": report.skipped}
    with open(path, "w") as file:
        json.dump({**found, "failed": recorder.failed, "counts": recorder.counts}, file)


def _speak_english(env):
    """Odoo's tests assert English texts, and know of no language but what they load."""
    env["res.lang"]._activate_lang("en_US")
    spoken = env["res.partner"].with_context(active_test=False)
    spoken.search([("lang", "!=", "en_US")]).lang = "en_US"
    env["res.lang"].search([("code", "!=", "en_US")]).active = False
    env.cr.commit()


class Recorder:
    """Keeps what fails and how many statements are counted; skips the browser."""

    def __init__(self):
        self.failed = {}
        self.counts = {}

    @contextlib.contextmanager
    def recording(self):
        """Record what happens in the block."""
        with contextlib.ExitStack() as stack:
            for owner, name, method in (
                (result.OdooTestResult, "logError", self._log_error()),
                (common.BaseCase, "assertQueryCount", self._assert_query_count()),
                (common.HttpCase, "browser_js", _skip_browser),
            ):
                stack.enter_context(patch.object(owner, name, method))
            yield

    def _log_error(self):
        recorder, log_error = self, result.OdooTestResult.logError

        def log(self, flavour, test, error):
            whole = test
            while getattr(whole, "test_case", None) is not None:
                whole = whole.test_case
            name = whole.id() if hasattr(whole, "id") else str(whole)
            recorder.failed[name] = self._exc_info_to_string(error, test)
            return log_error(self, flavour, test, error)

        return log

    def _assert_query_count(self):
        recorder, assert_query_count = self, common.BaseCase.assertQueryCount

        @contextlib.contextmanager
        def counted(self, default=0, flush=True, **counters):
            if not self.warm:
                with assert_query_count(self, default, flush, **counters):
                    yield
                return
            expected = counters.get(self.env.user.login, default)
            counts = recorder.counts.setdefault(
                f"{self.id()} {self.env.user.login}", []
            )
            if flush:
                _flush(self.env)
            before = self.cr.sql_log_count
            # as the original does, to avoid the bus's collecting of garbage
            with patch("random.random", lambda: 1):
                yield
                if flush:
                    _flush(self.env)
            counts.append(self.cr.sql_log_count - before)
            if counts[-1] > expected:
                line = inspect.stack()[2].lineno
                with self.subTest():
                    self.fail(f"{counts[-1]} statements > {expected}, line {line}")

        return counted


def _flush(env):
    env.flush_all()
    env.cr.flush()


def _skip_browser(self, *_args, **_options):
    self.skipTest("no browser: what the server does is compared")
