"""What Odoo keeps beside messages, for the host part. Runs inside Odoo.

Followers, attachments, activities, calendar events, and links of contact events; see
:mod:`benchmark.host_rows`.
"""

from odoo.tools import SQL

from benchmark import rows
from benchmark.fill import without_indexes

# Of a document its owner and, of half of the shared ones, a colleague; of a partner one,
# of the first partner twenty.
FOLLOWERS = """
SELECT row_number() OVER () AS place, *
  FROM (SELECT 0 AS pattern, %(first_partner)s + number AS res_id,
               (%(partners)s::int[])[somebody + 1] AS partner_id
          FROM (SELECT number, (number %% %(people)s)::int AS somebody
                  FROM generate_series(2, %(customers)s::bigint) AS number
                 UNION ALL
                SELECT 1, number FROM generate_series(0, 19) AS number) AS p
         UNION ALL
        SELECT 1, %(first_document)s + place, (%(partners)s::int[])[owner + 1]
          FROM host_document
         UNION ALL
        SELECT 1, %(first_document)s + place,
               (%(partners)s::int[])[(owner + 7) %% %(colleagues)s + 1]
          FROM host_document WHERE NOT personal AND pg_temp.draw(place, 18) < 0.5
       ) AS followers
"""
ATTACHMENTS = """
SELECT row_number() OVER (ORDER BY place) AS place, place AS message,
       pattern / 2 AS pattern, res_id, date, owner_id
  FROM host_message WHERE pg_temp.draw(place, 19) < 0.1
"""
# A quarter is of documents, a personal one's is its owner's.
ACTIVITIES = """
SELECT number AS place, now() AT TIME ZONE 'UTC' AS date,
       coalesce(1 + d.pattern, 0) AS pattern,
       CASE WHEN d.place IS NULL THEN 'Customer ' || a.customer
            ELSE 'Offer ' || d.place END AS res_name,
       CASE WHEN d.place IS NULL THEN %(first_partner)s + a.customer
            ELSE %(first_document)s + d.place END AS res_id,
       current_date - 30 + floor(pg_temp.draw(number, 20) * 60)::int AS date_deadline,
       CASE WHEN d.personal THEN d.owner_id WHEN d.place IS NULL
            THEN (%(users)s::int[])[number %% %(people)s + 1]
            ELSE (%(users)s::int[])[number %% %(colleagues)s + 1] END AS owner_id
  FROM (SELECT number, 1 + number %% %(customers)s AS customer
          FROM generate_series(1, %(activities)s::bigint) AS number) AS a
  LEFT JOIN host_document d
    ON number %% 4 = 0 AND d.place = 1 + (number / 4 * 3) %% %(documents)s
"""
# Two years of them; a quarter is of documents, of personal ones private.
MEETINGS = """
SELECT m.*, m.start AS date, (%(users)s::int[])[person + 1] AS owner_id,
       (%(partners)s::int[])[person + 1] AS attendee_id,
       coalesce(1 + d.pattern, 0) AS pattern, d.partner_id AS customer_id,
       d.commercial_company_name AS customer_name,
       %(first_document)s + d.place AS res_id
  FROM (SELECT number AS place,
               date_trunc('day', now() AT TIME ZONE 'UTC')
                   + interval '730 days' * (pg_temp.draw(number, 21) - 0.5) AS start
          FROM generate_series(1, %(meetings)s::bigint) AS number) AS m
  LEFT JOIN host_document d
    ON m.place %% 4 = 0 AND d.place = 1 + (m.place / 4 * 3) %% %(documents)s
 CROSS JOIN LATERAL (
       SELECT coalesce(d.owner, (m.place %% %(people)s)::int) AS person) AS p
"""
LINKS = """
SELECT place, 0 AS pattern, date, owner_id, %(first_document)s + place AS source_id,
       %(first_partner)s + customer AS target_id
  FROM host_document
"""


def _draw(env, query, plan):
    """Keep the rows of a query for :func:`_multiply`."""
    env.cr.execute("DROP TABLE IF EXISTS host_drawn")
    env.cr.execute(f"CREATE TEMP TABLE host_drawn ON COMMIT DROP AS {query}", plan)


def _multiply(env, patterns, columns):
    """Insert a record like one of the patterns for each row drawn."""
    with without_indexes(env.cr, patterns._table):
        rows.multiply(env, patterns, SQL("SELECT * FROM host_drawn"), columns)
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(patterns._table)))


def insert_pairs(env, field, query, plan):
    """Insert what a query gives into the table of a many2many field."""
    names = (field.relation, field.column1, field.column2)
    insert = SQL("INSERT INTO %s (%s, %s)", *map(SQL.identifier, names))
    env.cr.execute(f"{insert.code} {query} ON CONFLICT DO NOTHING", plan)


def insert_followers(env, plan):
    """Followers with the subtypes that Odoo gives a new one."""
    patterns = env["mail.followers"]
    follower = env["res.users"].browse(plan["users"][0]).partner_id
    for record in plan["samples"][:2]:
        record.message_subscribe(follower.ids)
        domain = [("res_model", "=", record._name), ("res_id", "=", record.id)]
        patterns += patterns.search([*domain, ("partner_id", "=", follower.id)])
    subtypes = patterns.subtype_ids.ids
    env.flush_all()
    known = {"first": rows.last_id(env, "mail_followers"), "subtypes": subtypes}
    _draw(env, FOLLOWERS, plan)
    _multiply(env, patterns, rows.copied("res_id", "partner_id"))
    chosen = """
        SELECT id, subtype FROM mail_followers, unnest(%(subtypes)s::int[]) AS subtype
         WHERE id > %(first)s"""
    insert_pairs(env, patterns._fields["subtype_ids"], chosen, known)


