"""Odoo's own operations, called in one database as often as asked. Runs inside Odoo.

Two processes do so, one in a database with the addons and one without, and take turns:
nothing that one loads or patches reaches the other. Nothing of the addons is imported.
"""

import cProfile
import gc
import json
import pstats
from datetime import date, timedelta

from lxml import etree

from odoo.tests.form import Form

from odoo.addons.mail.tools.discuss import Store

from benchmark.side import Side

BUSY = "Customer 1"  # with many followers
LISTED = 80
MESSAGE_FIELDS = ("author_id", "body", "date", "model", "res_id", "subject")
ATTACHMENT_FIELDS = dict.fromkeys(("name", "mimetype", "file_size", "create_date"), {})
REQUESTED = ["activities", "attachments", "followers", "scheduledMessages"]


def serve(env, asking, answering):
    """Call what is asked for and say what each call took, until there is no question.

    :param int asking: file descriptor with a JSON ``[login, operation, times]`` a line;
        0 times: called once, and its function calls are counted
    :param int answering: file descriptor for a JSON ``[{"seconds", "statements", "sql",
        "found"}]`` a line, or ``[{"calls"}]``; `found` is how much the operation gave or
        wrote
    """
    hosts = {}
    with open(asking) as questions, open(answering, "w") as answers:
        for question in questions:
            login, key, times = json.loads(question)
            host = hosts.get(login) or hosts.setdefault(
                login, Host(env.registry, login)
            )
            taken = [host.take(key) for _time in range(times)]
            print(json.dumps(taken or [host.count(key)]), file=answers)
            answers.flush()


class Host:
    """The operations as one user; methods called ``_<key>`` take an environment."""

    def __init__(self, registry, login):
        self.side = Side(registry, login)
        self.known = self.side.run(self._look_around)[0]
        gc.freeze()  # collecting before each call would go through all of Odoo

    def _look_around(self, env):
        """What a browser knows before: the views' fields, the record to open."""
        partners = env["res.partner"]
        partner = partners.search([("name", "=", BUSY)])
        form, listed = _get_specification(partner), _get_list_specification(partners)
        return {
            "partner": partner.id,
            "form": _without_ours(partners, form),
            "form_whole": form,
            "list": _without_ours(partners, listed),
            "list_whole": listed,
            "calendar": _get_names(env["calendar.event"], "calendar"),
        }

    def take(self, key):
        """Call an operation; returns what it took and found."""
        found, taken = self.side.run(getattr(self, f"_{key}"))
        return {**taken, "found": found}

    def count(self, key):
        """Count the function calls of an operation.

        The work that it is: it does not hang on what else the machine does.
        """
        profile = cProfile.Profile()
        operation = getattr(self, f"_{key}")
        self.side.run(lambda env: profile.runcall(operation, env))
        return {"calls": pstats.Stats(profile).total_calls}

    def _get_partner(self, env):
        return env["res.partner"].browse(self.known["partner"])

    def _inbox(self, env):
        messages = env["mail.message"]._message_fetch([("needaction", "=", True)])
        return _show(messages["messages"], add_followers=True)

    def _counter(self, env):
        """Both counters that every page asks for, and as a search."""
        store = Store()
        env.user._init_messaging(store)
        counters = store.get_result()["Store"]
        unread = env["mail.message"].search_count([("needaction", "=", True)])
        assert counters["inbox"]["counter"] == unread, (counters, unread)
        return unread + counters["starred"]["counter"]

    def _chatter(self, env):
        partner = self._get_partner(env)
        partner = partner._get_thread_with_access(partner.id, mode="read")
        store = Store()
        store.add(partner, request_list=REQUESTED, as_thread=True)
        store.get_result()
        messages = env["mail.message"]._message_fetch(None, thread=partner)["messages"]
        messages.set_message_done()
        _finish(env)
        return _show(messages)

    def _reading(self, env):
        """The newest messages of all that one may read.

        Where Odoo leaves out what one may not read it asks for no more instead: as many
        are read on both sides.
        """
        domain = [("message_type", "=", "comment")]
        messages = env["mail.message"].search(domain, limit=LISTED)
        return len(messages[: LISTED // 2].read(MESSAGE_FIELDS))

    def _followers(self, env):
        answer = self._get_partner(env).message_get_followers()
        return len(answer["mail.followers"])

    def _attachments(self, env):
        """The list of files, as Odoo's own menu opens it."""
        found = env["ir.attachment"].web_search_read(
            [("type", "=", "binary")], ATTACHMENT_FIELDS, limit=LISTED
        )
        return len(found["records"])

    def _systray(self, env):
        groups = env["res.users"]._get_activity_groups()
        return sum(group.get("total_count", 0) for group in groups)

    def _calendar(self, env):
        """Everybody's month."""
        first = date.today().replace(day=1)
        last = first + timedelta(days=31)
        domain = [("start", "<", str(last)), ("stop", ">=", str(first))]
        found = env["calendar.event"].search_read(domain, self.known["calendar"])
        partners = env.user.partner_id
        partners.get_attendee_detail([event["id"] for event in found])
        return len(found)

    def _partners(self, env, specification="list"):
        found = env["res.partner"].web_search_read(
            [], self.known[specification], limit=LISTED, count_limit=10_001
        )
        return len(found["records"])

    def _partners_whole(self, env):
        return self._partners(env, "list_whole")

    def _form(self, env, specification="form"):
        return len(self._get_partner(env).web_read(self.known[specification]))

    def _form_whole(self, env):
        return self._form(env, "form_whole")

    def _save(self, env):
        values = {"function": "Buyer", "website": "https://example.com"}
        saved = self._get_partner(env).web_save(values, self.known["form"])
        _finish(env)
        return len(saved)

    def _create_delete(self, env):
        values = {"name": "New customer", "email": "new@customer.example.com"}
        saved = env["res.partner"].web_save(values, self.known["form"])
        _finish(env)
        env["res.partner"].browse(saved[0]["id"]).unlink()
        _finish(env)
        return len(saved)


def _show(messages, **options):
    """What the web client gets of messages; returns their number."""
    shown = Store().add(messages, **options).get_result()
    return len(shown.get("mail.message", ()))


def _finish(env):
    """As a request ends: what is pending is written, tracked and told."""
    env.flush_all()
    env.cr.flush()


def _get_names(model, kind):
    arch = etree.fromstring(model.get_view(view_type=kind)["arch"])
    names = {node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")}
    return sorted(names)


def _get_specification(record):
    """What the web client reads when it opens a record's form."""
    return Form(record)._view["fields_spec"]


def _without_ours(model, specification):
    """The fields that Odoo's own addons brought into a view."""
    return {
        name: fields
        for name, fields in specification.items()
        if not model._fields[name]._module.startswith("kontakti_")
    }


def _get_list_specification(model):
    return {
        name: {"fields": {"display_name": {}}} if model._fields[name].relational else {}
        for name in _get_names(model, "list")
    }
