"""What writing costs: rates and memory, beside the CRM's. Runs inside Odoo.

Every call has a transaction of its own, as a request has, with all that Odoo does before
it commits (tracking, messages, the bus), and is rolled back.
"""

import csv
import ctypes
import gc
import io

from lxml import etree

from odoo import api
from odoo.service.model import call_kw

from benchmark.side import Side

CONTACT, LEAD = "kontakti.contact", "crm.lead"
SINGLE, BULK, IMPORTED = 50, 10_000, 50_000
STEP = 2000  # rows a request: what the import screen asks for
LEAST = 5  # and of importing a fifth of that
LESS = 10  # the CRM does a tenth of the work, where all of it would take an hour
COLLEAGUE = "benchmark010"
IMPORT_COLUMNS = {
    CONTACT: "name partner_id customer_name contact_person phone email date next_date"
    " responsible_id purpose_id channel_id mailing_list".split(),
    LEAD: "name partner_id partner_name contact_name phone email_from date_deadline"
    " user_id".split(),
}
IMPORT_OPTIONS = {
    "has_headers": True,
    "quoting": '"',
    "separator": ",",
    "encoding": "utf-8",
    "date_format": "%Y-%m-%d",
    "datetime_format": "%Y-%m-%d %H:%M:%S",
    "float_thousand_separator": " ",
    "float_decimal_separator": ".",
    "advanced": False,
    "keep_matches": False,
    "import_skip_records": [],
    "import_set_empty_fields": [],
    "fallback_values": {},
    "name_create_enabled_fields": {},
    "limit": STEP,
}


