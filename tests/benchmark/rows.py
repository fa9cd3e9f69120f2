"""The rows that `fill` inserts: SQL that draws, multiplies and connects them.

A row of `benchmark_row` becomes one contact event and one lead with the same customer,
people, dates and share of open ones.
"""

from odoo.tools import SQL

from odoo.addons.kontakti_contact.tools.matching import customer_key

DONE_FROM = 10**10  # the numbers of done rows: open ones are the same at any size
OPEN, WON, LOST = 0, 1, 2
DRAW = """
CREATE TEMP TABLE benchmark_row ON COMMIT DROP AS
WITH numbered AS (
    SELECT number AS key, number AS turn, true AS is_open
      FROM generate_series(1, %(opened)s::bigint) AS number
     UNION ALL
    SELECT %(done_from)s + number, number, false
      FROM generate_series(1, %(size)s - %(opened)s::bigint) AS number
), drawn AS (
    SELECT key, is_open,
           floor(pg_temp.draw(key, 1) * %(users)s)::int AS owner,
           pg_temp.draw(key, 2) < 0.15 AS personal,
           pg_temp.draw(key, 3) AS responsible,
           pg_temp.draw(key, 4) < 0.15 AS typed,
           1 + floor(power(pg_temp.draw(key, 5), 1.5) * %(customers)s)::int AS customer,
           pg_temp.draw(key, 6) AS detail,
           -- of equally many open and done ones, at any size
           turn <= %(mailing)s / 2 AS mailing,
           date_trunc('second', now() AT TIME ZONE 'UTC' - CASE
               WHEN is_open THEN interval '180 days' * power(pg_temp.draw(key, 7), 2)
               ELSE interval '3650 days' * pg_temp.draw(key, 7) END) AS date,
           CASE WHEN pg_temp.draw(key, 8) < 0.1 THEN NULL
               ELSE floor(pg_temp.draw(key, 9) * 90)::int - 30 END AS days
      FROM numbered
)
SELECT row_number() OVER (ORDER BY date, key) AS place, *,
       CASE WHEN is_open THEN current_date ELSE date::date END + days AS next_date,
       CASE WHEN personal THEN owner
            WHEN responsible < 0.25 THEN NULL
            -- a colleague of the same company
            ELSE (owner + 3 * floor(responsible * 50)::int) %% (%(users)s - 2) / 3 * 3
                 + owner %% 3
       END AS colleague
  FROM drawn
"""


def prepare(cr, seed, plan):
    """Make the function that draws, and lists the rows refer to by their place."""
    prepare_draw(cr, seed)
    names = [_typed(name, place) for place, name in enumerate(plan["names"])]
    cr.execute(
        "CREATE TEMP TABLE benchmark_name ON COMMIT DROP AS SELECT * FROM unnest"
        "(%s::int[], %s::text[], %s::text[]) AS list (place, name, key)",
        [list(column) for column in zip(*names, strict=True)],
    )


def prepare_draw(cr, seed):
    """Make the function that draws."""
    cr.execute(
        SQL(
            """
            CREATE FUNCTION pg_temp.draw(number bigint, salt int) RETURNS float8
            LANGUAGE sql IMMUTABLE AS
            'SELECT (hashint8extended(number, %s * 1000 + salt) & 2147483647)
                    / 2147483648.0::float8'
            """,
            seed,
        )
    )


def _typed(name, place):
    """As people type: three spellings of one name, told equal by the product's key."""
    name = _spelling(name, place)
    return place, name, customer_key(name)


def _spelling(name, place):
    same = name.rsplit(" ", 1)[0] + f" {place // 3}"
    return (same, same.upper(), f" {same} ")[place % 3]


def draw(cr, size, opened, mailing, customers):
    """Draw the rows, in the order in which the contacts took place."""
    values = {"size": size, "opened": opened, "mailing": mailing}
    values |= {"customers": customers, "done_from": DONE_FROM, "users": 200}
    cr.execute(DRAW, values)
    cr.execute("CREATE INDEX ON benchmark_row (place)")
    cr.execute("ANALYZE benchmark_row")


