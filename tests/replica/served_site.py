"""The product served with a read replica: what `./setup/replica` and its tests drive."""

import json
import os
from contextlib import contextmanager

from benchmark import command, inside
from kontakti_setup.errors import say
from kontakti_setup.machine import databases
from replica import clusters
from rig.environment import Environment

MAKE = """
import json
import os
from datetime import timedelta
from odoo import fields
from benchmark import sessions
people = sessions.make(env, {logins!r})
for person in people[:2]:
    user = env["res.users"].browse(person["uid"])
    expiry = fields.Datetime.now() + timedelta(days=1)
    person["login"] = user.login
    person["key"] = env["res.users.apikeys"].with_user(user)._generate(
        "rpc", "replica", expiry)
    contact = env["kontakti.contact"].with_user(user).browse(person["contact"])
    others = contact.search([("id", "!=", contact.id), ("personal", "=", False)], limit=3)
    env["kontakti.link"].with_user(user).link(contact, others)
print("PEOPLE:" + json.dumps(people))
"""


class Site:
    """A served database with a standby: `server`, `pair`, `people`, `db`."""

    def __init__(self, run, pair, db, people):
        self.run, self.pair, self.db, self.people = run, pair, db, people
        self.server = None

    @property
    def url(self):
        return self.server.url

    @contextmanager
    def served(self, workers, replica=True, **options):
        """Odoo with so many workers, with the replica or for comparison without."""
        if replica:
            standby = self.pair.standby.settings()
            options |= {
                "db_replica_host": standby["host"],
                "db_replica_port": standby["port"],
            }
        with self.run.serve(self.db, workers=workers, **options) as self.server:
            yield self


@contextmanager
def filled(run, size, users, seed=19):
    """A :class:`Site` whose database holds `size` contact events, not served yet."""
    run = run.benchmark()
    template = run.templates.kontakti()
    with clusters.pair(run.scratch / f"replica-{os.getpid()}") as pair:
        say("copying the prepared database to a primary of its own")
        pair.copy_in(run._odoo.server, template)
        ours = Environment({**run.settings, "server": pair.primary.settings()})
        db, _seconds = inside.filled(ours, "replica", **command.plan(size, seed))
        try:
            people = _people(ours, db, users)
            with databases.cursor(pair.primary.settings()) as cr:
                cr.execute(
                    f'ALTER DATABASE "{db}" SET synchronous_commit = remote_apply'
                )
            say("making the standby")
            pair.follow()
            yield Site(ours, pair, db, people)
        finally:
            ours.drop(db)


def _people(run, db, users):
    logins = [f"benchmark{number:03d}" for number in range(users)]
    printed = run.shell(db, MAKE.format(logins=logins))
    return json.loads(printed.split("PEOPLE:")[1])
