"""What hangs on personal contact events is left to their owners."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    contacts = env["kontakti.contact"].with_context(active_test=False)
    contacts.search([("personal", "=", True)])._keep_personal_to_owner()
