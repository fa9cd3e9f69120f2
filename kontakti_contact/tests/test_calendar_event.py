from datetime import timedelta

from odoo import fields
from odoo.tests import Form, freeze_time, tagged

from .common import NOW
from .common_applications import ApplicationForm, ApplicationsCommon

ADDRESS = "Mannerheimintie 1, C 12, 00100 Helsinki, Finland"


MOMENT, LONGER = timedelta(milliseconds=1), timedelta(seconds=11)


class EventCommon(ApplicationsCommon):
    def _fill(self, choice="entry", user=None, contact=None, name="Meeting"):
        """Save the form that the menu opens, with its title typed; return the event."""
        action = self._open(user or self.anna, "calendar", choice, contact)
        with ApplicationForm.from_action(
            self.env(user=user or self.anna), action
        ) as form:
            form.name = name
        return form.record.with_context({})

    def _events(self, contact):
        self.env.flush_all()
        events = self.env["calendar.event"].sudo()
        return events.search([("kontakti_contact_id", "=", contact.id)])


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCalendarOpened(EventCommon):
    """Applications > Calendar: the contract's right column (S28-S34)."""

    def test_it_starts_now_rounded_to_five_minutes_and_lasts_an_hour(self):
        """S30: halfway goes up, over midnight into the next day."""
        for now, start in (
            ("2026-11-23 10:02:29", "2026-11-23 10:00:00"),
            ("2026-11-23 10:02:30", "2026-11-23 10:05:00"),
            ("2026-11-23 10:05:00", "2026-11-23 10:05:00"),
            ("2026-11-23 21:58:00", "2026-11-23 22:00:00"),
            ("2026-12-31 23:57:30", "2027-01-01 00:00:00"),
        ):
            with self.subTest(now=now), freeze_time(now):
                event = self._fill()
                start = fields.Datetime.to_datetime(start)
                self.assertEqual(event.start, start)
                self.assertEqual(event.stop, start + timedelta(hours=1))
                self.assertEqual(event.duration, 1)
                self.assertFalse(event.allday)

    def test_the_moment_is_the_same_in_every_time_zone(self):
        """Also where the clock is 45 minutes off the hour, or a day ahead."""
        for zone in ("Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", False):
            with self.subTest(zone=zone):
                self.anna.tz = zone
                event = self._fill()
                self.assertEqual(fields.Datetime.to_string(event.start), NOW)
                saved = self._create_contact(calendar_request="entry")
                self.assertEqual(self._events(saved).start, event.start)

    def test_an_entry_is_free_time_and_a_booking_is_busy(self):
        """S28."""
        self.assertEqual(self._fill("entry").show_as, "free")
        self.assertEqual(self._fill("booking").show_as, "busy")

    def test_the_title_is_left_for_the_user(self):
        """S31."""
        action = self._open(self.anna, "calendar", "entry")
        form = ApplicationForm.from_action(self.env(user=self.anna), action)
        self.assertFalse(form.name)
        with self.assertRaisesRegex(AssertionError, "name"):
            form.save()

    def test_the_notes_are_actions_then_the_customer_a_line_each(self):
        """S32: and no organizer's data, which Odoo adds to other events."""
        lines = ["Kivi Oy", "+358 40 1234567", "info@kivi.example.com"]
        lines += ["Mannerheimintie 1", "C 12", "00100 Helsinki", "Finland"]
        self.assertEqual(
            self._fill().notes,
            "<p>Call back</p><p>" + "<br>".join(lines) + "</p>",
        )

    def test_the_notes_have_a_typed_customer_too(self):
        notes = self._fill(contact=self.typed).notes
        self.assertEqual(
            notes, "<p>Mäki Oy<br>040 7654321<br>info@maki.example.com</p>"
        )

    def test_without_customer_and_actions_the_notes_are_empty(self):
        contact = self._create_contact(name="Nobody")
        event = self._fill(contact=contact)
        self.assertFalse(event.notes)
        self.assertFalse(event.customer_id)
        self.assertFalse(event.customer_name)
        self.assertFalse(event.customer_address)

    def test_markup_in_the_customers_data_is_text(self):
        contact = self._create_contact(
            name="X",
            customer_name="<script>alert(1)</script>",
            phone="<b>1</b>",
            street="<img src=x onerror=alert(1)>",
        )
        event = self._fill(contact=contact)
        for markup in ("<script", "<b>", "<img"):
            self.assertNotIn(markup, event.notes)
        self.assertIn("&lt;b&gt;1&lt;/b&gt;", event.notes)
        self.assertEqual(event.customer_name, "<script>alert(1)</script>")

    def test_only_the_user_attends(self):
        """Whoever made the contact and is responsible for it."""
        self.contact.responsible_id = self.manager
        event = self._fill("booking", user=self.bertta)
        self.assertEqual(event.user_id, self.bertta)
        self.assertEqual(event.partner_ids, self.bertta.partner_id)
        self.assertEqual(event.attendee_ids.partner_id, self.bertta.partner_id)
        self.assertNotIn(self.customer, event.message_partner_ids)

    def test_nobody_is_mailed_or_notified(self):
        """Neither by making nor by changing it."""
        self.env.flush_all()
        self.env.cr.flush()
        models = ("mail.mail", "mail.notification")
        before = [self.env[model].sudo().search_count([]) for model in models]
        event = self._fill("booking")
        event.write({"start": "2026-12-01 08:00:00", "stop": "2026-12-01 09:00:00"})
        event.customer_email = "other@kivi.example.com"
        self.env.flush_all()
        self.env.cr.flush()
        after = [self.env[model].sudo().search_count([]) for model in models]
        self.assertEqual(after, before)

    def test_of_a_personal_contact_it_is_private(self):
        """S8."""
        contact = self._create_contact(
            name="Salaisuus", personal=True, partner_id=self.customer.id
        )
        event = self._fill(contact=contact)
        self.assertEqual(event.privacy, "private")
        hidden = self._seen_by(self.bertta, event)
        shown = str(hidden.read(["name", "notes", "customer_id", "customer_name"]))
        for secret in ("Meeting", "Kivi", str(self.customer.id)):
            self.assertNotIn(secret, shown)

    def test_it_stays_private_though_the_user_chose_otherwise(self):
        """The owner of a personal contact cannot show it by mistake when saving."""
        contact = self._create_contact(personal=True, partner_id=self.customer.id)
        action = self._open(self.anna, "calendar", "entry", contact)
        event = self._save(self.anna, action, {"name": "X", "privacy": "public"})
        self.assertEqual(event.privacy, "private")

    def test_on_save_the_notes_are_the_subject_alone(self):
        """S27: by the server action too."""
        self.contact.calendar_request = "entry"
        self.assertEqual(self._events(self.contact).notes, "<p>Spring offer</p>")
        self._events(self.contact).unlink()
        self._seen_by(self.anna, self.contact).action_create_documents("calendar")
        self.assertEqual(self._events(self.contact).notes, "<p>Spring offer</p>")

    def test_a_save_a_moment_after_another_is_the_same_request(self):
        """S22: of two racing saves the second sees the first's event.

        The race itself is run in tests/journeys/test_calendar_race.py.
        """
        for ago, kind, expected in (
            (MOMENT, "entry", 1),
            (MOMENT, "booking", 2),
            (LONGER, "entry", 2),
        ):
            with self.subTest(ago=ago, kind=kind):
                contact = self._create_contact(calendar_request="entry")
                event = self._events(contact)
                self.cr.execute(
                    "UPDATE calendar_event SET create_date = %s WHERE id = %s",
                    [self.cr.now() - ago, event.id],
                )
                self.env.invalidate_all()
                contact.calendar_request = kind
                self.assertEqual(len(self._events(contact)), expected)
                self.assertFalse(contact.calendar_request)

    def test_what_is_written_is_not_for_attendees(self):
        """S27, S32: the description would be mailed; the notes are internal."""
        self.contact.calendar_request = "booking"
        opened = self._fill("booking")
        for event in self._events(self.contact) + opened.sudo():
            self.assertTrue(event.notes)
            self.assertFalse(event.description)
            event.partner_ids += self.customer
            file = event._get_ics_file()[event.id].decode()
            self.assertNotIn("DESCRIPTION", file)
        action = self._seen_by(self.anna, self.contact).action_create_documents(
            "calendar"
        )
        made = self.env["calendar.event"].browse(action["res_id"])
        self.assertEqual((bool(made.notes), bool(made.description)), (True, False))

    def test_it_is_the_first_thing_seen_of_the_form_and_in_the_popover(self):
        """S27, S32: without a click, in the form, the quick one and the calendar."""
        events = self.env["calendar.event"].with_user(self.anna)
        arch = Form(events)._view["tree"]
        [first, *_others] = arch.xpath("//notebook/page")
        self.assertTrue(first.xpath(".//field[@name='notes']"))
        calendar = events.get_view(view_type="calendar")["arch"]
        self.assertIn('<field name="notes"', calendar)

    def test_leaving_without_saving_leaves_nothing(self):
        """S34."""
        before = self.env["calendar.event"].search_count([])
        action = self._open(self.anna, "calendar", "entry")
        ApplicationForm.from_action(self.env(user=self.anna), action).name = "Typed"
        self.assertEqual(self.env["calendar.event"].search_count([]), before)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCustomerTab(EventCommon):
    """The calendar event's Customer tab (S33), by both ways."""

    def _both_ways(self, contact):
        contact.calendar_request = "entry"
        return {"saved": self._events(contact), "opened": self._fill(contact=contact)}

    def assertCustomer(self, event, **values):
        for name, value in values.items():
            self.assertEqual(event[f"customer_{name}"], value, name)

    def test_it_has_the_registers_customer(self):
        for way, event in self._both_ways(self.contact).items():
            with self.subTest(way=way):
                self.assertCustomer(
                    event,
                    id=self.customer,
                    name="Kivi Oy",
                    phone="+358 40 1234567",
                    email="info@kivi.example.com",
                    address=ADDRESS,
                )

    def test_opened_for_a_person_it_names_the_company_as_the_contact_event_does(self):
        person = self._create_partner(
            "Matti Virtanen", is_company=False, parent_id=self.customer.id
        )
        self.contact.partner_id = person
        action = self._open(self.anna, "calendar", "entry")
        form = ApplicationForm.from_action(self.env(user=self.anna), action)
        self.assertEqual(form.customer_id, person)
        self.assertEqual(form.customer_name, self.customer.name)

    def test_it_has_the_typed_customer(self):
        for way, event in self._both_ways(self.typed).items():
            with self.subTest(way=way):
                self.assertCustomer(
                    event,
                    id=self.env["res.partner"],
                    name="Mäki Oy",
                    phone="040 7654321",
                    email="info@maki.example.com",
                )
                self.assertFalse(event.customer_address)

    def test_it_has_the_registers_data_whatever_was_given_beside_the_customer(self):
        self.contact.phone = "050 111"
        for way, event in self._both_ways(self.contact).items():
            with self.subTest(way=way):
                self.assertCustomer(event, id=self.customer, phone="+358 40 1234567")

    def test_the_address_is_written_alike_whichever_way_the_tab_is_filled(self):
        """By a contact event, registered or typed, or by choosing the customer."""
        address = {"street": "Main Street 1", "zip": "12345", "city": "Springfield"}
        for code, expected in (
            ("us", "Main Street 1, Springfield 12345, United States"),
            ("fi", "Main Street 1, 12345 Springfield, Finland"),
            ("uk", "Main Street 1, Springfield, 12345, United Kingdom"),
            (None, "Main Street 1, 12345 Springfield"),
        ):
            self.env.company.country_id = self.env.ref("base.fi")
            country = self.env.ref(f"base.{code}").id if code else False
            customer = self._create_partner(country_id=country, **address)
            registered = self._create_contact(partner_id=customer.id)
            typed = self._create_contact(
                customer_name="Typed", country_id=country, **address
            )
            events = [*self._both_ways(registered).values()]
            events += self._both_ways(typed).values()
            chosen = self.env["calendar.event"].with_user(self.anna)
            events.append(chosen.create({"name": "X", "customer_id": customer.id}))
            for event in events:
                self.assertCustomer(event, address=expected)
            notes = self._fill(contact=typed).notes
            self.assertIn("<br>".join(expected.split(", ")), notes)

    def test_a_batch_has_each_ones_customer(self):
        contacts = self.contact + self.typed
        contacts.calendar_request = "booking"
        self.assertCustomer(self._events(self.contact), id=self.customer)
        self.assertCustomer(self._events(self.contact), address=ADDRESS)
        self.assertCustomer(self._events(self.typed), name="Mäki Oy")

    def test_moved_to_a_colleagues_calendar_it_keeps_the_customer(self):
        """S24."""
        for way, event in self._both_ways(self.contact).items():
            with self.subTest(way=way):
                with Form(self._seen_by(self.anna, event)) as form:
                    form.user_id = self.bertta
                self.assertEqual(event.user_id, self.bertta)
                moved = self._seen_by(self.bertta, event)
                self.assertCustomer(moved, id=self.customer, name="Kivi Oy")
                self.assertCustomer(moved, address=ADDRESS)

    def test_edited_it_keeps_the_customer(self):
        event = self._fill()
        with Form(self._seen_by(self.anna, event)) as form:
            form.name = "Changed"
            form.start = "2026-11-24 08:00:00"
            form.customer_phone = "050 222"
        self.assertCustomer(event, id=self.customer, name="Kivi Oy", phone="050 222")

    def test_another_customer_chosen_brings_its_data(self):
        other = self._create_partner("Korhonen Ab", phone="1", city="Turku")
        event = self._fill()
        with Form(self._seen_by(self.anna, event)) as form:
            form.customer_id = other
            self.assertEqual(form.customer_name, "Korhonen Ab")
        self.assertCustomer(event, name="Korhonen Ab", phone="1", address="Turku")
        self.assertFalse(event.customer_email)

    def test_a_customer_taken_away_leaves_the_text(self):
        event = self._fill()
        with Form(self._seen_by(self.anna, event)) as form:
            form.customer_id = self.env["res.partner"]
        self.assertCustomer(event, id=self.env["res.partner"], name="Kivi Oy")
        self.assertCustomer(event, phone="+358 40 1234567", address=ADDRESS)

    def test_a_change_in_the_register_leaves_the_typed_text(self):
        event = self._fill()
        self._seen_by(self.anna, event).customer_phone = "050 333"
        self.customer.phone = "099"
        self.env.flush_all()
        self.assertCustomer(self._seen_by(self.anna, event), phone="050 333")

    def test_a_phone_given_with_the_customer_leaves_the_rest_to_the_register(self):
        """Over RPC: Odoo computes nothing of a group of which one is given."""
        event = (
            self.env["calendar.event"]
            .with_user(self.anna)
            .create(
                {
                    "name": "X",
                    "customer_id": self.customer.id,
                    "customer_phone": "050 444",
                }
            )
        )
        self.assertCustomer(event, phone="050 444", name="Kivi Oy", address=ADDRESS)

    def test_an_ordinary_event_has_no_customer_tab(self):
        event = self.env["calendar.event"].with_user(self.anna).create({"name": "X"})
        self.assertCustomer(event, id=self.env["res.partner"], name=False)
        arch = Form(event)._view["tree"]
        page = arch.xpath("//page[@name='kontakti_customer']")[0]
        for name in ("id", "name", "phone", "email", "address"):
            self.assertIn(f"not customer_{name}", page.get("invisible"))

    def test_the_customer_in_the_tab_sees_nothing_of_it(self):
        """A customer with a portal login is no attendee and reads no event."""
        contact = self._create_contact(partner_id=self.portal.partner_id.id)
        event = self._fill(contact=contact)
        self.assertFalse(
            self._seen_by(self.portal, event).search([("id", "=", event.id)])
        )
