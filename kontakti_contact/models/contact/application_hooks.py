from odoo import models


class KontaktiContact(models.Model):
    """What is special about an application, by its code: the hooks, and who calls them.

    A hook is a method ``_application_<code>_<hook>`` of ``kontakti.contact``, called with
    one contact event as ``self`` in the company of the contact event. No other method
    begins with ``_application_``, so no code runs into one. All hooks are optional.
    """

    _inherit = "kontakti.contact"

    def _get_application_hook(self, code, hook):
        """Return the method ``_application_<code>_<hook>``, or None."""
        return getattr(self, f"_application_{code}_{hook}", None)

    def _get_application_values(self, application, choice=None):
        """Call ``_application_<code>_values(choice=None)``: the new document's values.

        Instead of the customer in the application's ``partner_field``.

        :param str choice: of those that ``kontakti.application._get_choices`` returns;
            None for an application without any
        :return: ``{field: value}`` as ``create`` of the document's model takes them,
            without ``default_``: ids, numbers, dates and text, lengths of time in hours.
            Of a customer who is not in the register nothing, or what the contact event
            says of them (S17)
        :raise UserError: when there can be no such document now; the user is told

        ::

            def _application_ticket_values(self, choice=None):
                return {"client_id": self.partner_id.id, "client_phone": self.phone}
        """
        hook = self._get_application_hook(application.code, "values")
        if hook:
            return hook(choice)
        field = application._get_target()[2]
        return {field: self.partner_id.id} if field and self.partner_id else {}

    def _open_specially(self, application):
        """Call ``_application_<code>_open(application)``: neither a new form nor a list.

        :param application: the ``kontakti.application`` that was chosen
        :return: an action (a dict); None when the application has no such hook
        :raise UserError: when it cannot be opened now, and what to do

        ::

            def _application_pos_open(self, application):
                return {"type": "ir.actions.act_url", "url": "/pos/ui/1", "target": "self"}
        """
        hook = self._get_application_hook(application.code, "open")
        return hook and hook(application)

    def _finish_document(self, code, document):
        """Call ``_application_<code>_finish(document)``: once, after the first save.

        After the user has saved the new document and before it is registered; not when
        a button in its form saved it. ``action_create_documents`` calls it too.

        :param document: one saved record
        :return: nothing
        :raise UserError: then the document is not saved either

        ::

            def _application_ticket_finish(self, document):
                document.is_received = True
        """
        hook = self._get_application_hook(code, "finish")
        if hook:
            hook(document)

    def _get_hindrance(self, code, document):
        """Call ``_application_<code>_hindrance(document)``: why it cannot be finished.

        :param document: one saved record
        :return: text for the user, who is told, and ``…_finish`` is not called; None
            when nothing hinders

        ::

            def _application_sale_order_hindrance(self, document):
                return None if document.order_line else self.env._("No products yet.")
        """
        hook = self._get_application_hook(code, "hindrance")
        return hook and hook(document)
