from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

NAME_LIMIT = 250
NAMES = ("customer_name", "contact_person")


def migrate(cr, version):
    """Shorten names beyond the limit that they have now; the chatter keeps them."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for name in NAMES:
        rows = env.execute_query(
            SQL(
                "SELECT id FROM kontakti_contact WHERE length(%s) > %s",
                SQL.identifier(name),
                NAME_LIMIT,
            )
        )
        for contact in env["kontakti.contact"].browse(row[0] for row in rows):
            contact._message_log(body=contact[name])
            contact[name] = contact[name][:NAME_LIMIT]
