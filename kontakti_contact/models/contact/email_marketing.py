from odoo import api, models
from odoo.fields import Domain

from .privacy import SHARED

MAILING = "mailing.mailing"
RECIPIENTS = "_get_recipients_domain"


class KontaktiContact(models.Model):
    """Contact events as recipients of Odoo's Email Marketing, where it is installed.

    Mailings are sent by a scheduled job with all rights. Whatever domain a user gives a
    mailing, it reaches no personal contact event (S8).
    ``wizards/mail_compose_message.py`` does the rest: nobody on the blacklist, one mail
    an address.
    """

    _inherit = "kontakti.contact"

    _mailing_enabled = True

    @api.model
    def _mailing_get_default_domain(self, mailing):
        """Return whom a new mailing is for: the task list's mailing list (S10)."""
        return self._get_section_domain("mailing_list")

    @api.model
    def _get_mailable_domain(self, author):
        """Return whom a mailing may reach: nobody by a personal contact event, and only
        customers of the organisations of its responsible person ``author``; none archived.
        """
        # sudo: the scheduled job asks for the organisations of a user
        companies = (author or self.env.user).sudo().company_ids.ids
        return SHARED & Domain(
            [
                ("active", "=", True),
                ("company_id", "in", [*companies, False]),
            ]
        )

    @api.model
    def mail_allowed_qweb_expressions(self):
        """Add the customer and the person to the merge fields everybody may use."""
        return super().mail_allowed_qweb_expressions() + (
            "object.customer_name",
            "object.contact_person",
            "object.city",
        )

    def _register_hook(self):
        """Narrow the recipients of mailings, without depending on Email Marketing."""
        super()._register_hook()
        if MAILING not in self.env:
            return
        mailing_class = self.env.registry[MAILING]
        origin = getattr(mailing_class, RECIPIENTS)
        if getattr(origin, "is_without_personal", False):
            return

        def _get_recipients_domain(mailing):
            domain = Domain(origin(mailing))
            if mailing.mailing_model_real == self._name:
                contacts = mailing.env[self._name]
                domain &= contacts._get_mailable_domain(mailing.user_id)
            return domain

        _get_recipients_domain.is_without_personal = True
        setattr(mailing_class, RECIPIENTS, _get_recipients_domain)

    def _unregister_hook(self):
        """Take back :meth:`_register_hook`."""
        super()._unregister_hook()
        if MAILING in self.env:
            mailing_class = self.env.registry[MAILING]
            if RECIPIENTS in vars(mailing_class):
                delattr(mailing_class, RECIPIENTS)
