from collections import Counter, defaultdict

from odoo import api, models, tools
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.sql import table_columns

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.addons.kontakti_contact.models.contact.privacy import SHARED

from .kontakti_link import ENDS

CONTACT, MODEL = "kontakti.contact", "ir.model"
# When a record is deleted, the chatter of linked contact events says so; of these models
# for some records alone. Nobody is to know that a personal contact event was there (S8),
# and the chatter that lost a message need not say so itself.
TOLD = {
    CONTACT: SHARED,
    "mail.message": Domain("model", "!=", CONTACT),
}


class KontaktiLink(models.Model):
    """What becomes of links when their records are deleted or uninstalled."""

    _inherit = "kontakti.link"

    # Which models have links -----------------------------------------------------

    @api.model
    @tools.ormcache(cache="stable")
    def _get_linked_models(self):
        """Return the set of the models of linked records: maybe more, never fewer."""
        return self._read_linked_models()

    @api.model
    def _read_linked_models(self):
        """Look up one row a model in the indexes, however many links there are."""
        names = [f"{end}_model" for end in ENDS]
        if not table_columns(self.env.cr, self._table).keys() >= set(names):
            return frozenset()  # while the addon is being installed or uninstalled
        self.flush_model(names)
        scans = SQL(" UNION ").join(self._get_distinct_sql(name) for name in names)
        return frozenset(model for (model,) in self.env.execute_query(scans))

    def _get_distinct_sql(self, name):
        """Return a scan that jumps in the index of ``name`` from value to value."""
        return SQL(
            """(WITH RECURSIVE found(model) AS (
                SELECT min(%(name)s) FROM %(table)s
                UNION ALL
                SELECT (SELECT min(%(name)s) FROM %(table)s WHERE %(name)s > found.model)
                  FROM found WHERE found.model IS NOT NULL
            ) SELECT model FROM found WHERE model IS NOT NULL)""",
            name=SQL.identifier(name),
            table=SQL.identifier(self._table),
        )

    def _remember_linked_models(self):
        models = {model for link in self for model, _id in link._get_ends()}
        if models - self._get_linked_models():
            self._clear_linked_models()
            # again when others can see the link: a thread may have looked meanwhile
            self.env.cr.postcommit.add(self._clear_linked_models)

    def _clear_linked_models(self):
        self.env.registry.clear_cache("stable")

    # Links of what is deleted ----------------------------------------------------

    @api.model
    def _forget(self, records):
        """Remove the links of records that are about to be deleted, and say so.

        Without links of their model this costs no statement; otherwise one, and those
        of the notes in chatters.
        """
        uninstalls = bool(self.env.context.get(MODULE_UNINSTALL_FLAG))
        # sudo: whoever deletes a record, or a model, takes its links away
        links = self.sudo()
        if records._name == MODEL and not uninstalls:
            # a model made by hand; module_uninstall sees to those of addons
            links._forget_models(records.mapped("model"))
        if records._name not in self._get_linked_models():
            return
        links._forget_ends(records._name, records.ids, tells=not uninstalls)
        if not uninstalls:
            links._look_again_after_commit(gone=records)

    @api.model
    def _forget_ends(self, model, ids, tells=True):
        """Remove all links of the records ``ids`` of ``model``, in one statement.

        :param tells: whether contact events linked with them say so in their chatter
        """
        told = SQL("TRUE")
        if model in TOLD:
            records = self.env[model].with_context(active_test=False)
            told = SQL("gone_id IN %s", records._search(TOLD[model]).subselect())
        ids = list(ids)
        traces = self._delete_ends(
            lambda end: SQL(
                "(%s = %s AND %s = ANY(%s::int[]))",
                SQL.identifier(f"{end}_model"),
                model,
                SQL.identifier(f"{end}_id"),
                ids,
            ),
            told,
        )
        if tells:
            self._log_traces(traces)

    @api.model
    def _forget_models(self, names):
        """Remove the links of models that go away, and say so."""
        names = list(self._get_linked_models().intersection(names))
        if not names:
            return

        def is_gone(end):
            return SQL("%s = ANY(%s)", SQL.identifier(f"{end}_model"), names)

        self._log_traces(self._delete_ends(is_gone, SQL("TRUE")))

    @api.model
    def _remove_all(self):
        """Remove every link: the addon goes away."""
        self.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(self._table)))
        self.invalidate_model(flush=False)
        self._clear_linked_models()

    @api.model
    def _delete_ends(self, is_gone, told):
        """Delete links in SQL: however many they are, no row of them is loaded.

        :param is_gone: returns the condition on an end that its record goes
        :param told: the condition on ``gone_id`` that its deletion may be told of
        :return: ``{contact id: Counter(model)}`` of what the contact events that are
            kept were linked with
        """
        self.flush_model()
        gone_at_source, gone_at_target = map(is_gone, ENDS)
        rows = self.env.execute_query(
            SQL(
                """
                WITH gone AS (
                    DELETE FROM %(table)s WHERE %(at_source)s OR %(at_target)s
                 RETURNING source_model, source_id, target_model, target_id,
                           %(at_source)s AS at_source, %(at_target)s AS at_target
                ), ends AS (
                    SELECT source_model AS model, source_id AS gone_id, target_id AS kept
                      FROM gone WHERE target_model = %(contact)s
                       AND at_source AND NOT at_target
                 UNION ALL
                    SELECT target_model, target_id, source_id
                      FROM gone WHERE source_model = %(contact)s
                       AND at_target AND NOT at_source
                )
                SELECT kept, model, count(*) FROM ends WHERE %(told)s
                 GROUP BY kept, model ORDER BY kept, model
                """,
                table=SQL.identifier(self._table),
                contact=CONTACT,
                at_source=gone_at_source,
                at_target=gone_at_target,
                told=told,
            )
        )
        self.invalidate_model(flush=False)
        return self._count_traces(rows)

    @api.model
    def _count_traces(self, rows):
        traces = defaultdict(Counter)
        for contact_id, model, count in rows:
            traces[contact_id][model] = count
        return traces

    # The trace in chatters -------------------------------------------------------

    @api.model
    def _log_traces(self, traces):
        """Say in the chatter of contact events what was linked and is gone.

        Names the application and no record: not everybody who reads the contact event
        may have read that.

        :param traces: ``{contact id: Counter(model)}``
        """
        # sudo: whoever deletes a record need not be a Kontakti user
        contacts = self.env[CONTACT].sudo().browse(traces).exists() if traces else []
        if not contacts:
            return
        names = self._describe_models(
            dict.fromkeys(model for counter in traces.values() for model in counter)
        )
        alike = contacts.grouped(lambda contact: tuple(traces[contact.id].items()))
        bodies = {
            same[0].id: self._get_trace_body(Counter(dict(gone)), names)
            for gone, same in alike.items()
        }
        notes = contacts.browse(bodies)._message_log_batch(bodies)
        self._copy_notes(dict(zip(notes.ids, alike.values(), strict=True)))

    @api.model
    def _copy_notes(self, noted):
        """Write the same note on many contact events, in one statement.

        :param noted: ``{message id: contact events}``, of which the first has it
        """
        copies = [
            (note_id, contact_id)
            for note_id, contacts in noted.items()
            for contact_id in contacts.ids[1:]
        ]
        if not copies:
            return
        # sudo: as the notes that are copied, which _message_log_batch made
        messages = self.env["mail.message"].sudo()
        messages.flush_model()
        columns = [
            SQL.identifier(name)
            for name, field in messages._fields.items()
            if field.store and field.column_type and name not in ("id", "res_id")
        ]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO mail_message (res_id, %(columns)s)
                SELECT copied.contact_id, %(columns)s
                  FROM unnest(%(notes)s, %(contacts)s) AS copied(note_id, contact_id)
                  JOIN mail_message ON mail_message.id = copied.note_id
                """,
                columns=SQL(", ").join(columns),
                notes=[note_id for note_id, _contact_id in copies],
                contacts=[contact_id for _note_id, contact_id in copies],
            )
        )
        self.env[CONTACT].invalidate_model(["message_ids"], flush=False)

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

    # What nobody told of ---------------------------------------------------------

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
                "NOT %s",
                links._get_readable_sql(
                    Domain.TRUE, alias, dict.fromkeys(ENDS, linked)
                ),
            )
        )
        here = Domain.AND(Domain(f"{end}_model", "not in", away) for end in ENDS)
        # sudo: to the superuser a link is readable when both records exist
        self.sudo().search(here & orphaned).unlink()
