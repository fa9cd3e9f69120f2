import warnings

from odoo import api, models

# What the hooks were called before 19.0.1.3.0, when names of ours could be like them.
FORMER = {
    "values": "_prepare_{}_values",
    "open": "_open_{}",
    "finish": "_finish_{}",
    "hindrance": "_get_{}_hindrance",
}
OURS = ("odoo.addons.kontakti_contact.", "odoo.addons.kontakti_contact_links.")


class KontaktiContact(models.Model):
    """What is special about an application, by its code: the hooks, and who calls them.

    A hook is a method ``_application_<code>_<hook>`` of ``kontakti.contact``, called with
    one contact event as ``self`` in the company of the contact event. No other method
    begins with ``_application_``, so no code runs into one. All hooks are optional.

    An addon written for an earlier version is served too: a hook by its former name is
    called when no method of ours has that name.
    """

    _inherit = "kontakti.contact"

    def _get_application_hook(self, code, hook):
        """Return the method ``_application_<code>_<hook>``, or None."""
        name = f"_application_{code}_{hook}"
        return getattr(self, name, None) or self._get_former_hook(code, hook, name)

    def _get_former_hook(self, code, hook, name):
        former = FORMER[hook].format(code)
        method = None if self._is_ours(former) else getattr(self, former, None)
        if method is None:
            return None
        warnings.warn(
            f"{former} is called {name} now", DeprecationWarning, stacklevel=2
        )
        if hook != "values":
            return method
        return lambda choice=None: method(choice) if choice else method()

    @api.model
    def _is_ours(self, name):
        """Return whether a class of these addons has an attribute of that name."""
        classes = self.env.registry["kontakti.contact"].mro()
        ours = [cls for cls in classes if cls.__module__.startswith(OURS)]
        return any(name in vars(cls) for cls in ours)

    @api.model
    def _is_code_taken(self, code):
        """Return whether a former name of a hook for ``code`` is a method of ours."""
        return any(self._is_ours(former.format(code)) for former in FORMER.values())

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
