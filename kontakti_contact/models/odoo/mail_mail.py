from odoo import api, models


class MailMail(models.Model):
    """E-mails about others' personal contact events (S8)."""

    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Leave hidden ones nameless, as messages."""
        super()._compute_display_name()
        # sudo: asks which are hidden, whoever may read e-mails
        messages = self.sudo().mail_message_id.sudo(False)
        hidden = messages._filter_kontakti_hidden()
        for mail in self:
            # sudo: as above
            if mail.sudo().mail_message_id.id in hidden._ids:
                mail.display_name = False

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        """Add: the chatter of a personal contact event says what was not sent.

        No row of ``mail.notification``, which every employee reads, tells its owner.
        """
        if failure_type:
            self._log_kontakti_failure(failure_reason or failure_type)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )

    def _log_kontakti_failure(self, reason):
        # sudo: e-mails are sent by a job, and by who may not read them
        for mail in self.sudo().filtered("kontakti_owner_id"):
            contact = self.env[mail.model].sudo().browse(mail.res_id)  # sudo: as above
            contact._message_log(
                body=self.env._("The e-mail was not sent: %s", reason),
                author_id=mail.author_id.id,
            )
