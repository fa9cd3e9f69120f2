from odoo import api, models
from odoo.tools import SQL

WIZARD = "privacy.lookup.wizard"
LINE = "privacy.lookup.wizard.line"
PATCHED = ((WIZARD, "_get_query"), (WIZARD, "action_lookup"), (LINE, "action_unlink"))


class KontaktiContact(models.Model):
    """What Odoo's personal-data tool tells of personal contact events (S8).

    The tool lists every record with a person's data, by id and name, to an
    administrator. Others' personal contact events are one line without either: how
    many they are and whose. Deleting that line deletes them.

    The tool is no dependency, so its methods are extended when the registry is loaded.
    """

    _inherit = "kontakti.contact"

    def _register_hook(self):
        super()._register_hook()
        if WIZARD not in self.env:
            return
        wraps = (self._wrap_get_query, self._wrap_lookup, self._wrap_unlink)
        for (model, name), wrap in zip(PATCHED, wraps, strict=True):
            model_class = self.env.registry[model]
            origin = getattr(model_class, name)
            if not hasattr(origin, "kontakti_origin"):
                wrapped = wrap(origin)
                wrapped.kontakti_origin = origin
                setattr(model_class, name, wrapped)

    def _unregister_hook(self):
        """Take back :meth:`_register_hook`."""
        super()._unregister_hook()
        for model, name in PATCHED if WIZARD in self.env else ():
            model_class = self.env.registry[model]
            if hasattr(vars(model_class).get(name), "kontakti_origin"):
                delattr(model_class, name)

    @api.model
    def _wrap_get_query(self, origin):
        def _get_query(wizard):
            """Add: without others' personal contact events and what hangs on them."""
            return SQL(
                "SELECT * FROM (%s) AS found WHERE NOT (%s)",
                origin(wizard),
                wizard.env["kontakti.contact"]._get_hidden_found_sql(),
            )

        return _get_query

    @api.model
    def _wrap_lookup(self, origin):
        def action_lookup(wizard):
            """Add: one line on others' personal contact events."""
            result = origin(wizard)
            hidden = wizard.env["kontakti.contact"]._find_hidden_with_data(wizard)
            if hidden:
                wizard.line_ids = [(0, 0, hidden._prepare_hidden_line())]
            return result

        return action_lookup

    @api.model
    def _wrap_unlink(self, origin):
        def action_unlink(line):
            """Add: the line on others' personal contact events stands for them."""
            if line.res_model == "kontakti.contact" and not line.res_id:
                contacts = line.env["kontakti.contact"]
                contacts._find_hidden_with_data(line.wizard_id).unlink()
            return origin(line)

        return action_unlink

    @api.model
    def _get_hidden_found_sql(self):
        """Return the condition that the tool's row is on what is hidden from the user."""
        # sudo: which are hidden; nothing of them is told
        hidden = self.sudo()._search(self._get_hidden_personal_domain())
        messages = self.env["mail.message"].sudo()  # sudo: as above
        messages = messages._search(
            [("kontakti_owner_id", "not in", [False, self.env.uid])]
        )
        rows = [(self._name, hidden), ("mail.message", messages)]
        return SQL(" OR ").join(
            SQL(
                "(found.res_model_id = %s AND found.res_id IN %s)",
                self.env["ir.model"]._get_id(model),
                query.subselect(),
            )
            for model, query in rows
        )

    @api.model
    def _find_hidden_with_data(self, wizard):
        """Return others' personal contact events with the person's data, as superuser.

        :param wizard: the tool (``privacy.lookup.wizard``), which an administrator uses
        """
        query = type(wizard)._get_query.kontakti_origin(wizard)
        found = self.env.execute_query(
            SQL(
                "SELECT res_id FROM (%s) AS found WHERE res_model_id = %s",
                query,
                self.env["ir.model"]._get_id(self._name),
            )
        )
        # sudo: only their number and their owners are told
        contacts = self.sudo().browse(res_id for (res_id,) in found)
        return contacts.filtered_domain(self._get_hidden_personal_domain())

    def _prepare_hidden_line(self):
        """Return the values of the tool's line on these, without id and text."""
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": 0,
            "is_active": True,
            "res_name": self.env._(
                "%(number)s personal contact events of %(owners)s",
                number=len(self),
                owners=", ".join(sorted(self.contacted_by_id.mapped("name"))),
            ),
        }
