from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from .kontakti_contact import STATE_OPEN
from .privacy import SHARED

KONTAKTI_USER = "kontakti_contact.group_kontakti_user"
MANAGER = "kontakti_contact.group_kontakti_manager"


class KontaktiContact(models.Model):
    """Whose a contact event is, who may make it another's, and who is responsible (S8, S14).

    ==================================================  ========================
    may be changed                                      by
    ==================================================  ========================
    Contacted by, or a company its owner is not in      owner, who entered it,
                                                        a manager
    personal                                            owner
    a company that one does not work in oneself         nobody
    ==================================================  ========================

    Responsible is a Kontakti user who may see the contact event. That is checked when
    somebody is made responsible and when an open one moves to another company. Whoever
    ceases to be one (``res_users.py``, ``res_groups.py``, ``res_company.py``) is
    responsible no longer; of done ones it stays history.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _get_users_domain(self):
        """Return the domain of those with the right to Kontakti, as a list."""
        group = self.env.ref(KONTAKTI_USER, raise_if_not_found=False)
        return [("all_group_ids", "in", group.ids)] if group else []

    @api.model
    def _get_responsible_domain(self):
        """Return the domain, evaluated by the web client, of whom the field offers."""
        is_user = self._get_users_domain()
        return f"{is_user} + (company_id and [('company_ids', 'in', company_id)] or [])"

    def _keep_responsible_fit(self, vals):
        """After the values are written: nobody is responsible who may not see them."""
        if vals.get("responsible_id"):
            self._check_responsible()
        elif vals.get("state") == STATE_OPEN:
            self._filter_unfit_responsible().responsible_id = False
        elif "company_id" in vals:
            self.filtered(lambda rec: rec.state == STATE_OPEN)._check_responsible()

    def _filter_unfit_responsible(self):
        """Return those whose responsible person may not see them, or has left."""
        pairs = self.filtered("responsible_id").grouped(
            lambda contact: (contact.responsible_id, contact.company_id)
        )
        return self.browse().union(
            *(
                contacts
                for (user, company), contacts in pairs.items()
                if not user._may_be_responsible(company)
            )
        )

    def _check_responsible(self):
        for contact in self._filter_unfit_responsible():
            # sudo: the names of who was chosen and of the company, for the message
            chosen = contact.sudo()
            values = {
                "user": chosen.responsible_id.name,
                "contact": contact.name,
                "company": chosen.company_id.name,
            }
            if contact.company_id:
                text = self.env._(
                    "%(user)s cannot be responsible for “%(contact)s”: choose an active "
                    "Kontakti user who works in %(company)s.",
                    **values,
                )
            else:
                text = self.env._(
                    "%(user)s cannot be responsible for “%(contact)s”: choose an active "
                    "Kontakti user.",
                    **values,
                )
            raise ValidationError(text)

    @api.model
    def _release_responsible(self, domain):
        """Return the open ones of who may not see them to the task list's unassigned.

        The chatter of each keeps who was responsible.

        :param domain: of the contact events concerned
        """
        # sudo: who takes a right away need not be a Kontakti user
        contacts = self.sudo().with_context(active_test=False)
        taken = [("state", "=", STATE_OPEN), ("responsible_id", "!=", False)]
        domain = Domain(domain) & SHARED & Domain(taken)
        pairs = contacts._read_group(domain, ["responsible_id", "company_id"])
        unfit = [
            Domain("responsible_id", "=", user.id)
            & Domain("company_id", "=", company.id)
            for user, company in pairs
            if not user._may_be_responsible(company)
        ]
        if unfit:
            contacts.search(domain & Domain.OR(unfit)).responsible_id = False

    def _check_ownership(self, vals):
        """Before the values are written: the owner they had decides who may."""
        if not self.env.su and {"contacted_by_id", "company_id"} & vals.keys():
            self.check_access("write")  # what one may not see stays unnamed
            self._check_handing_over(vals)
            self._check_company_chosen(vals)

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
