"""Fills a database for the host part: documents and their messages. Runs inside Odoo.

A document is a contact event where the addons are, and a lead where they are not: of a
shared one nobody is the salesperson, a personal one has its owner, so that Odoo's own
rule shows it to the same people. All else is the same in both databases. As elsewhere
(:mod:`benchmark.fill`) the ORM makes a few records and the database multiplies them.
"""

from odoo.fields import Command
from odoo.tools import SQL

from benchmark import host_around, rows
from benchmark.fill import QUIET, speed_up, step, without_indexes

EVENT, LEAD = "kontakti.contact", "crm.lead"
# Colleagues use the documents, employees have no right to them on either side.
COLLEAGUES, EMPLOYEES = "host{:03d}", "hostemployee{:03d}"
RIGHTS = ("base.group_user", "base.group_partner_manager")
DOCUMENT_RIGHTS = ("sales_team.group_sale_salesman",)
OURS = "kontakti_contact.group_kontakti_user"
MESSAGES_A_DOCUMENT = 5  # 200,000 documents for 1,000,000 messages
DOCUMENTS = """
CREATE TEMP TABLE host_document ON COMMIT DROP AS
SELECT d.*, (%(users)s::int[])[d.owner + 1] AS owner_id, d.personal::int AS pattern,
       p.id AS partner_id, p.commercial_partner_id, p.commercial_company_name,
       p.phone, p.phone_sanitized, p.email, p.street, p.zip, p.city, p.country_id
  FROM (SELECT number AS place, number %% 5 = 0 AS personal,
               floor(pg_temp.draw(number, 11) * %(colleagues)s)::int AS owner,
               1 + floor(pg_temp.draw(number, 12) * %(customers)s)::int AS customer,
               date_trunc('second', (now() AT TIME ZONE 'UTC')
                   - interval '365 days' * pg_temp.draw(number, 13)) AS date
          FROM generate_series(1, %(documents)s::bigint) AS number) AS d
  JOIN res_partner p ON p.id = %(first_partner)s + d.customer
"""
# One in four is of a document; `pattern` is twice the kind of record plus comment or note.
MESSAGES = """
CREATE TEMP TABLE host_message ON COMMIT DROP AS
WITH drawn AS (
    SELECT number AS place, d.place AS document, d.owner AS document_owner,
           coalesce(d.personal, false) AS personal,
           CASE WHEN d.place IS NULL THEN %(people)s ELSE %(colleagues)s END AS readers,
           floor(pg_temp.draw(number, 14) * %(colleagues)s)::int AS somebody,
           1 + floor(pg_temp.draw(number, 15) * %(customers)s)::int AS customer
      FROM generate_series(1, %(size)s::bigint) AS number
      LEFT JOIN host_document d
        ON number %% 4 = 0 AND d.place = 1 + (number / 4 - 1) %% %(documents)s
), written AS (
    SELECT *, CASE WHEN personal THEN document_owner ELSE somebody END AS author,
           CASE WHEN document IS NULL THEN 0 WHEN personal THEN 4 ELSE 2 END
               + ((place / 4) %% 2)::int AS pattern,
           CASE WHEN document IS NULL THEN %(first_partner)s + customer
                ELSE %(first_document)s + document END AS res_id,
           -- somebody else, of a document somebody who may read it
           (somebody + 1 + floor(pg_temp.draw(place, 16) * (readers - 1))::int)
               %% readers AS reader,
           date_trunc('second', (now() AT TIME ZONE 'UTC')
               - interval '365 days' * (1 - place / %(size)s::float8)) AS date
      FROM drawn
)
SELECT *, (%(users)s::int[])[author + 1] AS owner_id,
       (%(partners)s::int[])[author + 1] AS author_id,
       (%(partners)s::int[])[reader + 1] AS reader_id
  FROM written
"""
# Of every fifth message, unless personal; half are read. Of every fiftieth a star.
NOTIFICATIONS = """
SELECT row_number() OVER (ORDER BY place) AS place, %(first_message)s + place AS message,
       reader_id, author_id, date, (pg_temp.draw(place, 17) < 0.5)::int AS pattern
  FROM host_message WHERE place %% 5 = 0 AND NOT personal
"""
STARS = """
SELECT %(first_message)s + place, reader_id
  FROM host_message WHERE place %% 50 = 0 AND NOT personal
"""


