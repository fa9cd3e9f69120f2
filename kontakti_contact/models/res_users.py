from zoneinfo import ZoneInfo

from odoo import fields, models


class ResUsers(models.Model):
    """The user's today: the one definition in the product (S7, S13)."""

    _inherit = "res.users"

    def _get_kontakti_today(self):
        """Return the date (``datetime.date``) it is now where the user is.

        In the user's time zone; without one in the company's, then UTC.
        """
        self.ensure_one()
        # context_get is cached: most calls cost no query
        zone = self.with_user(self).context_get().get("tz")
        zone = zone or self.company_id.partner_id.tz or "UTC"
        now = fields.Datetime.now().replace(tzinfo=ZoneInfo("UTC"))
        return now.astimezone(ZoneInfo(zone)).date()