def multiply(env, records, source, columns):
    """Insert a row like one of `records`, made by the ORM, for each row of `source`.

    `source` gives `pattern`, the place of the record to copy, and `place`, which adds
    to the ids; `columns` says what differs. The patterns are deleted.
    """
    records.flush_recordset()
    env.flush_all()
    table = records._table
    columns = {"id": SQL("%s + source.place", last_id(env, table)), **columns}
    names = list(_columns(env.cr, table))
    values = [columns.pop(n, SQL("pattern.%s", SQL.identifier(n))) for n in names]
    assert not columns, f"no such columns of {table}: {list(columns)}"
    env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) SELECT %s FROM (%s) AS source JOIN %s AS pattern "
            "ON pattern.id = (%s::int[])[source.pattern + 1] ORDER BY source.place",
            SQL.identifier(table),
            SQL(", ").join(map(SQL.identifier, names)),
            SQL(", ").join(values),
            source,
            SQL.identifier(table),
            records.ids,
        )
    )
    identifier = SQL.identifier(table)
    env.cr.execute(SQL("DELETE FROM %s WHERE id IN %s", identifier, tuple(records.ids)))
    env.cr.execute(
        SQL(
            "SELECT setval(%s, (SELECT max(id) FROM %s))", f"{table}_id_seq", identifier
        )
    )
    env.invalidate_all(flush=False)


def last_id(env, table):
    """Return the highest id of a table: what is inserted next comes after it."""
    env.cr.execute(SQL("SELECT max(id) FROM %s", SQL.identifier(table)))
    return env.cr.fetchone()[0]


def _columns(cr, table):
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = "
        "current_schema AND table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    return [row[0] for row in cr.fetchall()]


def set_intervals(env, plan):
    """Every tenth customer is to be kept in touch with, by each company."""
    env.cr.execute(
        SQL(
            """
            UPDATE res_partner SET kontakti_interval_days = (
                   SELECT jsonb_object_agg(company, 60)
                     FROM unnest(%s::text[]) AS company)
             WHERE id > %s AND parent_id IS NULL AND id %% 10 = 0""",
            [str(company_id) for company_id in plan["companies"]],
            plan["first_partner"],
        )
    )
    env["res.partner"].invalidate_model(["kontakti_interval_days"], flush=False)


def insert_partners(env, plan):
    """Companies, and one person of every second company."""
    partners = env["res.partner"]
    person = {"name": "Person", "email": "p@a.example.com", "phone": "+358 40 1234567"}
    address = {"street": "Street 1", "zip": "00100", "city": "Helsinki"}
    address["country_id"] = plan["country"]
    company = partners.create({**person, **address, "name": "C", "is_company": True})
    patterns = company + partners.create({**person, "parent_id": company.id})
    plan["lang"] = env["res.lang"]._get_data(code=company.lang).id
    env.flush_all()
    start = plan["first_partner"] = last_id(env, "res_partner")
    source = SQL(
        """
        SELECT number AS place, number AS customer, 0 AS pattern,
               'Customer ' || number AS name, NULL AS person
          FROM generate_series(1, %(customers)s) AS number
         UNION ALL
        SELECT %(customers)s + number / 2, number, 1,
               'Customer ' || number, 'Person ' || number
          FROM generate_series(2, %(customers)s, 2) AS number
        """,
        customers=plan["customers"],
    )
    full = SQL("concat_ws(', ', source.name, source.person)")
    email = SQL(
        "CASE WHEN source.person IS NULL THEN 'info' ELSE 'person' END || "
        "'@customer' || source.customer || '.example.com'"
    )
    number = SQL("lpad(source.place::text, 7, '1')")
    multiply(
        env,
        patterns,
        source,
        {
            "name": SQL("coalesce(source.person, source.name)"),
            "complete_name": full,
            "commercial_company_name": SQL("source.name"),
            "commercial_partner_id": SQL("%s + source.customer", start),
            "parent_id": SQL(
                "CASE WHEN source.person IS NOT NULL THEN %s + source.customer END",
                start,
            ),
            "email": email,
            "email_normalized": email,
            "phone": SQL("'+358 40 ' || %s", number),
            "phone_sanitized": SQL("'+35840' || %s", number),
            "street": SQL("'Street ' || source.customer %% 300"),
            "zip": SQL("lpad((source.customer %% 900 * 100)::text, 5, '0')"),
        },
    )
    env.cr.execute("ANALYZE res_partner")


