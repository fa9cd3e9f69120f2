"""The customers of contact events of before are counted for the first time."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    api.Environment(cr, SUPERUSER_ID, {})["kontakti.pulse"]._repair()
