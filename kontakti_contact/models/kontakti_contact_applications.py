from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import email_normalize, formataddr
from odoo.tools.misc import clean_context

from ..tools import arguments, checked
from .kontakti_application import SEARCH

# In the context of a new form: the contact event and application it was opened from.
# The web client hands a default_* key to the form itself and to no other record that is
# made from it (a button's action, a new product of a line).
ORIGIN_KEY = "default_kontakti_origin"


class KontaktiContact(models.Model):
    """From a contact event to the other applications (S15-S21, T1-T17)."""

    _inherit = "kontakti.contact"

    applications = fields.Json(
        compute="_compute_applications", export_string_translation=False
    )

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_applications(self):
        available = self.env["kontakti.application"]._get_available()
        self.applications = [application._describe() for application in available]

    @api.readonly
    def get_applications(self):
        """Return what this user, in this company, may open now (S16).

        :return: ``[{"code", "name", "icon", "mode", "choices": [{"key", "name"}]}]``
        """
        self._ask_primary_if_unknown()
        self.check_access("read")
        available = self.env["kontakti.application"]._get_available()
        return [application._describe() for application in available]

    def open_application(self, code, choice=None):
        """Return the window action that leads to an application (T1-T17).

        :param str code: of a ``kontakti.application``
        :param str choice: ``entry`` or ``booking`` for the calendar, else nothing
        :raise AccessError: when the menu would not show the application
        :raise UserError: when the application cannot be opened, and what to do
        """
        arguments.one(self)
        self.check_access("read")
        application = self._get_application(code)
        self._check_choice(application, choice)
        special = getattr(self, f"_open_{application.code}", None)
        if special:
            return special(application)
        if application.mode == SEARCH:
            return self._open_search(application)
        return self._open_create(application, choice)

    def _get_application(self, code):
        available = self.env["kontakti.application"]._get_available()
        application = available.filtered(lambda app: app.code == code)
        if not application:
            raise AccessError(
                self.env._("You cannot open the application “%s” from here.", code)
            )
        return application

    def _check_choice(self, application, choice):
        keys = [found["key"] for found in application._get_choices()]
        if choice not in (keys or [None]):
            raise UserError(
                self.env._(
                    "Choose one of these for %(application)s: %(choices)s",
                    application=application.name,
                    choices=", ".join(keys) or "-",
                )
            )

    def _open_create(self, application, choice=None):
        """A new, unsaved form with the customer's data; saved, it is registered."""
        action = application._get_action_values()
        values = self._prepare_application_values(application, choice)
        kept = {
            key: value
            for key, value in action["context"].items()
            if not key.startswith("search_default_")
        }
        form = next((pair for pair in action["views"] if pair[1] == "form"), False)
        return {
            "type": "ir.actions.act_window",
            "name": application.name,
            "res_model": application._get_target()[0],
            "views": [form or (False, "form")],
            "context": {
                **kept,
                **{f"default_{name}": value for name, value in values.items()},
                ORIGIN_KEY: {"contact_id": self.id, "code": application.code},
            },
        }

    def _prepare_application_values(self, application, choice=None):
        """Return the values of the new document, empty for a typed customer (S17).

        An application's own are in ``_prepare_<code>_values``.
        """
        special = getattr(self, f"_prepare_{application.code}_values", None)
        if special:
            return special(choice) if choice else special()
        field = application._get_target()[2]
        return {field: self.partner_id.id} if field and self.partner_id else {}

    def _open_search(self, application):
        """The application's own list, the customer as a facet one can remove."""
        action = application._get_action_values()
        model, _xmlid, field = application._get_target()
        if field and self.partner_id and field in self.env[model]._fields:
            is_many = self.env[model]._fields[field].type == "many2many"
            partner = self.partner_id.ids if is_many else self.partner_id.id
            action["context"][f"search_default_{field}"] = partner
        return action

    def _open_message(self, application):
        """The full mail composer with the recipient, logged on the contact (T17)."""
        action = application._get_action_values()
        action["context"] = {
            **action["context"],
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_composition_mode": "comment",
            "default_subject": self.name,
            **self._prepare_message_recipients(),
        }
        return {**action, "target": "new", "name": application.name}

    def _prepare_message_recipients(self):
        """Return the composer's defaults: the customer, else the typed e-mail address.

        The address is the partner's who has it; nobody is added to the register (S17).
        """
        partner = self.partner_id
        if not partner and self.email:
            partner = self._partner_find_from_emails_single(
                [self.email], no_create=True
            )
        typed = email_normalize(self.email) if not partner else False
        if not typed:
            return {"default_partner_ids": partner.ids}
        name = self.contact_person or self.customer_name
        return {"default_kontakti_email_to": formataddr((name, typed))}

    def _open_pos(self, application):
        """A draft order with the customer in an open session of a till (T2).

        A typed customer transfers nothing: the till opens as it is (S17).
        """
        session = self._get_open_pos_session()
        if self.partner_id:
            order = self.env["pos.order"].create(self._prepare_pos_values(session))
            session.config_id.notify_synchronisation(session.id, 0)
            self._register_document(order)
        return {
            "type": "ir.actions.act_url",
            "url": f"/pos/ui/{session.config_id.id}",
            "target": "self",
        }

    def _get_open_pos_session(self):
        sessions = self.env["pos.session"].search(
            [("state", "=", "opened"), ("company_id", "=", self.env.company.id)],
            order="id desc",
        )
        mine = sessions.filtered(lambda session: session.user_id == self.env.user)
        if not sessions:
            raise UserError(
                self.env._(
                    "No point of sale session is open. Open the till first, then choose "
                    "Point of sale again."
                )
            )
        return (mine or sessions)[0]

    def _prepare_pos_values(self, session):
        """Return the values of the draft ``pos.order``; extend to add."""
        amounts = ("amount_tax", "amount_total", "amount_paid", "amount_return")
        return {
            "session_id": session.id,
            "partner_id": self.partner_id.id,
            "user_id": self.env.uid,
            "floating_order_name": self.partner_id.display_name,
            **dict.fromkeys(amounts, 0),
        }

    def _finish_sale_order(self, order):
        """A sales order opened from a contact is a confirmed order once saved (T5)."""
        order.action_confirm()

    @api.model
    def _register_saved(self, origin, document):
        """Register a document that the user saved in a form we opened.

        :param dict origin: what the form's context holds under ``ORIGIN_KEY``
        :param document: the new record
        :return: whether it was registered
        """
        clean = self.with_context(clean_context(self.env.context))
        contact_id = origin.get("contact_id")
        contact = clean.browse(contact_id if checked.is_id(contact_id) else []).exists()
        if not contact or not contact.has_access("read"):
            return False
        application = clean.env["kontakti.application"]._find(origin.get("code"))
        if not application or application._get_target()[0] != document._name:
            return False
        document = document.with_env(contact.env)
        finish = getattr(contact, f"_finish_{application.code}", None)
        if finish:
            finish(document)
        contact._register_document(document)
        return True