def measure(env, user, size):
    """Measure what is written one by one, many at once and from a file.

    :param str user: the login that everything is called as
    :param int size: how many contact events there are: a small database writes less
    :return: a list of ``{"key", "name", "rows", "per_second", "peak_mb", "statements",
        "peer", "peer_rows", "peer_per_second", "peer_peak_mb", "peer_statements"}``;
        statements are a row's
    """
    writer = Writer(env.registry, user)
    single, bulk = min(SINGLE, size // 40), min(BULK, size // 2)
    imported = min(IMPORTED, size // 2)
    few = imported // LESS // LEAST
    return [
        writer.compare("log", "Log a contact", "a lead", single, single),
        writer.compare("done", "Done", "a lead to the next stage", single, single),
        writer.compare("follow_up", "Follow-up", "both of these", single, single),
        writer.compare("assign", "Assign in bulk", "leads", bulk, bulk // LESS),
        writer.compare("done_bulk", "Done in bulk", "stages", bulk, bulk // LESS),
        writer.compare("import", "Import a file", "leads", imported, few),
    ]


class Writer:
    """Writes as one user, on both sides."""

    def __init__(self, registry, login):
        self.side = Side(registry, login)
        self.known = self.side.run(self._look_around)[0]

    def _look_around(self, env):
        """The rows to write to, and what to write."""
        shared = [("personal", "=", False)]
        is_open = [*shared, ("state", "=", "open")]
        stages = env["crm.stage"].search([("is_won", "=", False)], limit=2)
        leads = [("stage_id", "=", stages[0].id), ("type", "=", "opportunity")]
        partners = [("name", "=like", "Customer %"), ("is_company", "=", True)]
        partners = env["res.partner"].search(partners, limit=1000)
        people = [
            ("name", "=like", "Salesperson %"),
            ("company_ids", "in", env.company.ids),
        ]
        return {
            "any": env[CONTACT].search(shared, order="state desc, id", limit=BULK).ids,
            CONTACT: env[CONTACT].search(is_open, limit=BULK).ids,
            LEAD: env[LEAD].search(leads, limit=BULK).ids,
            "stage": stages[1].id,
            "colleague": env["res.users"].search([("login", "=", COLLEAGUE)]).id,
            "partners": partners.mapped("name"),
            "partner_ids": partners.ids,
            "users": env["res.users"].search(people).mapped("name"),
            "purposes": env["kontakti.purpose"].search([], limit=9).mapped("name"),
            "channels": env["kontakti.channel"].search([], limit=9).mapped("name"),
            "specifications": {
                (model, kind): _get_specification(env[model], kind)
                for model in (CONTACT, LEAD)
                for kind in ("form", "list")
            },
        }

    def compare(self, key, name, peer, rows, peer_rows):
        """Measure ``_<key>`` with both models; the first calls warm up."""
        make = getattr(self, f"_{key}")
        found = {"key": key, "name": name, "peer": peer}
        for prefix, model, count in (("", CONTACT, rows), ("peer_", LEAD, peer_rows)):
            self._take(make(model, 1))
            for what, value in self._take(make(model, count)).items():
                found[prefix + what] = value
        print(f"STEP {name.lower()}: {found['per_second']:,.0f} a second", flush=True)
        return found

    def _take(self, calls):
        """Make the calls, each ``(rows, function of env)`` in its own transaction."""
        rows = seconds = statements = 0
        before = _start_peak()
        for count, call in calls:
            taken = self.side.run(_flushed(call))[1]
            rows, seconds = rows + count, seconds + taken["seconds"]
            statements += taken["statements"]
        return {
            "rows": rows,
            "per_second": rows / seconds,
            "peak_mb": round(_peak() - before, 1),
            "statements": round(statements / rows, 3),
        }

    def _save(self, env, model, ids, values, kind):
        """As the form and the list with many rows chosen save."""
        specification = self.known["specifications"][model, kind]
        return call_kw(env[model], "web_save", [ids, values, specification], {})

    def _log(self, model, count):
        partners = self.known["partner_ids"]
        return [
            (
                1,
                lambda env, n=n: self._save(
                    env, model, [], self._new(model, n), "form"
                ),
            )
            for n in range(min(count, len(partners)))
        ]

    def _new(self, model, number):
        deadline = "next_date" if model == CONTACT else "date_deadline"
        partner = self.known["partner_ids"][number]
        values = {"name": f"Call {number}", "partner_id": partner}
        return {**values, deadline: "2030-01-01"}

    def _done(self, model, count):
        ids = self.known[model][:count]
        return [(1, lambda env, i=i: self._finish(env, model, [i])) for i in ids]

    def _finish(self, env, model, ids):
        if model == CONTACT:
            return call_kw(env[model], "action_done", [ids], {})
        return self._save(env, model, ids, {"stage_id": self.known["stage"]}, "list")

    def _follow_up(self, model, count):
        def call(env, number, res_id):
            if model == CONTACT:
                return call_kw(env[model], "action_follow_up", [[res_id]], {})
            self._save(env, model, [], self._new(model, number), "form")
            return self._finish(env, model, [res_id])

        numbered = enumerate(self.known[model][:count])
        return [(1, lambda env, one=one: call(env, *one)) for one in numbered]

    def _assign(self, model, count):
        field = "responsible_id" if model == CONTACT else "user_id"
        values = {field: self.known["colleague"]}
        ids = self.known["any" if model == CONTACT else model][:count]
        return [(len(ids), lambda env: self._save(env, model, ids, values, "list"))]

    def _done_bulk(self, model, count):
        ids = self.known[model][:count]
        return [(len(ids), lambda env: self._finish(env, model, ids))]

    def _import(self, model, count):
        """Requests of the import screen: it reads a file in steps."""
        columns = IMPORT_COLUMNS[model]
        wizard_id, labels = self._upload(model, columns, count)
        try:
            for skip in range(0, count, STEP):
                yield (
                    min(STEP, count - skip),
                    lambda env, skip=skip: _execute(
                        env, wizard_id, columns, labels, {"skip": skip}
                    ),
                )
        finally:
            with self._committed() as env:
                env["base_import.import"].sudo().browse(wizard_id).unlink()

    def _upload(self, model, columns, count):
        """Keep the file as the screen does; check that its headings are understood."""
        with self._committed() as env:
            described = env[model].fields_get(columns, ["string"])
            labels = [described[fname]["string"] for fname in columns]
            content = io.StringIO()
            rows = csv.writer(content)
            rows.writerow(labels)
            rows.writerows(self._file_row(columns, n) for n in range(count))
            file = {"file": content.getvalue().encode(), "file_name": "benchmark.csv"}
            wizard = env["base_import.import"].create(
                {"res_model": model, "file_type": "text/csv", **file}
            )
            matches = wizard.parse_preview({**IMPORT_OPTIONS})["matches"]
            assert matches == {n: [fname] for n, fname in enumerate(columns)}, matches
            return wizard.id, labels

    def _file_row(self, columns, number):
        """Every second customer is in the register, the others are typed."""
        known = self.known
        is_known = number % 2
        typed = "" if is_known else f"Müller & Söhne {number % 5000}"
        user = known["users"][number % len(known["users"])]
        values = {
            "name": f"Call {number}",
            "partner_id": _turn(known["partners"], number) if is_known else "",
            "customer_name": typed,
            "partner_name": typed,
            "contact_person": "" if is_known else f"Person {number}",
            "contact_name": "" if is_known else f"Person {number}",
            "phone": "" if is_known else f"+358 40 {number:07d}",
            "email": "" if is_known else f"person{number}@customer.example.com",
            "email_from": "" if is_known else f"person{number}@customer.example.com",
            "date": f"2026-10-{1 + number % 28:02d} 08:30:00",
            "next_date": f"2030-01-{1 + number % 28:02d}",
            "date_deadline": f"2030-01-{1 + number % 28:02d}",
            "responsible_id": user,
            "user_id": user,
            "purpose_id": _turn(known["purposes"], number),
            "channel_id": _turn(known["channels"], number),
            "mailing_list": str(number % 5 == 0),
        }
        return [values[fname] for fname in columns]

    def _committed(self):
        return _Committed(self.side)


class _Committed:
    """An environment whose changes stay: the file that was uploaded."""

    def __init__(self, side):
        self.side = side

    def __enter__(self):
        self.cr = self.side.registry.cursor()
        return api.Environment(self.cr, self.side.uid, self.side.context)

    def __exit__(self, kind, error, trace):
        if not kind:
            self.cr.commit()
        self.cr.close()


def _turn(values, number):
    return values[number % len(values)]


def _flushed(call):
    """As a request ends: what is pending is written, tracked and told."""

    def flushed(env):
        call(env)
        env.cr.flush()

    return flushed


def _execute(env, wizard_id, columns, labels, more):
    answer = (
        env["base_import.import"]
        .browse(wizard_id)
        .execute_import(columns, labels, {**IMPORT_OPTIONS, **more})
    )
    assert not answer["messages"], answer["messages"][:3]


def _get_specification(model, kind):
    """What the web client reads after it saved: the fields of the view."""
    arch = etree.fromstring(model.get_view(view_type=kind)["arch"])
    names = {node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")}
    return {
        name: {"fields": {"display_name": {}}} if model._fields[name].relational else {}
        for name in sorted(names)
    }


def _start_peak():
    """Give back what is free, forget the highest use; returns the use in MB."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")
    return _status("VmRSS")


def _peak():
    return _status("VmHWM")


def _status(name):
    with open("/proc/self/status") as file:
        line = next(line for line in file if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