def insert_attachments(env, plan):
    """Of a tenth of the messages."""
    patterns = env["ir.attachment"].create(
        [
            {"name": "offer", "raw": b"Offer", "res_model": one._name, "res_id": one.id}
            for one in plan["samples"]
        ]
    )
    env.flush_all()
    known = {**plan, "first": rows.last_id(env, "ir_attachment")}
    _draw(env, ATTACHMENTS, plan)
    name = {"name": SQL("'offer ' || source.place || '.txt'")}
    _multiply(env, patterns, {**name, **rows.copied("res_id"), **rows.logged()})
    chosen = "SELECT %(first_message)s + message, %(first)s + place FROM host_drawn"
    insert_pairs(env, env["mail.message"]._fields["attachment_ids"], chosen, known)


def insert_activities(env, plan):
    """Of every user about as many."""
    patterns = env["mail.activity"]
    for record in plan["samples"]:
        patterns += record.activity_schedule("mail.mail_activity_data_todo")
    columns = {
        "user_id": SQL("source.owner_id"),
        **rows.copied("res_id", "res_name", "date_deadline"),
        **rows.logged(),
    }
    _draw(env, ACTIVITIES, plan)
    _multiply(env, patterns, columns)


def insert_meetings(env, plan):
    """Calendar events, each with one attendee, who has accepted."""
    events, attendees = _make_meetings(env, plan)
    env.flush_all()
    known = {"first": rows.last_id(env, "calendar_event")}
    _draw(env, MEETINGS, plan)
    tab = _insert_customer_tabs(env, events)
    _multiply(env, events, {**_get_meeting_columns(), **tab})
    attendee = {
        "event_id": SQL("%s + source.place", known["first"]),
        "partner_id": SQL("source.attendee_id"),
        "access_token": SQL("md5('host' || source.place)"),
        **rows.logged(),
    }
    env.cr.execute("UPDATE host_drawn SET pattern = 0")
    _multiply(env, attendees, attendee)
    chosen = "SELECT %(first)s + place, attendee_id FROM host_drawn"
    insert_pairs(env, events._fields["partner_ids"], chosen, known)


def _make_meetings(env, plan):
    """Patterns: a plain, a shared and a personal calendar event, and an attendee.

    The attendee is of another event: what hangs on the patterns goes with them.
    """
    times = {"start": "2026-01-05 10:00:00", "stop": "2026-01-05 10:30:00"}
    visit = {"name": "Visit", **times}
    events, ending = env["calendar.event"].create([visit, visit])
    for document in plan["samples"][1:]:
        if "calendar_request" in document:
            document.calendar_request = "entry"
            events += events.search([("kontakti_contact_id", "=", document.id)])
        else:
            model = env["ir.model"]._get_id(document._name)
            values = {"res_model_id": model, "res_id": document.id}
            private = "private" if document.user_id else False
            events += events.create({**visit, **values, "privacy": private})
    assert len(events) == 3, "a contact event makes one calendar event"
    return events, ending.attendee_ids


def _insert_customer_tabs(env, events):
    """Insert what holds the customer of events of contact events, one row an event.

    :return: the columns of the events that refer to it, and say whom it is open to
    """
    if "kontakti_tab_id" not in events._fields:
        return {}
    _plain, shared, personal = events
    company = shared.kontakti_tab_id.company_id.id
    of_shared, of_personal = shared.kontakti_tab_id.id, personal.kontakti_tab_id.id
    # by the place of the event's own pattern, the first of which has none
    patterns = shared.kontakti_tab_id.browse([of_shared, of_shared, of_personal])
    events.kontakti_tab_id = False
    env.flush_all()
    first = rows.last_id(env, patterns._table)
    columns = {
        "contact_id": SQL("source.res_id"),
        "owner_id": SQL("CASE WHEN pattern.owner_id > 0 THEN source.owner_id END"),
        **rows.copied("customer_id", "customer_name"),
        **rows.logged(),
    }
    of_contacts = SQL("SELECT * FROM host_drawn WHERE res_id IS NOT NULL")
    rows.multiply(env, patterns, of_contacts, columns)
    env.cr.execute(SQL("ANALYZE %s", SQL.identifier(patterns._table)))
    return {
        "kontakti_tab_id": SQL(
            "CASE WHEN source.res_id IS NOT NULL THEN %s + source.place END", first
        ),
        "kontakti_owner_id": SQL("CASE source.pattern WHEN 2 THEN source.owner_id END"),
        "kontakti_company_id": SQL(
            "CASE WHEN source.res_id IS NOT NULL THEN %s::int END", company
        ),
    }


def _get_meeting_columns():
    return {
        "name": SQL("'Visit ' || source.place"),
        "user_id": SQL("source.owner_id"),
        "start": SQL("source.start"),
        "stop": SQL("source.start + interval '30 minutes'"),
        "res_id": SQL("CASE WHEN pattern.res_id != 0 THEN source.res_id END"),
        "access_token": SQL("NULL"),
        **rows.logged(),
    }


def insert_links(env, plan):
    """Of a contact event one, to its customer."""
    if "kontakti.link" not in env:
        return
    partner, document, _personal = plan["samples"]
    source = {"source_model": document._name, "source_id": document.id}
    target = {"target_model": partner._name, "target_id": partner.id}
    pattern = env["kontakti.link"].create({**source, **target})
    _draw(env, LINKS, plan)
    columns = {**rows.copied("source_id", "target_id"), **rows.logged()}
    _multiply(env, pattern, columns)
