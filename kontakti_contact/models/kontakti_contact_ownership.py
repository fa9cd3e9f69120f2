from odoo import models
from odoo.exceptions import AccessError

MANAGER = "kontakti_contact.group_kontakti_manager"


class KontaktiContact(models.Model):
    """Whose a contact event is, and who may make it another's (S8, S14).

    ==================================================  ========================
    Contacted by, or a company its owner is not in      owner, who entered it,
                                                        a manager
    personal                                            owner
    a company that one does not work in oneself         nobody
    ==================================================  ========================
    """

    _inherit = "kontakti.contact"

    def write(self, vals):
        if not self.env.su and {"contacted_by_id", "company_id"} & vals.keys():
            self.check_access("write")  # what one may not see stays unnamed
            self._check_handing_over(vals)
            self._check_company_chosen(vals)
        return super().write(vals)

    def _check_handing_over(self, vals):
        """Let nobody take a contact event, or move it out of its owner's sight."""
        if self.env.user.has_group(MANAGER):
            return
        taken = self.filtered(
            lambda contact: (
                self.env.user not in contact.contacted_by_id | contact.create_uid
                and (contact._changes_owner(vals) or contact._leaves_owner(vals))
            )
        )
        if taken:
            raise AccessError(taken[0]._describe_owner())

    def _changes_owner(self, vals):
        owner = self.contacted_by_id
        return vals.get("contacted_by_id", owner.id) != owner.id

    def _leaves_owner(self, vals):
        company_id = vals.get("company_id")
        if not company_id or company_id == self.company_id.id:
            return False
        # sudo: the companies of a colleague; told is only that they lack this one
        return company_id not in self.contacted_by_id.sudo().company_ids.ids

    def _describe_owner(self):
        values = {
            "contact": self.name,
            "owner": self.contacted_by_id.name,
            "maker": self.create_uid.name,
        }
        if self.create_uid == self.contacted_by_id:
            return self.env._(
                "“%(contact)s” is a contact event of %(owner)s. Ask %(owner)s or a "
                "Kontakti manager to give it to somebody else or to move it to another "
                "organisation.",
                **values,
            )
        return self.env._(
            "“%(contact)s” is a contact event of %(owner)s, entered by %(maker)s. Ask "
            "one of them or a Kontakti manager to give it to somebody else or to move "
            "it to another organisation.",
            **values,
        )

    def _check_company_chosen(self, vals):
        """Put none into a company that one does not work in.

        The record rules let an owner reach personal ones of a company left behind.
        """
        company_id = vals.get("company_id")
        moved = self.filtered(lambda contact: contact.company_id.id != company_id)
        if company_id and moved and company_id not in self.env.user.company_ids.ids:
            raise AccessError(
                self.env._("Choose an organisation that you work in yourself.")
            )
