from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from .kontakti_contact import ALL_OF_DOMAIN
from .kontakti_contact_calendar import ENTRY

DOCUMENT_MODELS = {
    "quotation": "sale.order",
    "sale_order": "sale.order",
    "invoice": "account.move",
    "calendar": "calendar.event",
}


class KontaktiContact(models.Model):
    """Server actions: a document for each of many contact events, all or nothing."""

    _inherit = "kontakti.contact"

    def action_create_documents(self, code):
        """Create and register one document a contact event.

        :param str code: ``quotation``, ``sale_order``, ``invoice`` or ``calendar``
        :return: the window action of the documents
        :raise UserError: names the contact events without a registered customer
        """
        if code not in DOCUMENT_MODELS:
            raise UserError(self.env._("There is no document “%s” to create.", code))
        self._check_registered_customers()
        # without the defaults of the list that the contact events were chosen in
        model = self.env[DOCUMENT_MODELS[code]].with_context(
            clean_context(self.env.context), skip_contact_description=True
        )
        documents = model.browse()
        for contact in self:
            company = contact.company_id or self.env.company
            values = contact._prepare_document_values(code)
            document = model.with_company(company).create(values)
            contact._finish_document(code, document)
            documents |= document
        return self._get_documents_action(documents)

    def _check_registered_customers(self):
        missing = self.filtered(lambda contact: not contact.partner_id)
        if missing:
            raise UserError(
                self.env._(
                    "These contact events have no customer in the register: %s. "
                    "Nothing was created. Choose or create their customers first.",
                    ", ".join(missing.mapped("name")),
                )
            )

    def _prepare_document_values(self, code):
        """Return the values of one document; extend to add."""
        if code == "calendar":
            return self._prepare_calendar_event_values(ENTRY)
        values = {"partner_id": self.partner_id.id}
        return {**values, "move_type": "out_invoice"} if code == "invoice" else values

    def _finish_document(self, code, document):
        finish = getattr(self, f"_finish_{code}", None)
        if finish:
            finish(document)
        self._register_document(document)

    def _get_documents_action(self, documents):
        action = {
            "type": "ir.actions.act_window",
            "name": documents._description,
            "res_model": documents._name,
            "context": ALL_OF_DOMAIN,
        }
        if len(documents) == 1:
            return {**action, "res_id": documents.id, "views": [(False, "form")]}
        domain = [("id", "in", documents.ids)]
        return {**action, "domain": domain, "views": [(False, "list"), (False, "form")]}
