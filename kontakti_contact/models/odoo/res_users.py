from datetime import datetime, time

from pytz import UTC

from odoo import fields, models

from ..contact.people import KONTAKTI_USER

RIGHTS = frozenset(["company_ids", "group_ids"])


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
        user = self if self.id == self.env.uid else self.with_user(self)
        # context_get is cached: most calls cost no query
        zone = user.context_get().get("tz") or self.company_id.partner_id.tz or "UTC"
        return (
            self if self.env.context.get("tz") == zone else self.with_context(tz=zone)
        )

    def _get_kontakti_midnight(self, day):
        """Return when ``day`` begins where the user is, a ``datetime`` in UTC."""
        local = self._in_kontakti_zone().env.tz.localize(
            datetime.combine(day, time.min)
        )
        return local.astimezone(UTC).replace(tzinfo=None)

    def _may_be_responsible(self, company):
        """Return whether the user is an active Kontakti user of ``company`` (S14).

        :param company: ``res.company``; empty means of any
        """
        # sudo: asks no more than this of a colleague
        user = self.sudo()
        groups = user.env["res.groups"]._get_group_definitions()
        is_user = groups.get_id(KONTAKTI_USER) in user.all_group_ids.ids
        works_there = not company or company in user.company_ids
        return user.active and is_user and works_there

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False or RIGHTS & vals.keys():
            contacts = self.env["kontakti.contact"]
            contacts._release_responsible([("responsible_id", "in", self.ids)])
        return result
