from collections import Counter, defaultdict

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import table_columns

from .kontakti_link import ENDS

CONTACT = "kontakti.contact"


class KontaktiLink(models.Model):
    """What becomes of links when their records are deleted, merged or uninstalled."""

    _inherit = "kontakti.link"

    @api.model
    @tools.ormcache()
    def _get_linked_models(self):
        """Return the set of the models of linked records: maybe more, never fewer."""
        return self._read_linked_models()

    @api.model
    def _read_linked_models(self):
        fields = ("source_model", "target_model")
        if not table_columns(self.env.cr, self._table).keys() >= set(fields):
            return frozenset()  # while the addon is being installed or uninstalled
        # sudo: names of models, whoever asks
        links = self.sudo()
        return frozenset(
            model for field in fields for (model,) in links._read_group([], [field])
        )

    def _remember_linked_models(self):
        models = {model for link in self for model, _id in link._get_ends()}
        if models - self._get_linked_models():
            self.env.registry.clear_cache()
            # again when others can see the link: a thread may have looked meanwhile
            self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    def _find_of(self, records):
        """Return the links of ``records``: no query when their model has none."""
        if records._name not in self._get_linked_models():
            return self.browse()
        return self.search(self._get_links_domain(records._name, records.ids))

    def _prepare_traces(self, gone):
        """Return ``{contact id: Counter(model)}`` of the ends that are going.

        :param gone: which ends (model, id) go and may be told of, a set
        """
        traces = defaultdict(Counter)
        for link in self:
            source, target = link._get_ends()
            for end, kept in ((source, target), (target, source)):
                if end in gone and kept[0] == CONTACT:
                    traces[kept[1]][end[0]] += 1
        return traces

    @api.model
    def _log_traces(self, traces):
        """Say in the chatter of contact events what was linked and is gone.

        Names the application and no record: not everybody who reads the contact event
        may have read that.
        """
        # sudo: whoever deletes a record need not be a Kontakti user
        contacts = self.env[CONTACT].sudo().browse(traces).exists()
        if not contacts:
            return
        models = {model for counter in traces.values() for model in counter}
        names = self._describe_models(models)
        bodies = {
            contact.id: self._get_trace_body(traces[contact.id], names)
            for contact in contacts
        }
        contacts._message_log_batch(bodies)

    @api.model
    def _get_trace_body(self, counter, names):
        [(first, count), *others] = counter.items()
        if count == 1 and not others:
            return self.env._("A linked record was deleted: %s", names[first]["name"])
        return self.env._(
            "Linked records were deleted: %s",
            ", ".join(
                f"{names[model]['name']} ({counter[model]})" for model in counter
            ),
        )

    @api.model
    def _forget_models(self, names):
        """Remove the links of models that go away with their addon."""
        links = self.search(
            Domain.OR(
                Domain(f"{end}_model", "in", names) for end in ("source", "target")
            )
        )
        ends = {end for link in links for end in link._get_ends()}
        traces = links._prepare_traces({end for end in ends if end[0] in names})
        self._log_traces(traces)
        links.unlink()

    @api.model
    def _move(self, sources, destination):
        """Let the links of ``sources`` follow to the record they were merged into.

        :param sources: records of one model
        :param destination: one record
        """
        links = self._find_of(sources)
        if not links:
            return
        new_end = (destination._name, destination.id)
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

    @api.autovacuum
    def _gc_orphans(self):
        """Remove links of records that the database deleted, past the ORM.

        Not those of a model whose addon is installed and not loaded now: it comes back.
        """
        linked = self._read_linked_models()
        known = self.env["ir.model"]._get_id
        away = [model for model in linked if model not in self.env and known(model)]
        orphaned = Domain.custom(
            to_sql=lambda links, alias, query: SQL(
                "NOT %s", links._get_readable_sql(Domain.TRUE, alias, linked)
            )
        )
        here = Domain.AND(Domain(f"{end}_model", "not in", away) for end in ENDS)
        # sudo: to the superuser a link is readable when both records exist
        self.sudo().search(here & orphaned).unlink()

    def _register_hook(self):
        """Let links follow when leads are merged: crm is no dependency of ours."""
        super()._register_hook()
        lead = self.env.registry.get("crm.lead")
        if lead is None or hasattr(lead._merge_dependences, "kontakti_origin"):
            return
        merge = lead._merge_dependences

        def _merge_dependences(leads, opportunities):
            # sudo: who may merge leads moves all that hangs on them
            leads.env["kontakti.link"].sudo()._move(opportunities, leads)
            return merge(leads, opportunities)

        _merge_dependences.kontakti_origin = merge
        lead._merge_dependences = _merge_dependences