def _joined(plan):
    """The rows with what they refer to."""
    return SQL(
        """
        SELECT r.*, (%s::int[])[owner + 1] AS owner_id, (%s::int[])[colleague + 1]
               AS colleague_id, (%s::int[])[owner %% 3 + 1] AS company_id,
               p.id AS partner_id, p.commercial_partner_id, p.phone, p.email,
               p.phone_sanitized, p.street, p.zip, p.city, p.country_id,
               p.commercial_company_name AS company_name,
               CASE WHEN p.parent_id IS NOT NULL THEN p.name END AS person,
               n.name AS typed_name, n.key AS typed_key
          FROM benchmark_row r
          LEFT JOIN res_partner p ON NOT r.typed AND p.id = %s + CASE
               WHEN r.customer %% 2 = 0 AND r.detail < 0.4
               THEN %s + r.customer / 2 ELSE r.customer END
          LEFT JOIN benchmark_name n ON r.typed AND n.place = floor(r.detail * %s)
        """,
        plan["users"],
        plan["users"],
        plan["companies"],
        plan["first_partner"],
        plan["customers"],
        len(plan["names"]),
    )


def insert_contacts(env, plan):
    """Contact events: the same people, customers and dates as the leads."""
    patterns = env["kontakti.contact"].create(
        [{"name": "Open"}, {"name": "Done", "state": "done"}]
    )
    source = SQL(
        "SELECT j.*, CASE WHEN is_open THEN 0 ELSE 1 END AS pattern FROM (%s) AS j",
        _joined(plan),
    )
    pick = "(%s::int[])[1 + (source.key %% cardinality(%s::int[]))::int]"
    multiply(
        env,
        patterns,
        source,
        {
            "name": SQL("'Spring campaign ' || source.key"),
            "contacted_by_id": SQL("source.owner_id"),
            "responsible_id": SQL("source.colleague_id"),
            "company_id": SQL("source.company_id"),
            "purpose_id": SQL(pick, plan["purposes"], plan["purposes"]),
            "channel_id": SQL(pick, plan["channels"], plan["channels"]),
            "date": SQL("source.date"),
            "duration": SQL("0.25 * (source.key %% 8)"),
            "next_date": SQL("source.next_date"),
            "discussion": SQL(
                "'<p>' || repeat('What was said about the offer. ', "
                "1 + (source.key %% 6)::int) || '</p>'"
            ),
            "personal": SQL("source.personal"),
            "mailing_list": SQL("source.mailing AND NOT source.personal"),
            "partner_id": SQL("source.partner_id"),
            "commercial_partner_id": SQL("source.commercial_partner_id"),
            "customer_name": SQL("coalesce(source.company_name, source.typed_name)"),
            "customer_key": SQL(
                "coalesce('#' || source.commercial_partner_id, source.typed_key)"
            ),
            "contact_person": SQL("source.person"),
            "phone_key": phone_key(),
            "plain_text": SQL(
                "rtrim(repeat('What was said about the offer. ', "
                "1 + (source.key %% 6)::int)) || E'\\x1f'"
            ),
            **copied("phone", "email", "street", "zip", "city", "country_id"),
            **logged(),
        },
    )
    env.cr.execute("ANALYZE kontakti_contact")


