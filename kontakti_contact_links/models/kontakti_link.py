from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import mute_logger

ENDS = ("source", "target")
PAIR_UNIQUE = "kontakti_link_pair_unique"


class KontaktiLink(models.Model):
    """An undirected link between any two records (S18, S36).

    Who sees a link is in ``kontakti_link_access.py``, what the Links menu shows in
    ``kontakti_link_menu.py``, which models take part in
    ``kontakti_link_participants.py``, what becomes of links when records go in
    ``kontakti_link_life.py``, merge in ``kontakti_link_merge.py``, or both at once in
    ``kontakti_link_later.py``.
    """

    _name = "kontakti.link"
    _description = "Link between Records"
    _order = "id desc"
    _allow_sudo_commands = False

    source_model = fields.Char(required=True)
    source_id = fields.Many2oneReference(model_field="source_model", required=True)
    target_model = fields.Char(required=True)
    target_id = fields.Many2oneReference(model_field="target_model", required=True)

    _source_idx = models.Index("(source_model, source_id)")
    _target_idx = models.Index("(target_model, target_id)")
    _pair_unique = models.UniqueIndex(
        "(LEAST(source_model || ',' || source_id::text,"
        " target_model || ',' || target_id::text),"
        " GREATEST(source_model || ',' || source_id::text,"
        " target_model || ',' || target_id::text))",
        "These records are linked already.",
    )
    _not_itself = models.Constraint(
        "CHECK (source_model != target_model OR source_id != target_id)",
        "A record cannot be linked with itself.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Link; see :meth:`link`, which may be called again and again.

        :raise AccessError: unless the user may read both records and change one
        """
        pairs = self._check_new_pairs(vals_list)
        if not self._hold_ends({end for pair in pairs for end in pair}):
            raise self._make_link_access_error()
        links = super().create(vals_list)
        links._remember_linked_models()
        return links

    @api.private
    def link(self, record, others):
        """Link ``record`` with each of ``others`` that it is not linked with yet.

        Of two transactions linking the same pair at once, the later one waits for
        the earlier and finds nothing left to do.

        :param record: one saved record
        :param others: saved records of one model
        :return: the links (``kontakti.link``), without those that a transaction still
            invisible here has made
        :raise AccessError: unless the user may read both records and change one
        """
        record.ensure_one()
        known = self._find_between(record, others)
        linked = {end for link in known for end in link._get_ends()}
        missing = [
            self._prepare_link_values(record, other)
            for other in others
            if (other._name, other.id) not in linked or other == record
        ]
        return known | self._create_unless_raced(missing) if missing else known

    def _prepare_link_values(self, record, other):
        return {
            "source_model": record._name,
            "source_id": record.id,
            "target_model": other._name,
            "target_id": other.id,
        }

    def _create_unless_raced(self, vals_list):
        self.env.flush_all()  # what violates another index is not ours to forgive
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                return self.create(vals_list)
        except UniqueViolation as error:
            if error.diag.constraint_name != PAIR_UNIQUE:
                raise
            # another transaction has just made (one of) them: what was wanted is there
            if len(vals_list) == 1:
                return self.browse()
        links = [self._create_unless_raced([vals]) for vals in vals_list]
        return self.union(*links)

    @api.model
    def link_between(self, model, res_id, other_model, other_id):
        """Link two records, or one with many; linked already, nothing happens.

        :param str model: of the record ``res_id`` (int)
        :param str other_model: of the record ``other_id`` (int, or a list of them)
        :return: ``True``
        :raise AccessError: unless the user may read both records and change one
        :raise UserError: for what can be no model or id
        """
        models = self._check_model(model), self._check_model(other_model)
        ids, other_ids = self._check_ids(res_id), self._check_ids(other_id)
        if None in models or len(ids) != 1:
            raise self._make_link_access_error()
        record = self.env[model].browse(ids)
        self.link(record, self.env[other_model].browse(other_ids))
        return True

    @api.model
    def unlink_between(self, model, res_id, other_model, other_id):
        """Remove the link of two records; :meth:`link_between` is its undo.

        :param str model: of the record ``res_id`` (int)
        :param str other_model: of the record ``other_id`` (int)
        :return: whether there was a link that the user may see
        :raise AccessError: unless the user may change one of the records
        :raise UserError: for what can be no model or id
        """
        models = self._check_model(model), self._check_model(other_model)
        ids = self._check_id(res_id), self._check_id(other_id)
        self.check_access("unlink")
        if None in models:
            return False
        links = self.search(
            self._get_between_domain(models[0], ids[0], models[1], [ids[1]])
        )
        return bool(links) and links.unlink()

    def _find_between(self, record, others):
        domain = self._get_between_domain(
            record._name, record.id, others._name, others.ids
        )
        return self.search(domain)

    @api.model
    def _get_between_domain(self, model, res_id, other_model, other_ids):
        """Return the domain of the links of a record with others of one model."""
        here, there = ENDS
        return Domain.OR(
            self._get_end_domain(one, model, [res_id])
            & self._get_end_domain(other, other_model, other_ids)
            for one, other in ((here, there), (there, here))
        )

    @api.model
    def _get_links_domain(self, model, res_ids):
        """Return the domain of all links of the records ``res_ids`` of ``model``."""
        return Domain.OR(self._get_end_domain(end, model, res_ids) for end in ENDS)

    @api.model
    def _get_end_domain(self, end, model, res_ids):
        return Domain(f"{end}_model", "=", model) & Domain(f"{end}_id", "in", res_ids)

    def _get_ends(self):
        """Return both ends, ``[(model, id), (model, id)]``."""
        self.ensure_one()
        return [(self[f"{end}_model"], self[f"{end}_id"]) for end in ENDS]

    def _get_other_end(self, model, res_id):
        """Return the end (model, id) that is not the record ``res_id`` of ``model``."""
        source, target = self._get_ends()
        return target if source == (model, res_id) else source

    @api.model
    def _make_link_access_error(self):
        """Return the error for all who may not link: it tells of no record."""
        return AccessError(
            self.env._(
                "You can link records, and remove their link, when you may read both of "
                "them and change one. One of these is missing, or you have no right to it."
            )
        )
