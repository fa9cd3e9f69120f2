from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ...tools import arguments
from ..kontakti_application import CALENDAR, CREATE, ENTRY
from .calendar import SAME_REQUEST

# in the context: the document was there before the contact event
LOGGED_FROM_KEY = "kontakti_logged_from"
DOCUMENT_MODELS = {
    "quotation": "sale.order",
    "sale_order": "sale.order",
    "invoice": "account.move",
    CALENDAR: "calendar.event",
}


class KontaktiContact(models.Model):
    """Documents made from contact events, and registered with them (S17-S19, T5).

    The form that the Applications menu opened is saved by :meth:`save_document`; the
    server actions make a document for each of many contact events, all or nothing.
    """

    _inherit = "kontakti.contact"

    # what users had created a moment ago: {code and user: {"id", "time"}}
    last_documents = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    def action_create_documents(self, code):
        """Create and register one document a contact event.

        A second click, or one at the same moment, leads to the same documents.

        :param str code: ``quotation``, ``sale_order``, ``invoice`` or ``calendar``, or of
            an addon's own application that opens a new form
        :return: the window action of the documents
        :raise UserError: names the contact events without a registered customer
        """
        model = self._get_document_model(code)
        self._check_registered_customers()
        self.check_access("read")
        self._take_turns()
        documents = model.browse()
        for contact in self:
            just_created = model.browse(contact._get_just_created(code)).exists()
            documents |= just_created or contact._create_document(code, model)
        return self._get_action_of(documents, documents._description)

    def _get_document_model(self, code):
        """Return the model of the documents, without the defaults of the list.

        :raise UserError: when there is no such application
        """
        # the defaults of the list that the contact events were chosen in are not meant
        context = {**clean_context(self.env.context), "skip_contact_description": True}
        if code in [*DOCUMENT_MODELS]:
            return self.env[DOCUMENT_MODELS[code]].with_context(context)
        own = self._in_own_company()
        application = own.env["kontakti.application"]._find(code)
        if not self._may_create_many(application):
            raise UserError(self.env._("There is no document “%s” to create.", code))
        context |= application._evaluate(application.context)
        return self.env[application._get_target()[0]].with_context(context)

    def _may_create_many(self, application):
        """Return whether an addon's own application makes documents, and of the user."""
        return (
            application.mode == CREATE
            and not application._get_choices()
            and not self._get_application_hook(application.code, "open")
            and application._is_available()
        )

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
        self._register_document(document)
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
        """Return the values of one document that a server action creates; extend to add.

        :param str code: of the application
        :return: ``{field: value}`` as ``create`` of the document's model takes them
        """
        if code == CALENDAR:
            return self._prepare_saved_event_values(ENTRY)
        if code not in DOCUMENT_MODELS:
            application = self.env["kontakti.application"]._find(code)
            return self._in_own_company()._get_application_values(application)
        values = {"partner_id": self.partner_id.id}
        return {**values, "move_type": "out_invoice"} if code == "invoice" else values

    def save_document(self, code, values, specification, is_own_save=True):
        """Save the new document of a form that :meth:`open_application` opened.

        Saved and registered in one transaction: both exist, or neither.

        :param str code: of the ``kontakti.application``
        :param dict values: of the document, as ``web_save`` takes them; the defaults of
            the form are in the context, as there
        :param dict specification: what to read of it, as ``web_save`` takes it
        :param bool is_own_save: the user saved it; else a button in the form did, on
            its way to what the button does, and nothing is finished
        :return: ``{"records": what web_save returns, "message": text or False}``
        :raise AccessError: when the user may not read the contact event, or not make
            such a document
        :raise UserError: when there is no such application, or the arguments are wrong
        """
        arguments.one(self).check_access("read")
        arguments.values(self.env, values)
        arguments.specification(self.env, "specification", specification)
        application, model = self._find_target(code)
        own = self._in_own_company()
        forms = own.env[model]
        records = forms.web_save(values, specification)
        document = forms.browse(records[0]["id"])
        message = own._register_saved(application, document, is_own_save)
        # finishing it may have changed what the form shows
        shown = document.with_context(bin_size=True).web_read(specification)
        return {"records": shown, "message": message or False}

    def _find_target(self, code):
        """Return an application and its model, offered in the menu or not.

        Somebody fills in a form for long: the document is saved, by the user's own
        rights to it, when the application was turned off meanwhile.
        """
        application = self.env["kontakti.application"]._find(code)
        model = application and application._get_target()[0]
        if not model:
            raise UserError(self.env._("There is no application “%s”.", code))
        return application, model

    def _register_saved(self, application, document, is_own_save):
        """Finish what the user saved, and register it; return what to tell the user."""
        clean = self.with_context(clean_context(self.env.context))
        document = document.with_env(clean.env)
        message = None
        if is_own_save:
            message = clean._finish_saved(application.code, document)
        clean._register_document(document)
        return message

    def _finish_saved(self, code, document):
        """Finish a document, or return why it has to stay as it is."""
        message = self._get_hindrance(code, document)
        if not message:
            self._finish_document(code, document)
        return message

    def _application_sale_order_finish(self, document):
        """A sales order opened from a contact is a confirmed order once saved (T5)."""
        document.action_confirm()

    def _application_sale_order_hindrance(self, document):
        """Return what to tell of a sales order without lines, which stays a draft."""
        if document.order_line.filtered(lambda line: not line.display_type):
            return None
        return self.env._(
            "Saved as a quotation: there are no products in it yet. Add them, then "
            "press Confirm."
        )

    def _register_document(self, document):
        """Note in the chatter that ``document`` was made from this contact event.

        The hook of the Applications (S18): kontakti_contact_links extends it. A calendar
        event is kept with its contact event, private if that is personal.

        :param document: one record of any model, saved
        :raise UserError: when the document is not saved
        """
        self.ensure_one()
        if not document.id:
            raise UserError(self.env._("Save the document before registering it."))
        if document._name == "calendar.event":
            document._keep_with_kontakti_contact(self)
        self.message_post(
            body=self._get_document_note(self._get_document_link(document)),
            subtype_xmlid="mail.mt_note",
        )

    @api.model
    def _get_document_note(self, link):
        """Return what the note on a document says; of one it was logged from, so."""
        if self.env.context.get(LOGGED_FROM_KEY):
            return self.env._("Logged from: %s", link)
        return self.env._("Created: %s", link)

    def _get_document_link(self, document):
        """Return the link (``Markup``) to ``document`` in the note on it."""
        return document._get_html_link(title=self._get_document_name(document))

    @api.model
    def _get_document_name(self, document):
        """Return what a document is called, ``False`` while it has no name or number.

        An order at the till has a receipt number long before it has a name.
        """
        name = document.display_name
        if name == "/" and "pos_reference" in document._fields:
            name = document.pos_reference
        return name != "/" and name


def _as_text(moment):
    return moment.isoformat(timespec="microseconds")
