from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestContactDefaults(KontaktiCommon):
    """What a new contact event holds before anybody types anything (S2, S14)."""

    def test_the_logged_in_user_made_the_contact_and_nobody_is_responsible(self):
        """S14: contacted by is the user; the responsible has to be set separately."""
        contact = self._create_contact(self.anna)
        self.assertEqual(contact.contacted_by_id, self.anna)
        self.assertFalse(contact.responsible_id)

    def test_the_form_proposes_the_same_defaults(self):
        with Form(self._contacts(self.bertta)) as form:
            form.name = "Fair"
            self.assertEqual(form.contacted_by_id, self.bertta)
            self.assertFalse(form.responsible_id)
            self.assertEqual(form.date, fields.Datetime.to_datetime(NOW))
        contact = form.record
        self.assertEqual(contact.name, "Fair")
        self.assertEqual(contact.state, "open")

    def test_the_company_is_the_one_chosen_in_the_switcher(self):
        """S1: a contact event is the organisation's one works in."""
        company_ids = [self.other_company.id, self.company.id]
        contact = self._contacts(self.both, allowed_company_ids=company_ids).create(
            {"name": "Call"}
        )
        self.assertEqual(contact.company_id, self.other_company)
        self.assertEqual(self._create_contact(self.both).company_id, self.company)

    def test_the_contact_takes_place_now_and_is_open_shared_and_undated(self):
        """S2, S7, S8: nothing but the subject needs to be filled in."""
        contact = self._create_contact()
        self.assertEqual(contact.date, fields.Datetime.to_datetime(NOW))
        self.assertEqual(contact.state, "open")
        self.assertEqual(contact.due, "undated")
        for fname in ("next_date", "personal", "mailing_list", "calendar_request"):
            self.assertFalse(contact[fname], fname)

    def test_a_contact_event_needs_a_subject(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_contact(name=False)

    def test_a_subject_of_blanks_only_is_refused_clearly(self):
        """Nothing to read, and no row to click: over RPC, in a file, by assignment."""
        contacts, contact = self._contacts(self.anna), self._create_contact()
        for name in (" ", "\t\n", "\u00a0", "\u200b\ufeff"):
            for way, give in (
                (
                    "create",
                    lambda name=name: call_kw(contacts, "create", [{"name": name}], {}),
                ),
                (
                    "write",
                    lambda name=name: call_kw(
                        contacts, "write", [contact.ids, {"name": name}], {}
                    ),
                ),
                ("web_save", lambda name=name: contact.web_save({"name": name}, {})),
                ("copy", lambda name=name: contact.copy({"name": name})),
            ):
                with self.subTest(way=way, name=name):
                    with self.assertRaises(ValidationError) as refusal:
                        give()
                    self.assertIn("Subject", str(refusal.exception))
        result = contacts.load(["name"], [["\u00a0"]])
        self.assertFalse(result["ids"])
        self.assertTrue(result["messages"])

    def test_no_list_to_choose_from_has_a_name_of_blanks(self):
        for model in (
            "kontakti.purpose",
            "kontakti.channel",
            "kontakti.tag",
            "kontakti.label.format",
        ):
            with self.subTest(model=model), self.assertRaises(ValidationError):
                self.env[model].with_user(self.manager).create({"name": "\u00a0"})

    def test_time_used_cannot_be_negative(self):
        """S2: and zero or half an hour can."""
        self.assertFalse(self._create_contact(duration=0).duration)
        contact = self._create_contact(duration=0.5)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            contact.duration = -0.25
            contact.flush_recordset()

    def test_the_refusal_of_a_negative_time_is_in_words(self):
        """S2: the user reads the reason, not the name of a constraint."""
        contact = self._create_contact()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as refused:
            contact.duration = -1
            contact.flush_recordset()
        self.assertIn(
            "time used cannot be negative",
            contact._sql_error_to_message(refused.exception),
        )

    def test_a_copy_is_open_and_follows_nothing(self):
        """S3: a copy is a new contact, not a part of the first one's chain."""
        first = self._create_contact(customer_name="Virtanen", mailing_list=True)
        first.action_follow_up()
        second = first.follow_up_ids
        second.write({"state": "done"})
        copy = second.copy()
        self.assertEqual(copy.state, "open")
        self.assertFalse(copy.previous_id)
        self.assertFalse(copy.follow_up_ids)
        self.assertEqual(copy.customer_name, "Virtanen")
        self.assertTrue(copy.mailing_list)

    def test_a_copy_of_a_shared_contact_has_the_same_next_date(self):
        contact = self._create_contact(next_date=TODAY)
        self.assertEqual(contact.copy().next_date, TODAY)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestContactState(KontaktiCommon):
    """Done, reopen and postpone (S7, S13)."""

    def test_done_leaves_the_task_list_and_reopen_returns_to_it(self):
        contact = self._create_contact(next_date=TODAY)
        self.assertTrue(contact.action_done())
        self.assertEqual((contact.state, contact.due), ("done", False))
        self.assertTrue(contact.action_reopen())
        self.assertEqual((contact.state, contact.due), ("open", "today"))

    def test_what_was_planned_and_done_by_mistake_has_not_taken_place(self):
        """One that had, of the same call, keeps when it did."""
        planned, other = self._create_contact(date=False), self._create_contact()
        contacts = self._seen_by(self.anna, planned | other)
        contacts.action_done()
        self.assertEqual(planned.date, fields.Datetime.now())
        contacts.action_reopen()
        self.assertEqual(set(contacts.mapped("state")), {"open"})
        self.assertEqual((planned.date, other.date), (False, fields.Datetime.now()))

    def test_what_was_said_of_it_keeps_when_it_was_done(self):
        for said in (
            {"discussion": "<p>They call back.</p>"},
            {"duration": 0.5},
            {"date": "2026-11-20 08:00:00"},
        ):
            contact = self._create_contact(date=False)
            contact.action_done()
            contact.write(said)
            date = contact.date
            contact.action_reopen()
            self.assertEqual((contact.state, contact.date), ("open", date), said)

    def test_it_is_dated_anew_when_it_is_done_again(self):
        contact = self._create_contact(date=False)
        contact.action_done()
        contact.action_reopen()
        with freeze_time("2026-11-24 10:00:00"):
            contact.action_done()
            self.assertEqual(contact.date, fields.Datetime.now())

    def test_done_works_on_many_at_once(self):
        contacts = self._create_contact() + self._create_contact()
        contacts.action_done()
        self.assertEqual(set(contacts.mapped("state")), {"done"})

    def test_a_late_contact_postponed_by_a_day_is_due_tomorrow(self):
        """S7, S13: counted from today, and an undated one as well."""
        late = self._create_contact(next_date="2026-11-01")
        undated = self._create_contact()
        later = self._create_contact(next_date="2026-11-30")
        (late + undated + later).action_postpone()
        tomorrow = fields.Date.to_date("2026-11-24")
        self.assertEqual(late.next_date, tomorrow)
        self.assertEqual(undated.next_date, tomorrow)
        self.assertEqual(later.next_date, fields.Date.to_date("2026-12-01"))

    def test_postpone_by_a_week(self):
        contact = self._create_contact(next_date=TODAY)
        contact.action_postpone(7)
        self.assertEqual(contact.next_date, fields.Date.to_date("2026-11-30"))

    def test_undo_of_postpone_restores_every_date(self):
        late = self._create_contact(next_date="2026-11-01")
        undated = self._create_contact()
        before = (late + undated).action_postpone()
        self.assertEqual(before, {str(late.id): "2026-11-01", str(undated.id): False})
        self._contacts(self.anna).action_restore_next_dates(before)
        self.assertEqual(late.next_date, fields.Date.to_date("2026-11-01"))
        self.assertFalse(undated.next_date)

    def test_undo_refuses_a_contact_that_the_user_may_not_write(self):
        """S8: ids are given by the client; the rules hold all the same."""
        personal = self._create_contact(self.anna, personal=True)
        with self.assertRaises(AccessError):
            self._contacts(self.bertta).action_restore_next_dates(
                {str(personal.id): "2026-01-01"}
            )
        self.assertFalse(self._seen_by(self.anna, personal).next_date)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestFollowUp(KontaktiCommon):
    """The next contact of a chain: one click, one transaction (S3, S7)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purpose = cls.env.ref("kontakti_contact.kontakti_purpose_marketing")
        cls.channel = cls.env.ref("kontakti_contact.kontakti_channel_visit")
        cls.tag = cls.env["kontakti.tag"].create({"name": "Fair"})
        cls.shared_vals = {
            "purpose_id": cls.purpose.id,
            "channel_id": cls.channel.id,
            "tag_ids": [fields.Command.set(cls.tag.ids)],
            "mailing_list": True,
        }

    def assert_carried(self, contact, follow_up, fnames):
        for fname in fnames:
            self.assertEqual(follow_up[fname], contact[fname], fname)
            self.assertTrue(follow_up[fname], f"{fname}: nothing was carried")

    def test_it_carries_the_registered_customer_and_the_plan(self):
        person = self._create_partner(
            "Matti", is_company=False, parent_id=self._create_partner().id
        )
        contact = self._create_contact(
            partner_id=person.id, responsible_id=self.bertta.id, **self.shared_vals
        )
        contact.action_follow_up()
        follow_up = contact.follow_up_ids
        self.assert_carried(
            contact,
            follow_up,
            "name partner_id commercial_partner_id customer_name contact_person"
            " purpose_id channel_id tag_ids responsible_id mailing_list company_id"
            " customer_key".split(),
        )

    def test_it_carries_the_typed_customer(self):
        typed = {
            "customer_name": "Älämölö Oy",
            "contact_person": "Matti",
            "phone": "040 1234567",
            "email": "matti@example.com",
            "street": "Katu 1",
            "street2": "C 3",
            "zip": "00100",
            "city": "Helsinki",
            "country_id": self.env.ref("base.fi").id,
        }
        contact = self._create_contact(**typed)
        contact.action_follow_up()
        self.assert_carried(contact, contact.follow_up_ids, typed)

    def test_it_carries_personal_to_its_owner(self):
        """S8: the next contact of a personal one is personal."""
        contact = self._create_contact(personal=True, responsible_id=self.anna.id)
        contact.action_follow_up()
        follow_up = contact.follow_up_ids
        self.assertTrue(follow_up.personal)
        self.assertEqual(follow_up.contacted_by_id, self.anna)
        self.assertEqual(follow_up.previous_id, contact)

    def test_it_is_a_fresh_contact_of_the_one_who_clicks(self):
        """S2, S14: what was said and done belongs to the first one alone."""
        contact = self._create_contact(
            discussion="<p>Said</p>", actions="<p>Did</p>", duration=2, next_date=TODAY
        )
        self._seen_by(self.bertta, contact).action_follow_up()
        follow_up = self._seen_by(self.bertta, contact).follow_up_ids
        self.assertEqual(follow_up.contacted_by_id, self.bertta)
        self.assertEqual(follow_up.state, "open")
        self.assertEqual(follow_up.date, fields.Datetime.to_datetime(NOW))
        for fname in ("discussion", "actions", "duration", "next_date"):
            self.assertFalse(follow_up[fname], fname)

    def test_the_old_one_is_done_and_chained(self):
        contact = self._create_contact()
        action = contact.action_follow_up()
        self.assertEqual(contact.state, "done")
        self.assertEqual(contact.follow_up_count, 1)
        self.assertEqual(contact.follow_up_ids.previous_id, contact)
        self.assertEqual(action["res_id"], contact.follow_up_ids.id)
        self.assertEqual(action["views"], [(False, "form")])

    def test_many_follow_ups_open_as_a_list(self):
        contacts = self._create_contact() + self._create_contact()
        action = contacts.action_follow_up()
        self.assertEqual(len(contacts.follow_up_ids), 2)
        self.assertEqual(set(contacts.mapped("state")), {"done"})
        self.assertEqual(action["domain"], [("id", "in", contacts.follow_up_ids.ids)])
        self.assertEqual(action["views"][0], (False, "list"))

    def test_a_second_click_leads_to_the_same_follow_up(self):
        contact = self._create_contact()
        action = contact.action_follow_up()
        contact.action_reopen()
        self.assertEqual(contact.action_follow_up()["res_id"], action["res_id"])
        self.assertEqual(contact.follow_up_count, 1)
        self.assertEqual(contact.state, "done")

    def test_of_several_only_those_without_a_follow_up_get_one(self):
        followed, new = self._create_contact(), self._create_contact()
        followed.action_follow_up()
        (followed + new).action_follow_up()
        self.assertEqual([followed.follow_up_count, new.follow_up_count], [1, 1])

    def test_a_hidden_follow_up_is_not_led_to(self):
        """S8: as if it were not there, the colleague makes one of the own."""
        contact = self._create_contact()
        hidden = self._create_contact(previous_id=contact.id, personal=True)
        action = self._seen_by(self.bertta, contact).action_follow_up()
        self.assertNotIn(hidden.id, (action["res_id"], False))
        self.assertEqual(
            self._contacts(self.bertta).browse(action["res_id"]).contacted_by_id,
            self.bertta,
        )

    def test_nothing_is_done_when_the_follow_up_fails(self):
        """One transaction: the contact never leaves the task list for nothing."""
        contact = self._create_contact()
        failing = patch.object(
            type(contact), "create", side_effect=UserError("No follow-up today")
        )
        with failing, self.assertRaises(UserError):
            contact.action_follow_up()
        self.assertEqual(self._seen_by(self.anna, contact).state, "open")

    def test_the_chain_can_be_walked_both_ways(self):
        first = self._create_contact()
        first.action_follow_up()
        second = first.follow_up_ids
        self.assertEqual(second.action_open_previous()["res_id"], first.id)
        self.assertEqual(first.action_open_follow_ups()["res_id"], second.id)

    def test_follow_ups_hidden_from_the_user_are_not_counted(self):
        """S8: a colleague's personal follow-up of a shared contact does not show."""
        contact = self._create_contact(self.anna)
        self._create_contact(self.anna, previous_id=contact.id, personal=True)
        self.assertEqual(self._seen_by(self.anna, contact).follow_up_count, 1)
        self.assertEqual(self._seen_by(self.bertta, contact).follow_up_count, 0)
        self.assertFalse(self._seen_by(self.bertta, contact).follow_up_ids)

    def test_the_previous_contact_is_of_the_same_company(self):
        contact = self._create_contact()
        with self.assertRaises(UserError):
            self._create_contact(
                self.both, previous_id=contact.id, company_id=self.other_company.id
            )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRegisterDocument(KontaktiCommon):
    """The hook of the applications, without kontakti_contact_links (S18)."""

    def test_a_saved_document_is_noted_once_in_the_chatter(self):
        contact = self._create_contact()
        partner = self._create_partner("<b>Oy</b>")
        before = contact.message_ids
        contact._register_document(partner)
        note = contact.message_ids - before
        self.assertEqual(len(note), 1)
        self.assertTrue(note.is_internal or note.subtype_id.internal)
        self.assertIn(f'data-oe-id="{partner.id}"', note.body)
        self.assertNotIn("<b>Oy</b>", note.body)

    def test_an_unsaved_document_is_refused(self):
        contact = self._create_contact()
        with self.assertRaises(UserError):
            contact._register_document(self.env["res.partner"].new({"name": "Oy"}))
