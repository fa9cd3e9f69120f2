from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import arguments
from ..kontakti_application import MESSAGE, SEARCH
from .kontakti_contact import ALL_OF_DOMAIN

# In the context of a new form: the contact event and application it was opened from.
# The web client hands a default_* key to the form itself and to no other record that is
# made from it (a button's action, a new product of a line).
ORIGIN_KEY = "default_kontakti_origin"
# The address of such a form, by which it is opened again: unsaved_form/open_again.js
PATH = "kontakti-new"
COMPOSER = "mail.compose.message"


class KontaktiContact(models.Model):
    """From a contact event to the other applications (S15-S21, T1-T17)."""

    _inherit = "kontakti.contact"

    applications = fields.Json(
        compute="_compute_applications", export_string_translation=False
    )

    @api.depends("company_id")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_applications(self):
        for contacts in self.grouped("company_id").values():
            available = contacts._get_available_applications()
            contacts.applications = [found._describe() for found in available]

    @api.readonly
    def get_applications(self):
        """Return what this user may open now, in the contact event's company (S16).

        :return: ``[{"code", "name", "icon", "mode", "choices": [{"key", "name"}]}]``
        """
        self._ask_primary_if_unknown()
        self.check_access("read")
        available = self._get_available_applications()
        return [application._describe() for application in available]

    def _get_available_applications(self):
        """Return the applications of contact events of one company."""
        return self._in_own_company().env["kontakti.application"]._get_available()

    def _in_own_company(self):
        """Return ``self`` with its company as the current one, the others beside it.

        Contact events of no company, of several, or of one that the user has left stay
        in the company that is chosen.
        """
        company = self.company_id
        may_use = self.env.su or company.id in self.env.user._get_company_ids()
        return self.with_company(company) if len(company) == 1 and may_use else self

    def open_application(self, code, choice=None):
        """Return the window action that leads to an application (T1-T17).

        :param str code: of a ``kontakti.application``
        :param str choice: ``entry`` or ``booking`` for the calendar, else nothing
        :raise AccessError: when the menu would not show the application
        :raise UserError: when the application cannot be opened, and what to do
        """
        arguments.one(self)
        self.check_access("read")
        own = self._in_own_company()
        action = own._open_available(own._get_application(code), choice)
        if own.env.company == self.env.company or "context" not in action:
            return action
        return {
            **action,
            "context": {**own._get_company_keys(action), **action["context"]},
        }

    def _get_company_keys(self, action):
        """Return the keys by which what ``action`` opens is of the current company.

        The web client puts the chosen companies over those of the context: a new form
        of ours asks for them (unsaved_form.js), what is made in a list has a default.
        """
        keys = {"allowed_company_ids": self.env.companies.ids}
        field = self.env[action["res_model"]]._fields.get("company_id")
        if field and field.store and not field.related:
            keys["default_company_id"] = self.env.company.id
        return keys

    def _open_available(self, application, choice):
        self._check_choice(application, choice)
        if application.mode == MESSAGE:
            return self._open_composer(application)
        special = self._open_specially(application)
        if special:
            return special
        if application.mode == SEARCH:
            return self._open_search(application)
        return self._open_create(application, choice)

    def _get_application(self, code):
        available = self._get_available_applications()
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
        values = self._get_application_values(application, choice)
        kept = {
            key: value
            for key, value in action["context"].items()
            if not key.startswith("search_default_")
        }
        form = next((pair for pair in action["views"] if pair[1] == "form"), False)
        model = application._get_target()[0]
        origin = {
            "contact_id": self.id,
            "code": application.code,
            "choice": choice or False,
            "companies": self.env.companies.ids,
            "model": model,
        }
        return {
            "type": "ir.actions.act_window",
            "name": application.name,
            "path": PATH,
            "res_model": model,
            "views": [form or (False, "form")],
            "context": {
                **kept,
                **{f"default_{name}": value for name, value in values.items()},
                ORIGIN_KEY: origin,
            },
        }

    def _open_search(self, application):
        """The application's own list, the customer as a facet one can remove.

        A default filter of the user's would take that facet's place.
        """
        action = application._get_action_values()
        model, _xmlid, field = application._get_target()
        if field and self.partner_id and field in self.env[model]._fields:
            is_many = self.env[model]._fields[field].type == "many2many"
            partner = self.partner_id.ids if is_many else self.partner_id.id
            action["context"] |= {**ALL_OF_DOMAIN, f"search_default_{field}": partner}
        return action

    def _open_composer(self, application):
        """The full mail composer with the recipient, logged on the contact (T17)."""
        action = application._get_action_values()
        if action["res_model"] != COMPOSER:
            plain = {"type": "ir.actions.act_window", "res_model": COMPOSER}
            action = {**plain, "context": action["context"]}
        forms = [pair for pair in action.get("views", ()) if pair[1] == "form"]
        action["views"] = forms or [(False, "form")]
        action["context"] = {
            **action["context"],
            "default_model": self._name,
            "default_res_ids": self.ids,
            "default_composition_mode": "comment",
            "default_subject": self.name,
            **self._prepare_message_recipients(),
        }
        return {**action, "target": "new", "name": application.name}
