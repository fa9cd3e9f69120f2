"""Open task lists that are kept true: what it takes of a core, and whether they are.

Each listener is a websocket of a user and the algorithm of the web client
(`static/src/core/shared_refresh.js`, `task_list/live_numbers.js`). Two turns of the same
changes, without listeners and with them: the difference is what refreshing takes, the
bus included. At the end the numbers of every screen are compared with the server's.
"""

import json
import os
import random
import threading
import time
from pathlib import Path

import websocket

from benchmark import load

CHANGED = "kontakti_contact/changed"
SHARED_CHANGED = "kontakti_contact/shared_changed"
NUMBERS = "kontakti_contact/numbers"
# seconds, as the web client waits
LEAST, GRACE, SPREAD, SOON = 2.9, 1.0, 0.9, 1.0
COVERED = 2800  # milliseconds
OWN = ("personal", "mine")
CHANGES = 5  # a second
TRUE_WITHIN = 5.0
LONGEST_WAIT = 60.0  # what takes longer than it may is measured all the same
LIMIT = 0.2  # of one core
TICKS = os.sysconf("SC_CLK_TCK")
VERSION = """
import json
from odoo.addons.bus.websocket import WebsocketConnectionHandler
print("VERSION " + WebsocketConnectionHandler._VERSION)
"""


def spread():
    """Return how many seconds later a screen asks, few of them early."""
    return SPREAD * random.random() ** (1 / 3)  # noqa: S311


class Screen:
    """The task list of one user, open in a browser."""

    def __init__(self, crowd, person, address):
        self.visitor = load._Visitor(crowd, person, person["uid"])
        self.person, self.address = person, address
        self.numbers, self.calls, self.errors = {}, 0, []
        self.own_due, self.at = None, None
        self.told, self.told_at, self.wanted, self.counted = 0, 0.0, 0, 0
        self.is_missed, self.is_first = False, False
        self.is_open, self.socket = True, None

    def open(self):
        self.read(self.ask("get_task_list"))
        self.socket = websocket.create_connection(
            self.address,
            cookie=f"session_id={self.person['session']}",
            origin=self.address.replace("ws:", "http:").split("/websocket")[0],
        )
        subscription = {"channels": [], "last": 0}
        self.socket.send(json.dumps({"event_name": "subscribe", "data": subscription}))
        self.socket.settimeout(0.1)

    def ask(self, method, *args):
        self.calls += 1
        context = {"allowed_company_ids": self.person["companies"]}
        answer = self.visitor.call(
            {
                "model": "kontakti.contact",
                "method": method,
                "args": args,
                "kwargs": {"context": context},
            }
        )
        return json.loads(answer)["result"]

    def read(self, found):
        self.numbers |= {
            section["key"]: {
                group["key"]: [group["contacts"], group["customers"]]
                for group in section["groups"]
            }
            for section in found["sections"]
        }

    def stay(self):
        """Follow the bus until it is closed."""
        while self.is_open:
            try:
                for message in json.loads(self.socket.recv()):
                    self.hear(message["message"])
            except websocket.WebSocketTimeoutException:
                pass
            except (OSError, websocket.WebSocketException, load.AnswerError) as error:
                if self.is_open:
                    self.errors.append(repr(error)[:300])
                return
            self.refresh_if_due()
        self.socket.close()

    def hear(self, message):
        now = time.monotonic()
        if message["type"] == CHANGED:
            self.own_due = self.own_due or now + 0.5
        elif message["type"] == SHARED_CHANGED:
            self.told, self.told_at = message["payload"]["told"], now
            self.arm_unless_late(now)
        elif message["type"] == NUMBERS:
            self.take(message["payload"])

    def take(self, numbers):
        if self.person["companies"] != [numbers["company"]]:
            return
        self.numbers |= numbers["sections"]
        if not self.numbers.keys() <= {*numbers["sections"], *OWN}:
            return
        self.counted = max(self.counted, numbers["counted"])
        is_late = self.is_missed and numbers["counted"] < self.wanted + COVERED
        if self.at and not is_late:
            self.at, self.is_missed = None, False
            if numbers["counted"] < self.told + COVERED:
                self.arm()

    def arm_unless_late(self, now):
        if now < self.told_at + LEAST:
            self.arm()

    def arm(self):
        if not self.at:
            self.wanted = self.told
            self.at = self.told_at + LEAST
            self.at += 0 if self.is_first else GRACE + spread()

    def refresh_if_due(self):
        now = time.monotonic()
        if self.own_due and now >= self.own_due:
            self.own_due = None
            self.read(self.ask("get_own_task_list"))
        if self.at and now >= self.at:
            self.fire(now)

    def fire(self, now):
        self.at, wanted = None, self.wanted
        is_missed, self.is_missed = self.is_missed, False
        self.arm_unless_late(now)
        if is_missed:
            self.read(self.ask("get_task_list"))
            return
        found = self.ask("share_live_numbers", wanted)
        self.is_first = found.get("counted", False)
        if "sections" in found:
            self.read(found)
        elif self.counted < wanted + COVERED:
            self.wanted, self.is_missed = wanted, True
            self.at = time.monotonic() + SOON + spread()


