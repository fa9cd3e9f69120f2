from odoo import models


class MailThread(models.AbstractModel):
    """Links follow a record whose messages move to another one."""

    _inherit = "mail.thread"

    def message_change_thread(self, new_thread, new_parent_message=False):
        result = super().message_change_thread(new_thread, new_parent_message)
        # sudo: as the messages, all links move, whoever merges the records
        self.env["kontakti.link"].sudo()._move(self, new_thread)
        return result
