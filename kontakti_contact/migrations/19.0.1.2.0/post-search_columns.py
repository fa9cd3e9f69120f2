"""What contact events are found by is made of what they hold, in batches."""

from odoo import SUPERUSER_ID, api
from odoo.tools.misc import split_every

BATCH = 2000


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    cr.execute(
        "SELECT id FROM kontakti_contact WHERE phone IS NOT NULL"
        " OR discussion IS NOT NULL OR actions IS NOT NULL ORDER BY id"
    )
    ids = [contact_id for (contact_id,) in cr.fetchall()]
    for batch in split_every(BATCH, ids):
        _fill(env["kontakti.contact"].browse(batch))
        env.invalidate_all()


def _fill(contacts):
    """Fill the columns alone: nobody has changed these contact events now."""
    contacts.env.cr.execute_values(
        "UPDATE kontakti_contact AS contact"
        " SET phone_key = made.phone_key, plain_text = made.plain_text"
        " FROM (VALUES %s) AS made (id, phone_key, plain_text)"
        " WHERE contact.id = made.id",
        [
            (
                contact.id,
                contact._get_phone_key() or None,
                contact._get_plain_text() or None,
            )
            for contact in contacts
        ],
        template="(%s, %s::varchar, %s::text)",
        page_size=BATCH,
    )
