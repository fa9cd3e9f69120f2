from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .kontakti_contact import STATE_OPEN
from .res_users import KONTAKTI_USER


class KontaktiContact(models.Model):
    """Who may be responsible: a Kontakti user who may see the contact event (S14).

    Checked when somebody is made responsible and when an open one moves to another
    company. Whoever ceases to be (``res_users.py``, ``res_groups.py``,
    ``res_company.py``) is responsible no longer; of done ones it stays history.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _get_responsible_domain(self):
        """Return the domain, evaluated by the web client, of whom the field offers."""
        group = self.env.ref(KONTAKTI_USER, raise_if_not_found=False)
        is_user = [("all_group_ids", "in", group.ids)] if group else []
        return f"{is_user} + (company_id and [('company_ids', 'in', company_id)] or [])"

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._check_responsible()
        return contacts

    def write(self, vals):
        result = super().write(vals)
        if vals.get("responsible_id"):
            self._check_responsible()
        elif vals.get("state") == STATE_OPEN:
            self._filter_unfit_responsible().responsible_id = False
        elif "company_id" in vals:
            self.filtered(lambda rec: rec.state == STATE_OPEN)._check_responsible()
        return result

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
        domain = Domain(domain) & Domain(
            [
                ("state", "=", STATE_OPEN),
                ("personal", "=", False),
                ("responsible_id", "!=", False),
            ]
        )
        pairs = contacts._read_group(domain, ["responsible_id", "company_id"])
        unfit = [
            Domain("responsible_id", "=", user.id)
            & Domain("company_id", "=", company.id)
            for user, company in pairs
            if not user._may_be_responsible(company)
        ]
        if unfit:
            contacts.search(domain & Domain.OR(unfit)).responsible_id = False
