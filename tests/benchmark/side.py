"""One side of a comparison: a user in a database. Runs inside Odoo.

Every call has a cursor and an environment of its own, as a request has, and is rolled
back; caches of the registry are warm. The two sides take turns.
"""

import gc
import threading
import time

from odoo import api
from odoo.service.model import call_kw

from benchmark.quantiles import quantile


class Side:
    """Calls as one user in one database, with all of the user's companies chosen."""

    def __init__(self, registry, login):
        self.registry = registry
        with registry.cursor() as cr:
            user = api.Environment(cr, api.SUPERUSER_ID, {})["res.users"].search(
                [("login", "=", login)]
            )
            self.uid = user.id
            self.context = {
                **user.context_get(),
                "allowed_company_ids": user.company_ids.ids,
            }

    def run(self, function, context=None):
        """Return what ``function(env)`` returns, and what it took."""
        thread = threading.current_thread()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.uid, {**(context or {}), **self.context})
            gc.collect()
            thread.query_count, thread.query_time = 0, 0.0
            start = time.perf_counter()
            answer = function(env)
            total = time.perf_counter() - start
            taken = {
                "seconds": total,
                "statements": thread.query_count,
                "sql": thread.query_time,
            }
            cr.rollback()
        return answer, taken

    def replay(self, request, domain=None):
        """Make a recorded request; returns its answer and what it took."""
        kwargs = {
            name: val for name, val in request["kwargs"].items() if name != "context"
        }
        if domain is not None:
            kwargs["domain"] = domain
        context = request["kwargs"].get("context")

        def call(env):
            return call_kw(
                env[request["model"]], request["method"], request["args"], kwargs
            )

        return self.run(call, context)


def compare(ours, theirs, repeats):
    """Take turns, after one round that warms up; returns both sides' numbers."""
    ours(), theirs()
    taken = [(ours()[1], theirs()[1]) for _round in range(repeats)]
    return [numbers(list(side)) for side in zip(*taken, strict=True)]


def numbers(taken):
    """Sum up what several calls of one kind took."""
    seconds = sorted(one["seconds"] for one in taken)
    middle = taken[0]["statements"]
    return {
        "median": quantile(seconds, 0.5),
        "p95": quantile(seconds, 0.95),
        "statements": max([middle, *(one["statements"] for one in taken)]),
        "sql_share": sum(one["sql"] for one in taken) / (sum(seconds) or 1),
        "repeats": len(taken),
    }


def result(key, name, peer, limit, taken, **more):
    """Return a line of the report from both sides' numbers, see :func:`measure`."""
    ours, theirs = taken
    ratio = ours["median"] / theirs["median"]
    found = {"key": key, "name": name, "peer": peer, "limit": limit}
    return {**found, "ours": ours, "theirs": theirs, "ratio": ratio, **more}
