import logging
from collections import defaultdict

import psycopg2

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
LATER = "kontakti_contact_links.later"


class KontaktiLink(models.Model):
    """Links made, records deleted and merged by two transactions at once.

    Who links holds both records, as a foreign key would: deleted meanwhile by another,
    there is none to link with; linked first, the other's deletion waits. It cannot see
    the new link then, as its view of the database is older, and looks again when it is
    committed.
    """

    _inherit = "kontakti.link"

    @api.model
    def _hold_ends(self, ends):
        """Keep the records ``ends`` {(model, id)} from being deleted by others.

        :return: whether all of them are there
        """
        by_model = defaultdict(set)
        for model, res_id in ends:
            by_model[model].add(res_id)
        return all(
            self._can_be_linked(model)
            and self._hold_records(self.env[model]._table, ids) == len(ids)
            for model, ids in sorted(by_model.items())
        )

    def _hold_records(self, table, ids):
        """Lock rows against deletion alone; return how many there are."""
        held = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE",
                SQL.identifier(table),
                list(ids),
            )
        )
        return len(held)

    @api.model
    def _look_again_after_commit(self, gone=None, moved=None):
        """Do the same for links that this transaction cannot see yet, when it is over.

        :param gone: deleted records of one model
        :param moved: (records of one model, the record they were merged into)
        """
        postcommit = self.env.cr.postcommit
        later = postcommit.data.get(LATER)
        if later is None:
            later = postcommit.data[LATER] = {"moved": [], "gone": defaultdict(set)}
            postcommit.add(lambda: self._look_again(later))
        if moved:
            later["moved"].append(moved)
        if gone:
            later["gone"][gone._name].update(gone.ids)

    def _look_again(self, later):
        """Run in a transaction of its own; what fails is left to the daily vacuum.

        Records that are there were kept after all: a savepoint was rolled back.
        """
        try:
            with self.env.registry.cursor() as cr:
                links = self.with_env(self.env(cr=cr))
                for sources, destination in later["moved"]:
                    gone = links._get_gone(sources._name, sources.ids)
                    links._follow(gone, destination.with_env(links.env))
                for model, ids in later["gone"].items():
                    links._forget_ends(model, links._get_gone(model, ids).ids)
        except psycopg2.Error:
            _logger.warning("Links of deleted records are left behind", exc_info=True)

    @api.model
    def _get_gone(self, model, ids):
        """Return those of the records ``ids`` that do not exist."""
        records = self.env[model].browse(ids)
        return records - records.exists()
