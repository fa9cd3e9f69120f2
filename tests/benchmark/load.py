"""Many users at once over HTTP for a bounded time, against several workers.

Each user is a thread that asks, waits for the answer and asks again. As a proxy does, we
open no more connections at once than the server queues (eight a worker); whoever waits
for one waits on the clock.
"""

import collections
import http.client
import itertools
import json
import random
import threading
import time
from urllib.parse import urlsplit

from benchmark.quantiles import quantile

TIMEOUT = 120
QUEUED = 8  # connections that an Odoo with workers queues, a worker
# A working day in little: what one of a hundred clicks does.
MIX = (("task_list", 45), ("list", 20), ("form", 15), ("log", 10), ("follow_up", 10))
LOGGED = "Logged by the benchmark"


class Crowd:
    """Users who are logged in, and the screens they open.

    :param people: what :mod:`benchmark.sessions` made; the first recorded the screens
    """

    def __init__(self, url, people, screens, workers):
        self.gate = Gate(QUEUED * workers)
        self.address = urlsplit(url).netloc
        self.people, self.screens = people, screens
        self.first = people[0]

    def rush(self, name, users, seconds, visit):
        """Let `users` people visit for `seconds`; returns what it was like."""
        visitors = [_Visitor(self, self.people[n], n) for n in range(users)]
        start = time.monotonic()
        threads = [
            threading.Thread(target=visitor.stay, args=(visit, start + seconds))
            for visitor in visitors
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        elapsed = time.monotonic() - start
        return _summary(name, users, elapsed, visitors)


def _summary(name, users, elapsed, visitors):
    taken = sorted(itertools.chain.from_iterable(v.taken for v in visitors))
    errors = list(itertools.chain.from_iterable(v.errors for v in visitors))
    found = {"name": name, "users": users, "seconds": round(elapsed, 1)}
    found |= {"visits": len(taken), "errors": len(errors), "first_errors": errors[:3]}
    found["per_second"] = len(taken) / elapsed
    for share in (50, 95, 99):
        found[f"p{share}"] = quantile(taken, share / 100) if taken else None
    return found


class Gate:
    """Lets so many in at once, the others one by one in the order they came."""

    def __init__(self, places):
        self._free, self._queue, self._lock = (
            places,
            collections.deque(),
            threading.Lock(),
        )

    def __enter__(self):
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._queue.append(called)
        called.wait()

    def __exit__(self, *_exception):
        with self._lock:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1


class _Visitor:
    def __init__(self, crowd, person, number):
        self.crowd, self.person = crowd, person
        self.rng = random.Random(number)  # noqa: S311
        self.taken, self.errors, self.logged = [], [], []

    def stay(self, visit, end):
        while time.monotonic() < end:
            start = time.monotonic()
            try:
                visit(self)
            except (OSError, http.client.HTTPException, AnswerError) as error:
                self.errors.append(f"{type(error).__name__}: {error}"[:500])
            else:
                self.taken.append(time.monotonic() - start)

    def open(self, screen):
        """Make every call that the web client makes for a screen."""
        for request in self.crowd.screens[screen]:
            own = self._own(request)
            is_of_record = own["args"] and isinstance(own["args"][0], list)
            if screen == "form" and is_of_record:
                own["args"] = [[self.person["contact"]]]
            self.call(own)

    def _own(self, value):
        """A recorded request as this user would make it."""
        if isinstance(value, dict):
            return {name: self._own_entry(name, val) for name, val in value.items()}
        if isinstance(value, list):
            is_mine = len(value) == 3 and value[0] in ("user_id", "contacted_by_id")
            if is_mine and value[2] == self.crowd.first["uid"]:
                return [*value[:2], self.person["uid"]]
            return [self._own(entry) for entry in value]
        return value

    def _own_entry(self, name, value):
        if name == "uid":
            return self.person["uid"]
        if name == "allowed_company_ids":
            return self.person["companies"]
        return self._own(value)

    def call(self, params):
        """One call as the web client sends it; the answer's result as bytes."""
        path = f"/web/dataset/call_kw/{params['model']}/{params['method']}"
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        headers = {
            "Content-Type": "application/json",
            "Cookie": f"session_id={self.person['session']}",
            "Connection": "close",
        }
        with self.crowd.gate:
            status, content = _post(self.crowd.address, path, body, headers)
        if status != 200 or b'"error": {' in content[:200]:
            raise AnswerError(content[:400])
        return content

    def log(self):
        """Log a contact, as the form saves it."""
        reading = next(
            r for r in self.crowd.screens["form"] if r["method"] == "web_read"
        )
        values = {"name": LOGGED, "customer_name": f"Customer {self.rng.random()}"}
        request = {
            "model": "kontakti.contact",
            "method": "web_save",
            "args": [[], values],
            "kwargs": self._own(reading["kwargs"]),
        }
        answer = json.loads(self.call(request))
        self.logged.append(answer["result"][0]["id"])

    def follow_up(self):
        if not self.logged:
            return self.log()
        context = {"context": {"allowed_company_ids": self.person["companies"]}}
        request = {"model": "kontakti.contact", "method": "action_follow_up"}
        self.call({**request, "args": [[self.logged.pop()]], "kwargs": context})


def _post(address, path, body, headers):
    connection = http.client.HTTPConnection(address, timeout=TIMEOUT)
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


class AnswerError(Exception):
    """The server answered with an error."""


def dashboard(visitor):
    """Only the numbers: the call that a dashboard makes."""
    numbers = visitor.crowd.screens["task_list"][:1]
    assert numbers[0]["method"] == "get_task_list"
    visitor.call(visitor._own(numbers[0]))


def pipeline(visitor):
    visitor.open("crm_pipeline")


def mixed(visitor):
    names, weights = zip(*MIX, strict=True)
    kind = visitor.rng.choices(names, weights)[0]
    if kind in ("log", "follow_up"):
        getattr(visitor, kind)()
    else:
        visitor.open(kind)


def measure(crowd, users, seconds, tell):
    """The dashboard beside the CRM's pipeline, twice by turns; then a mix of work."""
    plan = [
        ("dashboard", users[0], dashboard),
        ("pipeline", users[0], pipeline),
        ("dashboard again", users[0], dashboard),
        ("pipeline again", users[0], pipeline),
        *((f"mix of {count}", count, mixed) for count in users),
        *((f"dashboard of {count}", count, dashboard) for count in users[1:]),
        *((f"pipeline of {count}", count, pipeline) for count in users[1:]),
    ]
    for visit in (dashboard, pipeline, mixed):
        crowd.rush("warm", min(8, users[0]), min(3, seconds), visit)
    found = []
    for name, count, visit in plan:
        found.append(crowd.rush(name, count, seconds, visit))
        tell(f"{name}: {found[-1]['per_second']:.1f} a second")
    return found
