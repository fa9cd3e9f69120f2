"""What contact events hold of customers of the register is the register's again."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

from odoo.addons.kontakti_contact.models.contact.register import FOLLOWED

TYPED_TOO = {"contact_person"}
NO_SUBJECT = "?"


def migrate(cr, version):
    """Repair what an import left blank, or what was typed beside the customer.

    A subject of blanks is a row that nobody can click: it gets something to read.
    """
    cr.execute(
        "UPDATE kontakti_contact SET name = COALESCE(NULLIF(TRIM(customer_name), ''), %s)"
        " WHERE name !~ '[^[:space:]]'",
        [NO_SUBJECT],
    )
    contacts = api.Environment(cr, SUPERUSER_ID, {})["kontakti.contact"]
    followers = sorted(FOLLOWED.keys() - TYPED_TOO)
    registered = SQL("partner_id IS NOT NULL")
    cr.execute(contacts._get_follow_query(registered, {}, followers))
