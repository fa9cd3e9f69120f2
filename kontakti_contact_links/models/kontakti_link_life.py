from odoo import api, models, tools
from odoo.tools.sql import table_exists


class KontaktiLink(models.Model):
    """What becomes of links when their records are deleted, merged or uninstalled."""

    _inherit = "kontakti.link"

    @api.model
    @tools.ormcache()
    def _get_linked_models(self):
        """Return the set of the models of linked records: maybe more, never fewer."""
        if not table_exists(self.env.cr, self._table):  # while being (un)installed
            return frozenset()
        # sudo: names of models, whoever asks
        links = self.sudo()
        return frozenset(
            model
            for field in ("source_model", "target_model")
            for (model,) in links._read_group([], [field])
        )

    def _remember_linked_models(self):
        models = {model for link in self.sudo() for model, _id in link._get_ends()}
        if models - self._get_linked_models():
            self.env.registry.clear_cache()
            # again when others can see the link: a thread may have looked meanwhile
            self.env.cr.postcommit.add(self.env.registry.clear_cache)
