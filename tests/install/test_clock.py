"""Server, database and browser have one clock, whatever it is set to."""

import json
import os
import subprocess
import sys
import time

import pytest

from kontakti_setup.machine import databases

CLOSE = 300  # seconds: far less than what the clocks are moved by
TIMES = 'import time; print("JSON:[%s, %s]" % (time.time(), env.cr.now().timestamp()))'
TOLD = "SELECT extract(epoch FROM now())::float, current_setting('TimeZone')"
SEEN = "[Date.now() / 1000, Intl.DateTimeFormat().resolvedOptions().timeZone]"
SLEPT = """
import time
from kontakti_setup.machine import clock
clock.mend()
begun = time.monotonic()
time.sleep(0.5)
print(time.time(), time.monotonic() - begun)
"""
SET = f"""
import json, subprocess, sys
from pathlib import Path
from playwright.sync_api import sync_playwright
from kontakti_setup.machine import chromium
from rig import clock
from kontakti_setup.machine import cluster
from kontakti_setup.machine import databases
from kontakti_setup.machine import postgres
text, zone, program, folder = sys.argv[1:]
chosen = clock.Clock(text, zone)
chosen.start_at()
with cluster.Cluster(Path(folder), postgres.programs(), durable=False) as server:
    chosen.check(server.settings())
    with databases.cursor(server.settings()) as cr:
        cr.execute({TOLD!r})
        database = cr.fetchone()
program = str(chromium.on_path(program, folder) / chromium.NAMES[0])
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    seen = browser.new_page().evaluate({SEEN!r})
    browser.close()
command = [sys.executable, "-c", {SLEPT!r}]
slept = subprocess.run(command, check=True, capture_output=True, text=True).stdout
print("JSON:" + json.dumps([database, seen, [float(part) for part in slept.split()]]))
"""


def printed(text):
    line = next(line for line in text.splitlines() if line.startswith("JSON:"))
    return json.loads(line[5:])


def without_clock():
    """The environment of a run that sets none, with no PostgreSQL given."""
    ours = ("FAKETIME", "LD_PRELOAD", "TZ", "KONTAKTI_CLOCK", "PG")
    return {key: val for key, val in os.environ.items() if not key.startswith(ours)}


def test_all_that_runs_now_has_one_clock(kontakti, browser):
    database = kontakti.clone("clock")
    page = browser.new_page()
    times = [time.time(), page.evaluate(SEEN)[0]]
    page.close()
    with databases.cursor(kontakti.settings["server"]) as cr:
        cr.execute(TOLD)
        times.append(cr.fetchone()[0])
    times += printed(kontakti.shell(database, TIMES))
    assert max(times) - min(times) < CLOSE


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2028-02-29 23:50", "Pacific/Auckland", 1835434200),
        ("2026-01-31 00:10:30", "America/Los_Angeles", 1769847030),
    ],
)
def test_the_clock_can_be_set(kontakti, tmp_path, text, zone, moment):
    program = kontakti.settings["browser"]
    command = [sys.executable, "-c", SET, text, zone, program, tmp_path]
    done = subprocess.run(
        command, env=without_clock(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    database, browser, python = printed(done.stdout)
    assert database[1] == browser[1] == zone
    for seen in (database[0], browser[0], python[0]):
        assert 0 <= seen - moment < CLOSE
    assert 0.5 <= python[1] < CLOSE, "stop watches go on as ever"


def test_a_time_that_is_none_is_refused(kontakti):
    """Before anything is prepared."""
    for arguments, word in (
        (["--clock", "tomorrow"], "--clock wants"),
        (["--zone", "Atlantis"], "--zone wants"),
    ):
        command = [sys.executable, "-m", "kontakti_setup", "test", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert word in done.stderr
