from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTracking(KontaktiCommon):
    """The chatter keeps who changed what, each contact event its own (S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = [{"name": name} for name in ("One", "Two", "Three")]
        cls.three = cls.env["kontakti.contact"].with_user(cls.anna).create(values)
        cls.env.cr.flush()
        cls.known = cls.three.sudo().message_ids

    def _changes(self, contact):
        """What the chatter has got since: ``[(author, [(field, old, new)])]``."""
        self.env.cr.flush()
        self.env.invalidate_all()
        return [
            (
                message.author_id,
                [
                    (value.field_id.name, value.old_value_char, value.new_value_char)
                    for value in message.tracking_value_ids
                ],
            )
            for message in contact.sudo().message_ids - self.known
        ]

    def test_many_changed_at_once_have_a_message_each(self):
        self.three.write({"responsible_id": self.bertta.id})
        for contact in self.three:
            self.assertEqual(
                self._changes(contact),
                [(self.anna.partner_id, [("responsible_id", "", "Bertta")])],
            )

    def test_each_has_its_own_old_value(self):
        self.three[0].responsible_id = self.bertta
        self.three[1].responsible_id = self.manager
        self._changes(self.three)
        self.known |= self.three.sudo().message_ids
        self.three.write({"responsible_id": self.anna.id})
        found = [self._changes(contact)[0][1][0][1] for contact in self.three]
        self.assertEqual(found, ["Bertta", "Manager", ""])

    def test_what_did_not_change_is_not_told(self):
        self.three[0].responsible_id = self.bertta
        self.known |= self._flushed_messages()
        self.three.write({"responsible_id": self.bertta.id})
        self.assertFalse(self._changes(self.three[0]))
        self.assertTrue(self._changes(self.three[1]))

    def test_a_change_told_under_a_subtype_of_an_addon_hides_no_later_one(self):
        note = self.env.ref("mail.mt_note")

        def get_subtype(_contact, changed):
            return note if "state" in changed else note.browse()

        model = self.env.registry["kontakti.contact"]
        with patch.object(model, "_track_subtype", get_subtype):
            self.three[0].action_done()
            self.known |= self._flushed_messages()
            self.three[1].responsible_id = self.bertta
            self.assertEqual(
                self._changes(self.three[1]),
                [(self.anna.partner_id, [("responsible_id", "", "Bertta")])],
            )

    def _flushed_messages(self):
        self.env.cr.flush()
        return self.three.sudo().message_ids

    def test_several_fields_are_one_message(self):
        self.three.write({"responsible_id": self.bertta.id, "next_date": TODAY})
        self.three.action_done()
        ((_author, changes),) = self._changes(self.three[2])
        self.assertEqual(
            {name for name, _old, _new in changes},
            {"responsible_id", "next_date", "state"},
        )

    def test_a_text_and_an_author_are_kept(self):
        """Odoo lets code add them to the message of a change."""
        first = self.three[:1]
        first._track_set_log_message("As agreed")
        first._track_set_author(self.bertta.partner_id)
        self.three.write({"state": "done"})
        self.env.cr.flush()
        found = self.three.sudo().message_ids - self.known
        by_id = {message.res_id: message for message in found}
        self.assertIn("As agreed", by_id[first.id].body)
        self.assertEqual(by_id[first.id].author_id, self.bertta.partner_id)
        other = by_id[self.three[1].id]
        self.assertFalse(other.body)
        self.assertEqual(other.author_id, self.anna.partner_id)

    def test_the_chatter_shows_them(self):
        self.three.write({"responsible_id": self.bertta.id})
        self.env.cr.flush()
        contact = self._seen_by(self.bertta, self.three[1])
        shown = contact.message_ids - self.known
        self.assertEqual(shown.subtype_id, self.env.ref("mail.mt_note"))
        (formatted,) = shown.sudo().tracking_value_ids._tracking_value_format()
        self.assertEqual(formatted["newValue"], "Bertta")
