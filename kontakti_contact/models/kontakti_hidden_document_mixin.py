from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain


class KontaktiHiddenDocumentMixin(models.AbstractModel):
    """For models that hang on a document: hides what hangs on others' personal ones.

    Odoo shows followers of any document to every employee, and messages to their
    authors and recipients whatever they may read. A record rule on
    ``is_kontakti_hidden`` keeps both from telling of a personal contact event (S8).
    Set ``_kontakti_document_fields`` to the fields with the model and the id.
    """

    _name = "kontakti.hidden.document.mixin"
    _description = "Hangs on a Document That May Be Personal"
    _kontakti_document_fields = ("res_model", "res_id")

    is_kontakti_hidden = fields.Boolean(
        "Hidden with a Personal Contact Event",
        compute="_compute_is_kontakti_hidden",
        search="_search_is_kontakti_hidden",
        compute_sudo=True,
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Leave hidden records nameless: any many2one shows a name as superuser."""
        super()._compute_display_name()
        if self.env.uid != SUPERUSER_ID:
            self.filtered("is_kontakti_hidden").display_name = False

    @api.depends_context("uid")
    def _compute_is_kontakti_hidden(self):
        model_field, id_field = self._kontakti_document_fields
        on_contact = self.filtered(lambda rec: rec[model_field] == "kontakti.contact")
        # sudo: asks which contact events are hidden, and tells only yes or no
        contacts = self.env["kontakti.contact"].sudo()
        hidden = contacts.search(
            Domain("id", "in", on_contact.mapped(id_field))
            & contacts._get_hidden_personal_domain()
        )
        hidden_ids = set(hidden.ids)
        for record in self:
            record.is_kontakti_hidden = (
                record in on_contact and record[id_field] in hidden_ids
            )

    def _search_is_kontakti_hidden(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: as in _compute_is_kontakti_hidden; stays a subquery
        contacts = self.env["kontakti.contact"].sudo()
        model_field, id_field = self._kontakti_document_fields
        hidden = Domain(model_field, "=", "kontakti.contact") & Domain(
            id_field, "in", contacts._search(contacts._get_hidden_personal_domain())
        )
        domains = {True: hidden, False: ~hidden}
        return Domain.OR(domains[bool(wanted)] for wanted in value)
