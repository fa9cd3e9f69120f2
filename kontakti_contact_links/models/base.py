from odoo import models

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


class Base(models.AbstractModel):
    """Every model may take part in links; what is deleted loses them."""

    _inherit = "base"

    # True in the class of a model: it has the Links menu, and can be added in it.
    _kontakti_links = False

    def unlink(self):
        """Add: links go with their record, and contact events at the other end say so.

        Without links of the model this costs no query.
        """
        # sudo: whoever deletes a record takes its links away
        links = self.env["kontakti.link"].sudo()._find_of(self)
        if not links:
            return super().unlink()
        told = (
            ()
            if self.env.context.get(MODULE_UNINSTALL_FLAG)
            else self._get_kontakti_told()
        )
        traces = links._prepare_traces({(self._name, record.id) for record in told})
        result = super().unlink()
        links.unlink()
        links._log_traces(traces)
        return result

    def _get_kontakti_told(self):
        """Return those of ``self`` whose deletion linked contact events tell of."""
        return self