def phone_key():
    """What the number of a customer is found by."""
    return SQL("substr(source.phone_sanitized, 2) || ' ' || source.phone")


def copied(*names):
    """Columns that the source gives under their own names."""
    return {name: SQL("source.%s", SQL.identifier(name)) for name in names}


def logged():
    """Who made a row and when."""
    return {
        "create_uid": SQL("source.owner_id"),
        "write_uid": SQL("source.owner_id"),
        "create_date": SQL("source.date"),
        "write_date": SQL("source.date"),
    }


def _lead_patterns(env, plan):
    """An ongoing lead of each stage, a won and a lost one, made by the ORM."""
    user = env["res.users"].browse(plan["users"][0])
    values = {"name": "Lead", "type": "opportunity", "team_id": plan["team"]}
    values |= {"user_id": user.id, "company_id": user.company_id.id}
    values |= {"email_from": "a@a.example.com", "phone": "+358 40 1234567"}
    values |= {"country_id": plan["country"], "expected_revenue": 1000.0}
    leads = env["crm.lead"].with_user(user).with_context(mail_notrack=True)
    stages = [{**values, "stage_id": stage} for stage in plan["stages"]]
    ended = leads.create([values, values])
    ended[0].action_set_won()
    ended[1].action_set_lost(lost_reason_id=plan["lost_reason"])
    env.flush_all()
    return ended + leads.create(stages)


def insert_leads(env, plan):
    """Leads: a closed one is won or lost, which archives it, half and half."""
    patterns = _lead_patterns(env, plan).sudo()
    source = SQL(
        """
        SELECT j.*, CASE WHEN is_open THEN 2 + (key %% %s)::int
                         ELSE (key %% 2)::int END AS pattern,
               100.0 * (1 + key %% 50) AS revenue
          FROM (%s) AS j
        """,
        len(plan["stages"]),
        _joined(plan),
    )
    lived = SQL("CASE WHEN source.is_open THEN NULL ELSE 30 END")
    multiply(
        env,
        patterns,
        source,
        {
            "name": SQL("'Spring campaign ' || source.key"),
            "user_id": SQL("source.colleague_id"),
            "company_id": SQL(
                "CASE WHEN source.colleague IS NOT NULL THEN source.company_id END"
            ),
            "priority": SQL("(source.key %% 4)::text"),
            "expected_revenue": SQL("source.revenue"),
            "prorated_revenue": SQL(
                "round(source.revenue::numeric * pattern.probability::numeric / 100, 2)"
            ),
            "date_deadline": SQL("source.next_date"),
            "date_open": SQL(
                "CASE WHEN source.colleague IS NOT NULL THEN source.date END"
            ),
            "day_open": SQL("0"),
            "date_closed": SQL("source.date + interval '1 day' * %s", lived),
            "day_close": SQL("coalesce(%s, 0)", lived),
            "date_last_stage_update": SQL("source.date"),
            "campaign_id": SQL(
                "CASE WHEN source.mailing THEN %s END", plan["campaign"]
            ),
            "lang_id": SQL(
                "CASE WHEN source.partner_id IS NOT NULL THEN %s END", plan["lang"]
            ),
            "partner_id": SQL("source.partner_id"),
            "partner_name": SQL("coalesce(source.company_name, source.typed_name)"),
            "contact_name": SQL("source.person"),
            "email_from": SQL("source.email"),
            "email_normalized": SQL("source.email"),
            "email_domain_criterion": SQL("'@' || split_part(source.email, '@', 2)"),
            "email_state": SQL("CASE WHEN source.email IS NOT NULL THEN 'correct' END"),
            "phone_state": SQL("CASE WHEN source.phone IS NOT NULL THEN 'correct' END"),
            **copied("phone", "phone_sanitized", "street", "zip", "city", "country_id"),
            **logged(),
        },
    )
    env.cr.execute("ANALYZE crm_lead")
