from odoo import api, models


class KontaktiContact(models.Model):
    """Putting contact events on the mailing list, and taking them off (S4, S10).

    The chatter keeps who did it and when: the field is tracked.
    """

    _inherit = "kontakti.contact"

    def action_put_on_mailing_list(self):
        """Put these contact events on the mailing list.

        :return: the client action that says what was done and offers to undo it
        :raise AccessError: when one of them may not be changed; then none is
        """
        return self._set_mailing_list(True)

    def action_take_off_mailing_list(self):
        """Take these contact events off the mailing list; else as the one above."""
        return self._set_mailing_list(False)

    def _set_mailing_list(self, is_on):
        self.check_access("write")
        changed = self.filtered(lambda contact: contact.mailing_list != is_on)
        changed.mailing_list = is_on
        personal = changed.filtered("personal") if is_on else changed.browse()
        return changed._notify_mailing_list(
            is_on, len(changed), len(self) - len(changed), len(personal)
        )

    def _notify_mailing_list(self, is_on, done, unchanged, personal=0):
        """Return the client action that tells the user; ``self`` is what was changed."""
        parts = [self._describe_done(is_on, done)]
        if unchanged and is_on:
            parts.append(self.env._("On it already: %s.", unchanged))
        elif unchanged:
            parts.append(self.env._("Not on it: %s.", unchanged))
        if personal:
            parts.append(
                self.env._(
                    "Personal, so not printed or mailed with the list: %s.", personal
                )
            )
        undo = "action_take_off_mailing_list" if is_on else "action_put_on_mailing_list"
        return {
            "type": "ir.actions.client",
            "tag": "kontakti_contact.undoable",
            "params": {
                "message": " ".join(parts),
                "undo": [self._name, undo, [self.ids]] if self else False,
            },
        }

    @api.model
    def _describe_done(self, is_on, count):
        if is_on:
            return self.env._("Put on the mailing list: %s.", count)
        return self.env._("Taken off the mailing list: %s.", count)
