from datetime import datetime, time

from pytz import UTC

from odoo import fields, models

from .kontakti_contact import STATE_OPEN


class ResUsers(models.Model):
    """The user's today, defined once in the product (S7, S13), and leavers' work."""

    _inherit = "res.users"

    def _get_kontakti_today(self):
        """Return the date (``datetime.date``) it is now where the user is.

        In the user's time zone; without one in the company's, then UTC. Odoo reads the
        zone's name: it knows old names that an operating system may lack.
        """
        return fields.Date.context_today(self._in_kontakti_zone())

    def _in_kontakti_zone(self):
        """Return the user in an environment of the user's time zone."""
        self.ensure_one()
        # context_get is cached: most calls cost no query
        zone = self.with_user(self).context_get().get("tz")
        return self.with_context(tz=zone or self.company_id.partner_id.tz or "UTC")

    def _get_kontakti_midnight(self, day):
        """Return when ``day`` begins where the user is, a ``datetime`` in UTC."""
        local = self._in_kontakti_zone().env.tz.localize(
            datetime.combine(day, time.min)
        )
        return local.astimezone(UTC).replace(tzinfo=None)

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self._release_kontakti_contacts()
        return result

    def _release_kontakti_contacts(self):
        """Return a leaver's follow-ups to the task list's unassigned (S14).

        The chatter of each keeps who was responsible.
        """
        # sudo: who may archive a user need not be a Kontakti user
        contacts = self.env["kontakti.contact"].sudo()
        left = contacts.search(
            [
                ("responsible_id", "in", self.ids),
                ("state", "=", STATE_OPEN),
                ("personal", "=", False),
            ]
        )
        left.responsible_id = False
