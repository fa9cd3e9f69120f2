from datetime import timedelta

from odoo import fields
from odoo.tests import Form, freeze_time, tagged

from .common import NOW, KontaktiCommon


@freeze_time("2026-11-23 10:02:31")
@tagged("post_install", "-at_install")
class TestCalendarRequest(KontaktiCommon):
    """A calendar entry or booking made when a contact event is saved (S22-S27)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls._create_partner(
            "Virtanen Oy", email="virtanen@customer.example.com"
        )

    def _events(self, contacts):
        """Return the calendar events made from ``contacts``."""
        self.env.flush_all()
        self.env.invalidate_all()
        events = self.env["calendar.event"].sudo()
        return events.search([("kontakti_contact_id", "in", contacts.ids)])

    def _request(self, kind="entry", user=None, **vals):
        """Save a contact event that asks for an event; return both."""
        vals = {"partner_id": self.partner.id, **vals}
        contact = self._create_contact(user, calendar_request=kind, **vals)
        event = self._events(contact)
        self.assertEqual(len(event), 1)
        return contact, event

    def test_it_starts_now_rounded_to_five_minutes_and_lasts_half_an_hour(self):
        """S25"""
        for now, start in (
            ("2026-11-23 10:02:29", "2026-11-23 10:00:00"),
            ("2026-11-23 10:02:30", "2026-11-23 10:05:00"),
            ("2026-11-23 10:05:00", "2026-11-23 10:05:00"),
            ("2026-11-23 23:58:00", "2026-11-24 00:00:00"),
        ):
            with self.subTest(now=now), freeze_time(now):
                _contact, event = self._request()
                start = fields.Datetime.to_datetime(start)
                self.assertEqual(event.start, start)
                self.assertEqual(event.stop, start + timedelta(minutes=30))
                self.assertEqual(event.duration, 0.5)
                self.assertFalse(event.allday)

    def test_its_title_is_the_customer_s_name(self):
        """S26: registered or typed."""
        self.assertEqual(self._request()[1].name, "Virtanen Oy")
        _contact, event = self._request(partner_id=False, customer_name="Älämölö")
        self.assertEqual(event.name, "Älämölö")

    def test_without_any_customer_the_subject_is_the_title(self):
        """An event needs a title."""
        _contact, event = self._request(partner_id=False, name="Fair")
        self.assertEqual(event.name, "Fair")

    def test_the_subject_goes_to_the_notes_as_text(self):
        """S27: typed markup stays text."""
        _contact, event = self._request(name="Offer <b>now</b> & <script>x</script>")
        self.assertIn("Offer &lt;b&gt;now&lt;/b&gt; &amp; &lt;script", event.notes)
        self.assertNotIn("<b>", event.notes)
        self.assertNotIn("<script", event.notes)

    def test_a_markup_name_of_a_customer_stays_text(self):
        _contact, event = self._request(
            partner_id=False, customer_name="<img src=x> Oy", name="Call"
        )
        self.assertEqual(event.name, "<img src=x> Oy")
        self.assertNotIn("<img", event.notes)

    def test_an_entry_is_free_time_and_a_booking_is_busy(self):
        """S22"""
        self.assertEqual(self._request("entry")[1].show_as, "free")
        self.assertEqual(self._request("booking")[1].show_as, "busy")

    def test_it_is_in_the_logged_in_user_s_calendar_and_nobody_else_s(self):
        """S24: whoever made the contact, and whoever is responsible."""
        contact = self._create_contact(
            self.anna, responsible_id=self.manager.id, partner_id=self.partner.id
        )
        self._seen_by(self.bertta, contact).calendar_request = "entry"
        event = self._events(contact)
        self.assertEqual(event.user_id, self.bertta)
        self.assertEqual(event.partner_ids, self.bertta.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, self.bertta.partner_id)

    def test_the_user_may_change_and_move_it(self):
        """S23-S25: it is the user's own event."""
        _contact, event = self._request()
        event = self._seen_by(self.anna, event)
        event.write({"start": "2026-11-24 08:00:00", "stop": "2026-11-24 09:00:00"})
        event.user_id = self.bertta
        self.assertEqual(event.user_id, self.bertta)

    def test_the_request_is_empty_afterwards(self):
        contact, _event = self._request()
        self.assertFalse(contact.calendar_request)

    def test_one_request_makes_one_event(self):
        """Saving again makes nothing; asking again makes another."""
        contact, event = self._request()
        contact.write({"name": "Changed"})
        contact.calendar_request = False
        self.assertEqual(self._events(contact), event)
        contact.calendar_request = "booking"
        self.assertEqual(len(self._events(contact)), 2)

    def test_the_form_makes_one_event_a_save(self):
        """S22: activated on the form, made when it is saved, not before."""
        with Form(self._contacts(self.anna)) as form:
            form.name = "Call"
            form.calendar_request = "entry"
            form.save()
            contact = form.record
            self.assertEqual(len(self._events(contact)), 1)
            self.assertFalse(form.calendar_request)
            form.name = "Call again"
        self.assertEqual(len(self._events(contact)), 1)

    def test_several_contacts_saved_at_once_have_each_their_own_event(self):
        names = ["A", "B", "C"]
        contacts = self._contacts(self.anna).create(
            [
                {
                    "name": f"Subject {name}",
                    "customer_name": name,
                    "calendar_request": "booking" if name == "B" else "entry",
                    "personal": name == "C",
                }
                for name in names
            ]
            + [{"name": "Without", "customer_name": "D"}]
        )
        self.assertEqual(len(self._events(contacts)), 3)
        for contact in contacts[:3]:
            event = self._events(contact)
            self.assertEqual(event.name, contact.customer_name)
            self.assertIn(contact.name, event.notes)
            self.assertEqual(event.show_as == "busy", contact.customer_name == "B")
            self.assertEqual(event.privacy == "private", contact.personal)
        self.assertFalse(self._events(contacts[3]))
        contacts.calendar_request = "entry"
        self.assertEqual(len(self._events(contacts)), 7)

    def test_nobody_is_mailed_or_invited(self):
        """The customer is never an attendee, and gets no invitation."""
        self.env.flush_all()
        self.env.cr.flush()
        mails = self.env["mail.mail"].sudo().search_count([])
        notified = self.env["mail.notification"].sudo().search_count([])
        _contact, event = self._request("booking")
        self.env.flush_all()
        self.env.cr.flush()
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), mails)
        self.assertEqual(
            self.env["mail.notification"].sudo().search_count([]), notified
        )
        self.assertNotIn(self.partner, event.partner_ids)
        self.assertNotIn(self.partner, event.message_partner_ids)

    def test_an_event_of_a_personal_contact_is_private(self):
        """S8: asked for with the first save or later."""
        contact, event = self._request(personal=True)
        contact.calendar_request = "booking"
        self.assertEqual(self._events(contact).mapped("privacy"), ["private"] * 2)
        hidden = self._seen_by(self.bertta, event).read(["name", "notes"])
        self.assertNotIn("Virtanen", str(hidden))
        self.assertNotIn("Spring campaign", str(hidden))

    def test_an_event_of_a_shared_contact_is_as_private_as_the_user_s_others(self):
        _contact, event = self._request()
        self.assertFalse(event.privacy)

    def test_the_contact_notes_the_event_in_its_chatter(self):
        """S23: without kontakti_contact_links, too."""
        contact, event = self._request()
        notes = contact.message_ids.filtered(
            lambda rec: f'data-oe-id="{event.id}"' in (rec.body or "")
        )
        self.assertEqual(len(notes), 1)
        self.assertIn('data-oe-model="calendar.event"', notes.body)

    def test_the_context_of_the_contact_does_not_reach_the_event(self):
        """default_... of a contact's action are not the event's defaults."""
        contacts = self._contacts(
            self.anna,
            default_partner_id=self.partner.id,
            default_name="Default",
            default_duration=9,
            default_user_id=self.bertta.id,
        )
        contact = contacts.create({"name": "Call", "calendar_request": "entry"})
        event = self._events(contact)
        self.assertEqual(event.user_id, self.anna)
        self.assertEqual((event.duration, event.name), (0.5, "Virtanen Oy"))

    def test_a_copy_makes_no_event(self):
        contact, _event = self._request()
        self.assertFalse(self._events(contact.copy()))

    def test_a_deleted_event_leaves_the_contact_and_the_other_way_round(self):
        contact, event = self._request()
        event.unlink()
        self.assertTrue(contact.exists())
        contact, event = self._request()
        contact.unlink()
        self.assertTrue(event.exists())
        self.assertFalse(event.kontakti_contact_id)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCalendarLater(KontaktiCommon):
    """What becomes of the event when the contact event changes (S8)."""

    def test_sharing_a_contact_leaves_its_event_private(self):
        """Nothing is shown that was once hidden, unless the user shows it."""
        contact = self._create_contact(
            self.anna, personal=True, calendar_request="entry"
        )
        contact.personal = False
        event = self.env["calendar.event"].search(
            [("kontakti_contact_id", "=", contact.id)]
        )
        self.assertEqual(event.privacy, "private")
