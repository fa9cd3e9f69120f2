"""What hangs on contact events moves to where only those see it who may.

Since 19.0.1.1.0 in part: its first databases have the columns of before.
"""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

CONTACT_COLUMN = "kontakti_contact_id"
CUSTOMER_COLUMNS = (
    "customer_id",
    "customer_name",
    "customer_phone",
    "customer_email",
    "customer_address",
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    if column_exists(cr, "calendar_event", CONTACT_COLUMN):
        _move_customers_of_calendar_events(env)
    contacts = env["kontakti.contact"]
    contacts.search([("personal", "=", True)])._keep_personal_to_owner()


def _move_customers_of_calendar_events(env):
    """Give the calendar events of before the Customer tab that holds it now."""
    columns = [SQL.identifier(name) for name in (CONTACT_COLUMN, *CUSTOMER_COLUMNS)]
    rows = env.execute_query(
        SQL(
            "SELECT id, %s FROM calendar_event WHERE COALESCE(%s) IS NOT NULL",
            SQL(", ").join(columns),
            SQL(", ").join(SQL("%s::text", column) for column in columns),
        )
    )
    tabs = env["kontakti.calendar.tab"].create(
        [
            {
                "contact_id": contact_id,
                **dict(zip(CUSTOMER_COLUMNS, customer, strict=True)),
            }
            for _event_id, contact_id, *customer in rows
        ]
    )
    for tab, (event_id, *_rest) in zip(tabs, rows, strict=True):
        env["calendar.event"].browse(event_id).kontakti_tab_id = tab
    for column in columns:
        env.cr.execute(SQL("ALTER TABLE calendar_event DROP COLUMN %s", column))
