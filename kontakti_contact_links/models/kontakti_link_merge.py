from collections import defaultdict

from odoo import api, models

LINK = "kontakti.link"
# What Odoo calls on the record that others are merged into, with those others; these
# addons are no dependency of ours, so that nothing of them can be inherited.
MERGES = {
    "crm.lead": "_merge_dependences",
    "purchase.order": "_merge_alternative_po",
}


class KontaktiLink(models.Model):
    """Links follow records that are merged into one (S18)."""

    _inherit = "kontakti.link"

    @api.model
    def _move(self, sources, destination):
        """Let the links of ``sources`` follow to the record they were merged into.

        :param sources: records of one model
        :param destination: one record
        """
        if sources._name in self._get_linked_models():
            self._follow(sources, destination)
            self._look_again_after_commit(moved=(sources, destination))

    @api.model
    def _follow(self, sources, destination):
        links = self._find_of(sources)
        new_end = (destination._name, destination.id)
        if not links or not self._hold_ends({new_end}):
            return
        old_ends = {(sources._name, res_id) for res_id in sources.ids}
        kept = self._find_of(destination) - links
        taken = {new_end} | {link._get_other_end(*new_end) for link in kept}
        moved = defaultdict(self.browse)
        for link in links.sorted("id"):
            source, target = link._get_ends()
            end, other = (
                ("source", target) if source in old_ends else ("target", source)
            )
            if other not in taken | old_ends:
                moved[end] += link
                taken.add(other)
        (links - moved["source"] - moved["target"]).unlink()
        for end, following in moved.items():
            following.write(
                {f"{end}_model": destination._name, f"{end}_id": destination.id}
            )
        links.exists()._remember_linked_models()

    @api.model
    def _find_of(self, records):
        """Return the links of ``records``: no query when their model has none."""
        if records._name not in self._get_linked_models():
            return self.browse()
        return self.search(self._get_links_domain(records._name, records.ids))

    def _register_hook(self):
        """Let links follow in merges of addons that are no dependency of ours."""
        super()._register_hook()
        for model, name in MERGES.items():
            merging = self.env.registry.get(model)
            merge = getattr(merging, name, None)
            if merge and not hasattr(merge, "kontakti_links"):
                setattr(merging, name, self._get_following(merge))

    def _get_following(self, merge):
        """Return the method ``merge`` of a model, with which links follow."""

        def merge_with_links(destination, sources):
            # sudo: who may merge records moves all that hangs on them
            destination.env[LINK].sudo()._move(sources, destination)
            return merge(destination, sources)

        merge_with_links.kontakti_links = True
        return merge_with_links

    def _unregister_hook(self):
        """Take back :meth:`_register_hook`."""
        super()._unregister_hook()
        for model, name in MERGES.items():
            merging = self.env.registry.get(model)
            if hasattr(getattr(merging, name, None), "kontakti_links"):
                delattr(merging, name)
