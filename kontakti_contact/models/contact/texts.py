import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools import arguments
from ...tools.text_merge import is_same, keep_both

TEXTS = ("discussion", "actions")
# In the context of who says what was read: {"7": {"discussion": "<p>…</p>"}}
READ_KEY = "kontakti_texts_read"
KEEP_BOTH_KEY = "kontakti_keep_both"
PICTURE = re.compile(r"/web/(?:image|content)/(\d+)\b")


class KontaktiContact(models.Model):
    """Of two who edit one text, neither takes the other's words away.

    Odoo's collaborative editor is not used: it connects browsers to each other, which
    many networks forbid, and then drops one of two texts. Here a client says in the
    context what it read, ``kontakti_texts_read``; the form does, others may.

    Pictures pasted into a text belong to its contact event (S8). The editor saves them
    at once, without a document while that is not saved: any administrator could read
    them then, and nobody but who pasted them.
    """

    _inherit = "kontakti.contact"

    # who changed the text last and when: {"user": id, "at": "2026-11-23 10:00:00"}
    discussion_change = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )
    actions_change = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    def _merge_texts(self, vals):
        """Before the values are written: refuse a text that another one changed meanwhile.

        With ``kontakti_keep_both`` in the context it is not refused: what is new in it
        goes beneath the other's.

        :return: ``{id: texts to write instead}`` where another one changed them
        :raise UserError: says who changed what and when; nothing is written. Its
            ``context`` holds ``{"kontakti_texts": [{"field", "label", "user", "at",
            "theirs"}]}`` for a client to show
        """
        merged = {}
        for contact, read in self._get_texts_read(_get_texts(vals)):
            contact.check_access("write")  # the answer tells what the text is
            changed = contact._get_changed_texts(read)
            if changed and not self.env.context.get(KEEP_BOTH_KEY):
                raise contact._make_conflict(changed)
            if changed:
                merged[contact.id] = contact._keep_both(changed, read, vals)
        return merged

    def _without_texts_read(self, vals):
        """Return ``self`` for what the saving itself writes, of which nobody read a text."""
        if not _get_texts(vals):
            return self
        return self.with_context(**{READ_KEY: None, KEEP_BOTH_KEY: None})

    def _split_by_texts(self, vals, merged):
        """Return ``[(contact events, values to write to them)]``.

        :param dict merged: what :meth:`_merge_texts` returned
        """
        pairs = [(self.browse(key), {**vals, **kept}) for key, kept in merged.items()]
        rest = self - self.browse(merged) if merged else self
        return [*pairs, (rest, vals)]

    def _note_text_changes(self, vals):
        """After the values are written: note who changed the texts, and when."""
        texts = _get_texts(vals)
        if not texts:
            return
        now = fields.Datetime.to_string(self.env.cr.now())
        change = {"user": self.env.uid, "at": now}
        # sudo: the notes are closed to users; noted is who writes now
        self.sudo().write({f"{name}_change": change for name in texts})

    def _get_texts_read(self, names):
        """Yield each contact event of which it is said what was read, and that."""
        said = self.env.context.get(READ_KEY)
        if not said:
            return
        arguments.mapping(self.env, READ_KEY, said)
        for contact in self:
            read = said.get(str(contact.id))
            if read:
                arguments.mapping(self.env, READ_KEY, read)
                yield (
                    contact,
                    {
                        name: arguments.text(self.env, name, read[name])
                        for name in names
                        if name in read
                    },
                )

    def _get_changed_texts(self, read):
        """Return the names of the texts that are not as they were ``read``."""
        changed = []
        for name, text in read.items():
            field, saved = self._fields[name], self[name]
            # a client may have read back what it sent, before it was cleaned
            if not (
                is_same(saved, text)
                or is_same(saved, field.convert_to_column(text, self))
            ):
                changed.append(name)
        return changed

    def _keep_both(self, names, read, vals):
        return {
            name: keep_both(
                read[name],
                self[name],
                self._fields[name].convert_to_column(vals[name], self),
            )
            for name in names
        }

    def _make_conflict(self, names):
        """Return the error that tells who changed which of the texts."""
        labels = dict(self.fields_get(names, ["string"]))
        changes = [
            self._describe_change(name, labels[name]["string"]) for name in names
        ]
        lines = [
            self.env._("%(user)s changed “%(field)s” at %(time)s.", **change["words"])
            for change in changes
        ]
        told = self.env._("Nothing was saved, and nothing is lost: open it anew.")
        error = UserError("\n".join([*lines, told]))
        error.context = {
            "kontakti_texts": [
                {key: value for key, value in change.items() if key != "words"}
                for change in changes
            ]
        }
        return error

    def _describe_change(self, name, label):
        # sudo: the note is closed to users; told is who wrote what the user may read
        note = self.sudo()
        change = note[f"{name}_change"] or {}
        user = note.env["res.users"].browse(change.get("user")).exists()
        user = user or note.write_uid
        at = fields.Datetime.to_datetime(change.get("at")) or self.write_date
        time = format_datetime(self.env, at, dt_format="short")
        return {
            "field": name,
            "label": label,
            "user": user.name,
            "at": time,
            "theirs": self[name] or "",
            "words": {"user": user.name, "field": label, "time": time},
        }

    def _claim_pictures(self, vals):
        """Attach the pictures in the texts of ``vals`` that have no document yet.

        After the values are written: a new contact event has no id before.
        """
        text = " ".join(str(vals.get(fname) or "") for fname in TEXTS)
        ids = {int(found) for found in PICTURE.findall(text)}
        if not ids:
            return
        # sudo: one's own, that have no document
        pictures = self.env["ir.attachment"].sudo()
        pictures.search(
            [
                ("id", "in", list(ids)),
                ("res_model", "=", self._name),
                ("res_id", "in", [0, False]),
                ("create_uid", "=", self.env.uid),
            ]
        ).res_id = self.id


def _get_texts(vals):
    return [name for name in TEXTS if name in vals]
