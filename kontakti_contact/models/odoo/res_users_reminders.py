from odoo import api, fields, models
from odoo.tools import SQL

from ..contact.people import KONTAKTI_USER
from ..contact.reminders import MINE

HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]
OWN_FIELDS = ["kontakti_digest", "kontakti_digest_hour"]
TEMPLATE = "kontakti_contact.mail_template_digest"


class ResUsers(models.Model):
    """Late and due today in Odoo's activity menu, and the morning digest (S7).

    The digest is sent by the day where the user is: from the hour that the user chose,
    once a day, however late or often the cron runs. The day is written with the e-mail
    in one transaction that holds the user's row.
    """

    _inherit = "res.users"

    # read where they are shown, and not with whatever else is asked of a user
    kontakti_digest = fields.Boolean(
        "Morning digest of Kontakti",
        prefetch=False,
        help="An e-mail each morning with what is late and due today. Not sent when "
        "there is nothing.",
    )
    kontakti_digest_hour = fields.Selection(
        lambda self: HOURS,
        "Digest at",
        prefetch=False,
        help="In your time zone.",
        default="7",
    )
    # the user's day that the last digest was of, sent or with nothing to send
    kontakti_digest_day = fields.Date(
        prefetch=False,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + OWN_FIELDS

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + OWN_FIELDS

    @api.model
    def _get_activity_groups(self):
        """Add: what is late and due today, mine and personal, with the task list's numbers.

        One statement, for Kontakti users alone.
        """
        groups = super()._get_activity_groups()
        if not self.env.user.has_group(KONTAKTI_USER):
            return groups
        contacts = self.env["kontakti.contact"]
        sections = contacts._count_reminders((MINE, "personal"))
        shown = [section for section in sections if section["late"] + section["today"]]
        return [contacts._format_activity_group(section) for section in shown] + groups

    @api.model
    def _cron_send_kontakti_digests(self):
        """Send the digests that are due, a transaction each."""
        users = self._get_kontakti_digest_users()
        for done, user in enumerate(users, 1):
            if user._lock_for_kontakti_digest():
                user._send_kontakti_digest()
            remaining = len(users) - done
            if not self.env["ir.cron"]._commit_progress(1, remaining=remaining):
                break

    @api.model
    def _get_kontakti_digest_users(self):
        """Return those whose hour has come and who have had none today."""
        users = self.search([("kontakti_digest", "=", True), ("share", "=", False)])
        return users.filtered(lambda user: user._is_kontakti_digest_due())

    def _is_kontakti_digest_due(self):
        local = fields.Datetime.context_timestamp(
            self._in_kontakti_zone(), fields.Datetime.now()
        )
        # sudo: the day is closed to users; the cron asks
        was_sent = self.sudo().kontakti_digest_day == local.date()
        hour = int(self.kontakti_digest_hour or 0)
        return local.hour >= hour and not was_sent and self.has_group(KONTAKTI_USER)

    def _lock_for_kontakti_digest(self):
        """Return whether it is this cron's to send; another one may be at it."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM res_users WHERE id = %s"
                " AND kontakti_digest_day IS DISTINCT FROM %s"
                " FOR NO KEY UPDATE SKIP LOCKED",
                self.id,
                self._get_kontakti_today(),
            )
        )
        return bool(rows)

    def _send_kontakti_digest(self):
        """Put the digest in the queue, if there is anything to tell; note the day."""
        # sudo: the day is closed to users; noted is when the user was served
        self.sudo().kontakti_digest_day = self._get_kontakti_today()
        # as the user, who is told of no more than may be seen
        user = self.with_user(self).with_context(
            lang=self.lang,
            tz=self._in_kontakti_zone().env.context["tz"],
            allowed_company_ids=self.company_ids.ids,
        )
        digest = user.env["kontakti.contact"]._make_digest()
        template = self.env.ref(TEMPLATE, raise_if_not_found=False)
        if digest and template and self.email:
            # of no document: a message on a user is read by all who see the user
            template.with_context(digest=digest, lang=self.lang).send_mail(
                self.id, email_values={"model": False, "res_id": False}
            )