def get_personal_marks(env):
    """Return the columns that tell of a message whose personal document it is on.

    As the product leaves them: filled for personal contact events, else empty.
    """
    if "kontakti_owner_id" not in env["mail.message"]._fields:
        return {}
    owner = SQL("CASE WHEN source.personal THEN source.owner_id END")
    return {"kontakti_owner_id": owner}


def fill(env, size, seed):
    """Fill the database of `env` with `size` messages; prints a line a step, commits."""
    env = env(context={**env.context, **QUIET})
    with step("users"):
        plan = _make_plan(env, size)
    speed_up(env.cr)
    rows.prepare_draw(env.cr, seed)
    with step("partners"), without_indexes(env.cr, "res_partner"):
        rows.insert_partners(env, plan)
    for insert in (
        _insert_documents,
        _insert_messages,
        _insert_notifications,
        host_around.insert_followers,
        host_around.insert_attachments,
        host_around.insert_activities,
        host_around.insert_meetings,
        host_around.insert_links,
    ):
        with step(insert.__name__.split("insert_")[1]):
            insert(env, plan)
    env.cr.commit()
    env.invalidate_all()


def _make_plan(env, size):
    """What the rows refer to and how many there are; statements take it as values."""
    colleagues = min(100, max(10, size // 200))
    users = _make_users(env, colleagues)
    return {
        "size": size,
        "documents": size // MESSAGES_A_DOCUMENT,
        "customers": max(size // 20, 100),
        "activities": size // 50,
        "meetings": size // 10,
        "colleagues": colleagues,
        "people": len(users),
        "users": users.ids,
        "partners": users.partner_id.ids,
        "country": env.ref("base.fi").id,
        "model": env[EVENT if EVENT in env else LEAD],
    }


def _make_users(env, colleagues):
    """Colleagues, and a tenth as many employees after them."""
    more = [*DOCUMENT_RIGHTS, *([OURS] if EVENT in env else [])]
    values = []
    for login, count, rights in (
        (COLLEAGUES, colleagues, (*RIGHTS, *more)),
        (EMPLOYEES, colleagues // 10, RIGHTS),
    ):
        groups = [Command.link(env.ref(name).id) for name in rights]
        values += [
            {
                "name": login.format(number).capitalize(),
                "login": login.format(number),
                "email": f"{login.format(number)}@example.com",
                "group_ids": groups,
                "notification_type": "inbox",
                "tz": "Europe/Helsinki",
                "lang": "en_US",
            }
            for number in range(count)
        ]
    return env["res.users"].create(values)


def _insert_documents(env, plan):
    """A fifth of them personal. A few more stay, to make patterns on."""
    env.cr.execute(DOCUMENTS, plan)
    kinds = _get_document_kinds(env)
    patterns = plan["model"].create(kinds)
    sample = env["res.partner"].create({"name": "Sample"})
    plan["samples"] = [sample, *plan["model"].create(kinds)]
    env.flush_all()
    table = plan["model"]._table
    plan["first_document"] = rows.last_id(env, table)
    with without_indexes(env.cr, table):
        source = SQL("SELECT * FROM host_document")
        rows.multiply(env, patterns, source, _get_document_columns(env))
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))


def _get_document_kinds(env):
    if EVENT in env:
        return [{"name": "Shared"}, {"name": "Personal", "personal": True}]
    lead = {"name": "Shared", "type": "opportunity", "user_id": False}
    return [lead, {**lead, "name": "Personal", "user_id": env.uid}]


def _get_document_columns(env):
    address = ("phone", "street", "zip", "city", "country_id")
    owner = SQL("CASE WHEN source.personal THEN source.owner_id END")
    columns = {
        "name": SQL("'Offer ' || source.place"),
        **rows.copied("partner_id", *address),
        **rows.logged(),
    }
    if EVENT in env:
        return columns | {
            "contacted_by_id": SQL("source.owner_id"),
            "responsible_id": owner,
            "customer_name": SQL("source.commercial_company_name"),
            "customer_key": SQL("'#' || source.commercial_partner_id"),
            "phone_key": rows.phone_key(),
            **rows.copied("commercial_partner_id", "date", "email"),
        }
    return columns | {
        "user_id": owner,
        "partner_name": SQL("source.commercial_company_name"),
        "email_from": SQL("source.email"),
        "email_normalized": SQL("source.email"),
        **rows.copied("phone_sanitized"),
    }


def _insert_messages(env, plan):
    """A quarter of them on documents, half of them notes."""
    env.cr.execute(MESSAGES, plan)
    env.cr.execute("CREATE INDEX ON host_message (place)")
    env.cr.execute("ANALYZE host_message")
    patterns = env["mail.message"]
    comment = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
    for record in plan["samples"]:
        patterns += record.message_post(body="What was said of the offer.", **comment)
        patterns += record._message_log(body="The offer is on its way.")
    env.flush_all()
    plan["first_message"] = rows.last_id(env, "mail_message")
    columns = {
        "email_from": SQL("'host' || source.author || '@example.com'"),
        "message_id": SQL("'<host-' || source.place || '@example.com>'"),
        **rows.copied("res_id", "author_id", "date"),
        **get_personal_marks(env),
        **rows.logged(),
    }
    with without_indexes(env.cr, "mail_message"):
        rows.multiply(env, patterns, SQL("SELECT * FROM host_message"), columns)
    env.cr.execute("ANALYZE mail_message")


def _insert_notifications(env, plan):
    values = {"notification_type": "inbox", "notification_status": "sent"}
    values |= {"mail_message_id": rows.last_id(env, "mail_message")}
    patterns = env["mail.notification"].create(
        [
            {**values, "res_partner_id": partner, "is_read": bool(place)}
            for place, partner in enumerate(plan["partners"][:2])
        ]
    )
    columns = {
        "mail_message_id": SQL("source.message"),
        "res_partner_id": SQL("source.reader_id"),
        "read_date": SQL("CASE WHEN source.pattern = 1 THEN source.date END"),
        **rows.copied("author_id"),
    }
    env.cr.execute(
        f"CREATE TEMP TABLE host_note ON COMMIT DROP AS {NOTIFICATIONS}", plan
    )
    with without_indexes(env.cr, "mail_notification"):
        rows.multiply(env, patterns, SQL("SELECT * FROM host_note"), columns)
    host_around.insert_pairs(
        env, env["mail.message"]._fields["starred_partner_ids"], STARS, plan
    )
    env.cr.execute("ANALYZE mail_notification")


def check(env, count=100):
    """Say whom the messages of personal documents show to: none but the owner.

    :return: what is wrong, as sentences
    """
    wrong = []
    people = env["res.users"].search([("login", "=like", "host%")], order="login")
    personal = _get_personal_messages(env, count)
    assert personal, "no personal documents"
    for owner, ids in personal.items():
        for user in {owner, people[0], people[-1]}:
            messages = env["mail.message"].with_user(user)
            found = messages.search_count([("id", "in", ids)])
            if found != (len(ids) if user == owner else 0):
                wrong.append(f"{user.login} sees {found} of {len(ids)}")
    return wrong


def _get_personal_messages(env, count):
    """Ids of messages by the owner of the personal documents they are on."""
    ours = EVENT in env
    model, owner = (EVENT, "contacted_by_id") if ours else (LEAD, "user_id")
    personal = [("personal", "=", True)] if ours else [(owner, "!=", False)]
    domain = [("name", "=like", "Offer %"), *personal]
    by_owner = {}
    for document in env[model].search(domain, limit=count):
        ids = by_owner.setdefault(document[owner], [])
        ids.extend(document.message_ids.ids)
    return {user: ids for user, ids in by_owner.items() if ids}
