from odoo import api, models, tools
from odoo.fields import Domain

from odoo.addons.kontakti_contact.models.kontakti_application import CREATE, SEARCH

# What an application shows where its action has no domain that says so: Odoo's two of
# sales orders have none, and name by their default filters what they are for.
SHOWN_BY_CODE = {"quotation": [("state", "in", ["draft", "sent", "cancel"])]}


class KontaktiApplication(models.Model):
    """The models of the applications take part in links."""

    _name = "kontakti.application"
    _inherit = ["kontakti.application", "kontakti.link.cache.mixin"]

    @api.model
    def _get_linkable(self):
        """Return the active applications whose documents take part, in their order."""
        return self.browse(self._get_linkable_ids())

    @api.model
    @tools.ormcache()
    def _get_linkable_ids(self):
        # sudo: the same for everybody, so that it can be kept
        linkable = self.sudo().search(
            Domain("active", "=", True) & Domain("mode", "in", [CREATE, SEARCH])
        )
        return linkable.ids

    def _get_showing(self, records):
        """Return ``{id: application}`` of the application that shows each record.

        Of several applications, the one whose action's domain the record is in (a
        vendor bill, not an invoice); else the first without a domain; else none (the
        entry of a payment is neither).

        :param records: of the one model that all of ``self`` have; ``self`` may be empty
        """
        domains = {app: app._get_action_domain() for app in self}
        plain = self.filtered(lambda app: domains[app].is_true())
        showing = dict.fromkeys(records.ids, plain[:1])
        for app in reversed(self - plain):
            # sudo: only chooses a name for records that the user may read
            shown = records.sudo().filtered_domain(domains[app])
            showing.update(dict.fromkeys(shown.ids, app))
        return showing

    def _get_action_domain(self):
        """Return the domain of the action, all when it cannot be asked here."""
        try:
            domain = Domain(self._evaluate(self._get_action().domain or "[]"))
            domain &= Domain(SHOWN_BY_CODE.get(self.code, []))
            # sudo: asks whether the fields exist, and reads nothing
            domain.validate(self.env[self._get_target()[0]].sudo())
        except (ValueError, SyntaxError):
            # names that only the web client knows, or a field that is gone
            return Domain.TRUE
        return domain
