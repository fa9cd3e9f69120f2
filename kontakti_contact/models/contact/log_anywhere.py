from odoo import api, models
from odoo.exceptions import UserError

from ...tools import arguments
from .documents import LOGGED_FROM_KEY

ABOUT = ("name", "partner_id", "customer_name", "phone", "purpose_id", "personal")
DOCUMENT_KEY = "document"
OTHER_CUSTOMER_FIELDS = ("partner_id", "customer_id", "partner_customer_id")
UNKNOWN = {"partner_id": False, "customer": "", "phone": "", "subject": ""}


class KontaktiContact(models.Model):
    """Log a contact from any screen: the customer of the record shown is known (S1, S18)."""

    _inherit = "kontakti.contact"

    @api.model
    @api.readonly
    def get_log_defaults(self, model, res_id):
        """Return whose contact is logged from the form of a record.

        :param str model: of the record
        :param int res_id: its id
        :return: ``{"partner_id": id or False, "customer": name, "phone": text,
            "subject": the record's name}``, without what the user may not read; all
            empty of what is no record
        """
        record = self._find_shown(model, res_id)
        if not record:
            return dict(UNKNOWN)
        partner = record._filtered_access("read") and self._get_customer_of(record)
        is_document = record._name not in ("res.partner", self._name)
        return {
            "partner_id": partner.id,
            "customer": partner.display_name or "",
            "phone": partner.phone or "",
            "subject": record.display_name if is_document else "",
        }

    @api.model
    def _find_shown(self, model, res_id):
        """Return the record that the user may read; none when there is no such one."""
        name = arguments.text(self.env, "model", model)
        [found_id] = arguments.ids(self.env, "res_id", [res_id])
        found = self.env.get(name)
        if found is None or found._abstract or found._transient:
            return None
        return found.browse(found_id).exists()._filtered_access("read")

    @api.model
    def _get_customer_of(self, record):
        """Return the customer of a record, as the Applications menu hands it over."""
        partners = self.env["res.partner"]
        if record._name == partners._name:
            return record
        every = self.env["kontakti.application"].with_context(active_test=False)
        applications = every.search([("res_model", "=", record._name)])
        names = [*applications.mapped("partner_field"), *OTHER_CUSTOMER_FIELDS]
        for name in filter(None, names):
            field = record._fields.get(name)
            if field and field.comodel_name == partners._name and record[name]:
                return record[name][:1]._filtered_access("read")
        return partners

    @api.model
    def action_log_new(self, values):
        """Log a contact that has taken place, and plan the next one, in one transaction.

        :param dict values: as of :meth:`action_log_and_plan`, and any of ``name``,
            ``partner_id``, ``customer_name``, ``phone``, ``purpose_id``, ``personal``;
            ``document`` (``{"model": "sale.order", "id": 7}``) is what it was logged
            from: it is registered with the contact event
        :return: ``{"done": id, "next": id or False}``, the argument of
            :meth:`action_undo_log_and_plan`, which deletes both
        :raise UserError: when ``values`` holds anything else; then nothing is logged
        """
        arguments.mapping(self.env, "values", values)
        document = self._find_logged_from(values.get(DOCUMENT_KEY))
        about = {name: values[name] for name in ABOUT if name in values}
        logged = {
            name: value
            for name, value in values.items()
            if name not in ABOUT and name != DOCUMENT_KEY
        }
        if not about.get("name"):
            about["name"] = self.env._("Contact")
        contact = self.create(about)
        result = contact.action_log_and_plan(logged)
        contact._note_as_new()
        if document:
            logged_from = contact.with_context(**{LOGGED_FROM_KEY: True})
            logged_from._register_document(document)
        return result

    @api.model
    def _find_logged_from(self, document):
        """Return the record that a contact is logged from; none when none is given."""
        if not document:
            return None
        arguments.mapping(self.env, DOCUMENT_KEY, document)
        record = self._find_shown(document.get("model"), document.get("id"))
        if not record:
            raise UserError(self.env._("There is no such document."))
        return record
