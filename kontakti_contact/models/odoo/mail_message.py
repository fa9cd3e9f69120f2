from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import MissingError

CONTACT = "kontakti.contact"
OWNER = "kontakti_owner_id"
PLACE = {"model", "res_id"}


class MailMessage(models.Model):
    """Messages on a personal contact event are its owner's alone (S8).

    Odoo shows a message to its author and its recipients, whatever they may read of
    the document. Whose personal contact event a message is on stands in the message,
    so that the record rule compares a column of the row that is read anyway. It is
    empty for all other messages.
    """

    _inherit = "mail.message"

    kontakti_owner_id = fields.Many2one(
        "res.users",
        "Owner of the Personal Contact Event",
        index="btree_not_null",
        copy=False,
        readonly=True,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    @api.depends_context("uid")
    def _compute_display_name(self):
        """Leave hidden messages nameless: a many2one shows any name, as superuser."""
        super()._compute_display_name()
        self._filter_kontakti_hidden().display_name = False

    def _filter_kontakti_hidden(self):
        """Return those on others' personal contact events; none for the superuser."""
        if self.env.uid == SUPERUSER_ID:
            return self.browse()
        # sudo: asks whose they are, and tells only which are hidden
        messages = self.sudo()
        try:
            owners = messages[OWNER]
        except MissingError:
            messages = messages.exists()
            owners = messages[OWNER]
        others = owners - self.env.user
        if not others:
            return self.browse()
        hidden = messages.filtered(lambda message: message[OWNER] in others)
        return self.browse(hidden._ids)

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._set_kontakti_owner()
        return messages

    def write(self, vals):
        """Add: nothing is moved to where the user has no business (S8)."""
        result = super().write(vals)
        if PLACE & vals.keys():
            self._set_kontakti_owner()
            self.check_access("read")
        return result

    def _set_kontakti_owner(self):
        """Note whose personal contact event each message is on, if it is on one."""
        # sudo: the column is closed to users, whoever they are
        messages = self.sudo()
        on_contact = messages.filtered(lambda rec: rec.model == CONTACT and rec.res_id)
        owners = self.env[CONTACT]._get_personal_owners(on_contact.mapped("res_id"))
        for message in on_contact:
            message._change_kontakti_owner(owners.get(message.res_id, False))
        for message in messages - on_contact:
            message._change_kontakti_owner(False)

    def _change_kontakti_owner(self, owner_id):
        if self[OWNER].id != owner_id:
            self[OWNER] = owner_id

    def read(self, fields=None, load="_classic_read"):
        """Fetch before the record rule asks whose they are: else that takes all columns."""
        if not self.env.su:
            self._fetch_with_owner(fields)
        return super().read(fields, load)

    @api.private
    def fetch(self, field_names=None):
        """Refuse hidden messages to code that reads any message by its id.

        Odoo reads a message as superuser once its id is known, say as the parent of
        another.
        """
        if self.env.su:
            return super().fetch(field_names)
        self._fetch_with_owner(field_names)
        if hidden := self._filter_kontakti_hidden():
            hidden.invalidate_recordset()
            raise hidden._make_access_error("read")

    def _fetch_with_owner(self, field_names):
        """Fetch, and in the same statement whose they are; the caller asks who may."""
        asked = field_names and [*field_names, OWNER]
        # sudo: as Odoo fetches messages
        self.sudo().fetch(asked)
