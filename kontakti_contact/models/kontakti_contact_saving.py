from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ..tools import arguments


class KontaktiContact(models.Model):
    """Saving the documents whose forms the Applications menu opened (S17, S19, T5)."""

    _inherit = "kontakti.contact"

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
        hindrance = getattr(self, f"_get_{code}_hindrance", None)
        message = hindrance and hindrance(document)
        finish = getattr(self, f"_finish_{code}", None)
        if finish and not message:
            finish(document)
        return message

    def _finish_sale_order(self, order):
        """A sales order opened from a contact is a confirmed order once saved (T5)."""
        order.action_confirm()

    def _get_sale_order_hindrance(self, order):
        """Return what to tell of a sales order without lines, which stays a draft."""
        if order.order_line.filtered(lambda line: not line.display_type):
            return None
        return self.env._(
            "Saved as a quotation: there are no products in it yet. Add them, then "
            "press Confirm."
        )