class Writer:
    """Changes shared contact events, so many a second, as their users do."""

    def __init__(self, crowd, people):
        self.visitors = [
            load._Visitor(crowd, one, one["uid"]) for one in people if one["contact"]
        ]
        self.made = 0

    def write(self, seconds):
        start = time.monotonic()
        while (now := time.monotonic()) < start + seconds:
            visitor = self.visitors[self.made % len(self.visitors)]
            visitor.call(
                {
                    "model": "kontakti.contact",
                    "method": "action_postpone",
                    "args": [[visitor.person["contact"]], 1],
                    "kwargs": {},
                }
            )
            self.made += 1
            time.sleep(max(0, start + self.made / CHANGES - now))
        return self.made


def cpu_seconds(server, db):
    """What the server's processes and the database's have taken so far."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_text(errors="replace")
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        of_server = int(fields[3]) == server.process.pid  # its session
        if of_server or (line.startswith("postgres:") and f" {db} " in line):
            total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def measure(run, server, crowd, people, seconds, tell):
    """Return what refreshing takes of one core, and whether all screens are true."""
    version = run.shell(server.db, VERSION).split("VERSION ")[1].split()[0]
    address = f"ws://127.0.0.1:{server.gevent_port}/websocket?version={version}"
    alone = _turn(server, crowd, people, seconds)
    screens = [Screen(crowd, person, address) for person in people]
    for screen in screens:
        screen.open()
    threads = [threading.Thread(target=screen.stay, daemon=True) for screen in screens]
    for thread in threads:
        thread.start()
    together = _turn(server, crowd, people, seconds)
    late = _wait_until_true(screens, people[0])
    time.sleep(TRUE_WITHIN)  # what is a user's own
    for screen in screens:
        screen.is_open = False
    for thread in threads:
        thread.join()
    cores = (together - alone) / seconds
    found = {
        "listeners": len(screens),
        "changes": CHANGES,
        "seconds": seconds,
        "cores": round(cores, 3),
        "calls_a_second": round(sum(one.calls - 1 for one in screens) / seconds, 1),
        "true_after": late,
        "untrue": _count_untrue(screens),
        "errors": [error for one in screens for error in one.errors][:3],
        "limit": LIMIT,
    }
    tell(f"live: {found['cores']} of a core, {found['calls_a_second']} calls a second")
    return found


def _turn(server, crowd, people, seconds):
    before = cpu_seconds(server, server.db)
    Writer(crowd, people).write(seconds)
    return cpu_seconds(server, server.db) - before


def _wait_until_true(screens, person):
    """Return the seconds until all screens of a company show what the server says."""
    start = time.monotonic()
    same = [one for one in screens if one.person["companies"] == person["companies"]]
    truth = Screen(same[0].visitor.crowd, person, "")
    truth.read(truth.ask("get_task_list"))
    wanted = {key: truth.numbers[key] for key in ("organisation", "mailing_list")}
    while time.monotonic() - start < LONGEST_WAIT:
        if all(wanted.items() <= one.numbers.items() for one in same):
            break
        time.sleep(0.1)
    return round(time.monotonic() - start, 1)


def _count_untrue(screens):
    """Return how many screens differ from what the server tells their users now."""
    untrue = 0
    for screen in screens:
        truth = Screen(screen.visitor.crowd, screen.person, "")
        truth.read(truth.ask("get_task_list"))
        untrue += truth.numbers != screen.numbers
    return untrue
