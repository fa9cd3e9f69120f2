"""Fills a database with contact events and as many of Odoo's leads. Runs inside Odoo.

A few records are made by the ORM; the database multiplies them, so that every default
and every computed column is what the ORM would have written. What varies comes from a
hash of the row's number and the seed: the same seed gives the same rows on any machine,
counted from the day of the filling. `check` asks the ORM to compute a sample again.
"""

import time
from contextlib import contextmanager

from odoo.fields import Command
from odoo.tools import SQL

from benchmark import rows

COMPANIES, USERS, TYPED_NAMES = 3, 200, 5000
MAILING = "Mailing list"
LOGIN = "benchmark{:03d}"
RIGHTS = (
    "base.group_user",
    "kontakti_contact.group_kontakti_user",
    "sales_team.group_sale_salesman_all_leads",
)
QUIET = {
    "tracking_disable": True,
    "no_reset_password": True,
    "mail_create_nosubscribe": True,
    "mail_create_nolog": True,
}
# By table: fields that the ORM would compute differently, and rightly so. The CRM learns
# its probability from the leads closed so far; a typed name is given up for a customer's.
TABLES = {
    "res_partner": (),
    "kontakti_contact": (),
    "crm_lead": ("automated_probability", "partner_name", "probability"),
}


def fill(env, size, opened, mailing, customers, seed, leads=True):
    """Fill the database of `env`; prints a line a step and commits."""
    env = env(context={**env.context, **QUIET})
    with step("users and companies"):
        plan = _make_plan(env, opened, mailing, customers)
    speed_up(env.cr)
    rows.prepare(env.cr, seed, plan)
    with step("customers"), without_indexes(env.cr, "res_partner"):
        rows.insert_partners(env, plan)
    with step("rows"):
        rows.draw(env.cr, size, opened, mailing, customers)
    with step("contact events"), without_indexes(env.cr, "kontakti_contact"):
        rows.insert_contacts(env, plan)
    if leads:
        with step("leads"), without_indexes(env.cr, "crm_lead"):
            rows.insert_leads(env, plan)
    # PostgreSQL does not use an index in the transaction that made it of changed rows
    env.cr.commit()
    with step("keep in touch, and the customers counted"):
        rows.set_intervals(env, plan)
        env["kontakti.pulse"]._repair()
    env.cr.commit()
    env.invalidate_all()


def close(env, opened):
    """Leave only the first of the open contact events open, and on the mailing list."""
    with step("closing"):
        speed_up(env.cr)
        env.cr.execute(
            """
            UPDATE kontakti_contact SET state = 'done', mailing_list = false
             WHERE (state = 'open' OR mailing_list) AND id NOT IN (
                   SELECT id FROM kontakti_contact WHERE state = 'open'
                    ORDER BY substring(name FROM '[0-9]+$')::bigint LIMIT %s)
            """,
            [opened],
        )
        env["kontakti.pulse"]._repair()


@contextmanager
def step(name):
    start = time.monotonic()
    yield
    print(f"STEP {name}: {time.monotonic() - start:.1f} s", flush=True)


def _make_plan(env, opened, mailing, customers):
    """What the rows refer to, made by the ORM: companies, users, stages."""
    companies = env.company + env["res.company"].create(
        [{"name": f"Benchmark {number}"} for number in range(2, COMPANIES + 1)]
    )
    env.user.company_ids |= companies
    users = _make_users(env, companies)
    team = env.ref("sales_team.team_sales_department")
    team.sudo().company_id = False
    team.member_ids = users
    return {
        "companies": companies.ids,
        "users": users.ids,
        "team": team.id,
        "customers": customers,
        "names": [f"Müller & Söhne {number}" for number in range(TYPED_NAMES)],
        "purposes": env["kontakti.purpose"].search([], limit=9).ids,
        "channels": env["kontakti.channel"].search([], limit=9).ids,
        "stages": env["crm.stage"].search([("is_won", "=", False)], limit=9).ids,
        "won": env["crm.stage"].search([("is_won", "=", True)], limit=1).id,
        "lost_reason": env["crm.lost.reason"].search([], limit=1).id,
        "campaign": env["utm.campaign"].create({"title": MAILING}).id,
        "country": env.ref("base.fi").id,
    }


def _make_users(env, companies):
    """Salespeople of one company each; every tenth of all of them."""
    groups = [Command.set([env.ref(name).id for name in RIGHTS])]
    return env["res.users"].create(
        [
            {
                "name": f"Salesperson {number:03d}",
                "login": LOGIN.format(number),
                "company_id": companies[number % COMPANIES].id,
                "company_ids": [
                    Command.set(
                        companies.ids
                        if number % 10 == 0
                        else companies[number % COMPANIES].ids
                    )
                ],
                "group_ids": groups,
                "tz": "Europe/Helsinki",
                "lang": "en_US",
            }
            for number in range(USERS)
        ]
    )


def speed_up(cr):
    """Check no foreign key a row when we may; sort in memory."""
    cr.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cr.fetchone()[0]:
        cr.execute("SET LOCAL session_replication_role = replica")
    cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    cr.execute("SET LOCAL work_mem = '128MB'")


@contextmanager
def without_indexes(cr, table):
    """Build a table's indexes once, after its rows; those of constraints stay."""
    cr.execute(
        """
        SELECT indexname, indexdef FROM pg_indexes
         WHERE schemaname = current_schema AND tablename = %s AND indexname NOT IN
               (SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass)
        """,
        [table, table],
    )
    indexes = cr.fetchall()
    for name, _definition in indexes:
        cr.execute(SQL("DROP INDEX %s", SQL.identifier(name)))
    yield
    for _name, definition in indexes:
        cr.execute(definition)


def check(env, count=200):
    """Let the ORM compute a sample again: ``{table: {field: differing rows}}``."""
    found = {}
    for table, other in TABLES.items():
        model = env[table.replace("_", ".")].with_context(active_test=False)
        highest = model.search([], order="id desc", limit=1).id or 0
        ids = {highest - place * max(highest // count, 1) for place in range(count)}
        found[table] = _check_records(model.browse(sorted(ids)).exists(), other)
    env.cr.rollback()
    return {table: fields for table, fields in found.items() if fields}


def _check_records(records, other):
    if not records:
        return {}
    env = records.env
    names = [
        name
        for name, field in records._fields.items()
        if name not in other
        and field.store
        and field.column_type
        and field.compute
        and not field.company_dependent
    ]
    before = _stored(records, names)
    for name in names:
        env.add_to_compute(records._fields[name], records)
    env.flush_all()
    after = _stored(records, names)
    return {
        name: changed
        for place, name in enumerate(names)
        if (
            changed := sum(
                old[place] != new[place] for old, new in zip(before, after, strict=True)
            )
        )
    }


def _stored(records, names):
    columns = SQL(", ").join(map(SQL.identifier, names))
    return records.env.execute_query(
        SQL(
            "SELECT %s FROM %s WHERE id IN %s ORDER BY id",
            columns,
            SQL.identifier(records._table),
            tuple(records.ids),
        )
    )
