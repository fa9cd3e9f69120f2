from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from .kontakti_contact import ALL_OF_DOMAIN
from .kontakti_contact_calendar import ENTRY, SAME_REQUEST

DOCUMENT_MODELS = {
    "quotation": "sale.order",
    "sale_order": "sale.order",
    "invoice": "account.move",
    "calendar": "calendar.event",
}


class KontaktiContact(models.Model):
    """Server actions: a document for each of many contact events, all or nothing."""

    _inherit = "kontakti.contact"

    # what users had created a moment ago: {code and user: {"id", "time"}}
    last_documents = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    def action_create_documents(self, code):
        """Create and register one document a contact event.

        A second click, or one at the same moment, leads to the same documents.

        :param str code: ``quotation``, ``sale_order``, ``invoice`` or ``calendar``
        :return: the window action of the documents
        :raise UserError: names the contact events without a registered customer
        """
        if code not in [*DOCUMENT_MODELS]:
            raise UserError(self.env._("There is no document “%s” to create.", code))
        self._check_registered_customers()
        self.check_access("read")
        self._take_turns()
        # without the defaults of the list that the contact events were chosen in
        model = self.env[DOCUMENT_MODELS[code]].with_context(
            clean_context(self.env.context), skip_contact_description=True
        )
        documents = model.browse()
        for contact in self:
            just_created = model.browse(contact._get_just_created(code)).exists()
            documents |= just_created or contact._create_document(code, model)
        return self._get_documents_action(documents)

    def _get_just_created(self, code):
        """Return the ids of what this user had created of ``code`` a moment ago."""
        made = self._get_last_documents().get(self._get_document_key(code))
        # what was created at this very microsecond is of this transaction
        if not made or made["time"] == _as_text(self.env.cr.now()):
            return []
        return [made["id"]]

    def _get_last_documents(self):
        """Return ``{code and user: {"id", "time"}}`` of the last seconds."""
        since = _as_text(self.env.cr.now() - SAME_REQUEST)
        # sudo: closed to users; each is told of the own ones alone
        made = self.sudo().last_documents or {}
        return {key: value for key, value in made.items() if value["time"] > since}

    def _get_document_key(self, code):
        return f"{code} {self.env.uid}"

    def _create_document(self, code, model):
        company = self.company_id or self.env.company
        values = self._prepare_document_values(code)
        document = model.with_company(company).create(values)
        self._finish_document(code, document)
        made = {"id": document.id, "time": _as_text(self.env.cr.now())}
        # sudo: closed to users, and who may only read may create documents
        self.sudo().last_documents = {
            **self._get_last_documents(),
            self._get_document_key(code): made,
        }
        return document

    def _check_registered_customers(self):
        missing = self.filtered(lambda contact: not contact.partner_id)
        if missing:
            raise UserError(
                self.env._(
                    "These contact events have no customer in the register: %s. "
                    "Nothing was created. Choose or create their customers first.",
                    ", ".join(filter(None, missing.mapped("name"))),
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


def _as_text(moment):
    return moment.isoformat(timespec="microseconds")
