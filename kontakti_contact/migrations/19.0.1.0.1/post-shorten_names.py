from odoo import SUPERUSER_ID, api

NAME_LIMIT = 250
NAMES = ("customer_name", "contact_person")


def migrate(cr, version):
    """Shorten names beyond the limit that they have now; the chatter keeps them."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    for fname in NAMES:
        cr.execute(
            f"SELECT id FROM kontakti_contact WHERE length({fname}) > %s",  # noqa: S608
            [NAME_LIMIT],
        )
        contacts = env["kontakti.contact"].browse(row[0] for row in cr.fetchall())
        for contact in contacts:
            contact._message_log(body=contact[fname])
            contact[fname] = contact[fname][:NAME_LIMIT]
