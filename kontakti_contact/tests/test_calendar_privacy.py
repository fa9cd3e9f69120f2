from contextlib import contextmanager
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tests import HttpCase, freeze_time, tagged

from ..models.odoo.calendar_attendee import CalendarAttendee
from ..models.odoo.calendar_event_privacy import CalendarEvent
from .common import NOW, KontaktiCommon

SECRET = "Zsalaisuus"
TEXTS = ("name", "description", "notes", "location")
CUSTOMER = ("customer_name", "customer_phone", "customer_email", "customer_address")


class CalendarPrivacyCommon(KontaktiCommon):
    """A personal contact event of anna with a customer whom SECRET is known by."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_partner(
            f"{SECRET} Oy",
            phone=f"{SECRET} 040",
            email=f"{SECRET.lower()}@example.com",
            street=f"{SECRET} 1",
        )

    def _create(self, user=None, **vals):
        return self._create_contact(
            user,
            **{
                "name": f"{SECRET} subject",
                "partner_id": self.customer.id,
                "calendar_request": "booking",
                **vals,
            },
        )

    def _events(self, contact):
        """Return the calendar events of ``contact``, archived ones too."""
        self.env.flush_all()
        self.env.invalidate_all()
        events = self.env["calendar.event"].sudo().with_context(active_test=False)
        return events.search([("kontakti_contact_id", "=", contact.id)])

    def _fill(self, event):
        """Write the secret into every text of ``event`` as its organizer would."""
        for name in TEXTS:
            self._seen_by(event.user_id, event)[name] = f"{SECRET} {name}"

    def _plan_meeting(self, contact, user=None, **context):
        """Plan a meeting from an activity of ``contact``; return its calendar event."""
        user = user or self.anna
        activity = (
            contact.with_user(user)
            .sudo(False)
            .activity_schedule(
                "mail.mail_activity_data_meeting",
                summary=f"{SECRET} summary",
                note=f"<p>{SECRET} note</p>",
                user_id=user.id,
            )
        )
        action = activity.with_context(**context).action_create_calendar_event()
        events = self.env["calendar.event"].with_user(user)
        event = events.with_context(action["context"]).create(
            {"start": "2026-11-24 08:00:00", "stop": "2026-11-24 09:00:00"}
        )
        self.assertEqual(activity.calendar_event_id, event)
        return event.with_context({})

    def _repeat(self, event, **vals):
        """Make ``event`` a series of four weeks; return all its occurrences."""
        self._seen_by(event.user_id, event).write(
            {
                "recurrency": True,
                "rrule_type_ui": "weekly",
                "rrule_type": "weekly",
                "interval": 1,
                "count": 4,
                "end_type": "count",
                event.start.strftime("%a").lower(): True,
                "recurrence_update": "future_events",
                **vals,
            }
        )
        occurrences = event.sudo().recurrence_id.calendar_event_ids
        self.assertEqual(len(occurrences), 4)
        return occurrences

    def assertShowsNothing(self, user, events):
        """``user`` reads nothing of ``events`` that tells, in any field of theirs."""
        names = [
            name
            for name, field in events._fields.items()
            if events.with_user(user)._has_field_access(field, "read")
        ]
        for event in events:
            shown = str(self._seen_by(user, event).read(names)).lower()
            self.assertNotIn(SECRET.lower(), shown, user.login)
            self.assertNotIn(f"({self.customer.id},", shown, user.login)

    def assertAnswersNothing(self, user, events):
        """No domain, order or grouping lets ``user`` find ``events`` by what they say.

        By those that ask for nothing secret they are found: they are Busy, not away.
        """
        self._seen_by(user, events)
        model = self.env["calendar.event"].with_user(user)
        model = model.with_context(active_test=False)
        ours = [("id", "in", events.ids)]
        self.assertEqual(model.search_count(ours), len(events))
        tells = [(name, "ilike", SECRET) for name in (*TEXTS, *CUSTOMER)]
        tells += [(name, "!=", False) for name in ("notes", "description", "location")]
        tells += [(name, "!=", False) for name in CUSTOMER]
        tells += [
            ("display_name", "ilike", SECRET),
            ("notes", "=like", f"%{SECRET}%"),
            ("customer_id", "=", self.customer.id),
            ("customer_id", "!=", False),
            ("customer_id", "child_of", self.customer.id),
            ("customer_id", "ilike", SECRET),
            ("customer_id.name", "ilike", SECRET),
            ("customer_name", "in", [f"{SECRET} Oy"]),
            ("customer_name", ">", "A"),
            ("kontakti_tab_id", "!=", False),
            ("res_id", "!=", False),
            ("res_model", "=", "kontakti.contact"),
        ]
        for condition in tells:
            with self.subTest(user=user.login, condition=condition):
                self.assertFalse(model.search([*ours, condition]))
        doors = {
            "calendar.attendee": "event_id",
            "res.partner": "meeting_ids",
            "mail.activity": "calendar_event_id",
            "calendar.recurrence": "calendar_event_ids",
        }
        told = Domain.OR([condition] for condition in tells)
        for name, field in doors.items():
            with self.subTest(user=user.login, through=name):
                records = self.env[name].with_user(user)
                domain = Domain(field, "any", Domain(ours) & told)
                self.assertFalse(records.search(domain))
        with self.subTest(user=user.login, by="name_search"):
            self.assertFalse(model.name_search(SECRET, ours))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPersonalEvents(CalendarPrivacyCommon):
    """The calendar tells nothing of a personal contact event (S6, S8)."""

    @property
    def outsiders(self):
        return self.bertta + self.manager + self.employee + self.stranger

    def assertHidden(self, events):
        self.assertEqual(set(events.mapped("privacy")), {"private"})
        for user in self.outsiders:
            self.assertShowsNothing(user, events)
            self.assertAnswersNothing(user, events)

    def test_an_event_of_it_answers_nobody(self):
        event = self._events(self._create(personal=True))
        self._fill(event)
        self.assertHidden(event)

    def test_its_owner_finds_it_by_all_it_says(self):
        """Otherwise the test above would prove nothing."""
        event = self._events(self._create(personal=True))
        self._fill(event)
        model = self.env["calendar.event"].with_user(self.anna)
        for condition in [
            *((name, "ilike", SECRET) for name in (*TEXTS, *CUSTOMER)),
            ("display_name", "ilike", SECRET),
            ("customer_id", "=", self.customer.id),
            ("customer_id.name", "ilike", SECRET),
            ("customer_id", "ilike", SECRET),
            ("customer_id", "child_of", self.customer.id),
            ("customer_id", "!=", False),
            ("customer_name", "!=", False),
        ]:
            domain = [("id", "=", event.id), condition]
            with self.subTest(condition=condition):
                self.assertEqual(model.search(domain), event)
                self.assertEqual(model.search_count(domain), 1)

    def test_searching_for_no_customer_is_no_way_to_tell(self):
        """It is found beside those that have none, as any event."""
        private = self._events(self._create(personal=True))
        plain = self.env["calendar.event"].with_user(self.anna).create({"name": "X"})
        both = private + plain
        for name in ("customer_id", "customer_name", "notes", "kontakti_tab_id"):
            domain = [("id", "in", both.ids), (name, "=", False)]
            with self.subTest(name=name):
                found = self.env["calendar.event"].with_user(self.bertta).search(domain)
                self.assertEqual(found, both)

    def test_no_title_tells_it_from_another_private_event(self):
        """Neither by being empty nor by what stands there instead of it."""
        ours = self._events(self._create(personal=True))
        other = (
            self.env["calendar.event"]
            .with_user(self.anna)
            .create({"name": "Dentist", "privacy": "private"})
        )
        both = ours + other.sudo()
        events = self.env["calendar.event"].with_user(self.bertta)
        for condition in (
            ("name", "=", False),
            ("name", "ilike", "Dentist"),
            ("name", "!=", "Dentist"),
            ("name", "ilike", "Busy"),
        ):
            found = events.search([("id", "in", both.ids), condition])
            with self.subTest(condition=condition):
                self.assertIn(len(found), (0, 2))

    def test_no_order_tells_what_it_says(self):
        """Events whose secret comes first and last stay where their ids put them."""
        events = self.env["calendar.event"]
        for letter in "MZA":
            event = self._events(self._create(personal=True))
            for name in ("name", "notes", "description", "location"):
                self._seen_by(self.anna, event)[name] = f"{letter} {name}"
            events += event
        searching = self.env["calendar.event"].with_user(self.bertta)
        for name in ("name", "notes", "description", "location"):
            for way in ("", " desc"):
                order = f"{name}{way}, id"
                with self.subTest(order=order):
                    found = searching.search([("id", "in", events.ids)], order=order)
                    self.assertEqual(found.ids, events.ids)
        self.assertEqual(
            events.with_user(self.anna).search(
                [("id", "in", events.ids)], order="name"
            ),
            events[2] + events[0] + events[1],
        )

    def test_no_grouping_tells_what_it_says(self):
        event = self._events(self._create(personal=True))
        self._fill(event)
        ours = [("id", "=", event.id)]
        groupings = ["name", "location", "notes", "res_model", "kontakti_tab_id"]
        for user in self.outsiders:
            events = self._seen_by(user, self.env["calendar.event"])
            for name in groupings:
                with self.subTest(user=user.login, name=name):
                    groups = events.formatted_read_group(ours, [name], ["__count"])
                    self.assertNotIn(SECRET, str(groups))
                    domain = [*ours, ("notes", "ilike", SECRET)]
                    groups = events.formatted_read_group(
                        domain, ["user_id"], ["__count"]
                    )
                    self.assertFalse(groups)
            for name in ("customer_name", "customer_phone"):
                with self.subTest(user=user.login, through=name):
                    with self.assertRaises(AccessError):
                        events.formatted_read_group(
                            ours, [f"kontakti_tab_id.{name}"], ["__count"]
                        )

    def test_what_stands_behind_the_tab_is_read_by_nobody(self):
        event = self._events(self._create(personal=True))
        tab = event.kontakti_tab_id
        self.assertTrue(tab)
        for user in self.outsiders + self.anna:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._seen_by(user, tab).read(["customer_name"])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._seen_by(user, event).search(
                    [("kontakti_tab_id.customer_name", "ilike", SECRET)]
                )
        self.assertNotIn(SECRET, tab.display_name)

    def test_a_search_does_not_walk_through_to_the_contact_event(self):
        """An employee without Kontakti would read every contact event like that."""
        contact = self._create(discussion=f"<p>{SECRET}</p>")
        event = self._events(contact)
        for user in self.employee + self.bertta + self.anna:
            events = self._seen_by(user, event)
            for condition in (
                ("kontakti_contact_id", "=", contact.id),
                ("kontakti_contact_id", "!=", False),
                ("kontakti_contact_id.discussion", "ilike", SECRET),
                ("kontakti_tab_id.contact_id.discussion", "ilike", SECRET),
                ("kontakti_tab_id.event_ids.name", "ilike", SECRET),
            ):
                with self.subTest(user=user.login, condition=condition):
                    with self.assertRaises(AccessError):
                        events.search([condition])

    def test_a_search_by_customer_asks_what_the_user_may_ask_of_customers(self):
        """What is sought of the customer is not sought by the superuser."""
        event = self._events(self._create())
        self.customer.sudo().company_id = self.other_company
        domain = [("id", "=", event.id), ("customer_id.name", "ilike", SECRET)]
        self.assertFalse(self._seen_by(self.bertta, event).search(domain))
        with self.assertRaises(AccessError):
            self._seen_by(self.employee, event).search(
                [("customer_id.user_ids.totp_secret", "!=", False)]
            )

    def test_a_colleague_cannot_cut_an_event_from_its_contact_event(self):
        """Or it would stay public when the contact event turns personal."""
        contact = self._create()
        event = self._events(contact)
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, event).kontakti_tab_id = False
        with self.assertRaises(AccessError):
            self._seen_by(self.stranger, event).customer_phone = "1"
        contact.personal = True
        self.assertHidden(self._events(contact))

    def test_every_occurrence_of_a_series_is_private(self):
        """Past and future ones, archived ones, whenever it became a series."""
        for repeated_after in (True, False):
            with self.subTest(repeated_after=repeated_after):
                contact = self._create(personal=repeated_after)
                event = self._events(contact)
                self._fill(event)
                occurrences = self._repeat(event)
                self._seen_by(self.anna, occurrences[3]).active = False
                (occurrences - event)[0].start = fields.Datetime.to_datetime(
                    "2026-10-01 08:00:00"
                )
                contact.personal = True
                self.assertEqual(self._events(contact), occurrences)
                self.assertEqual(set(occurrences.mapped("privacy")), {"private"})
                self.assertShowsNothing(self.bertta, occurrences)
                self.assertAnswersNothing(self.bertta, occurrences)

    def test_a_copy_is_private_whenever_it_was_made(self):
        for copied_before in (True, False):
            with self.subTest(copied_before=copied_before):
                contact = self._create(personal=not copied_before)
                event = self._events(contact)
                self._fill(event)
                copy = self._seen_by(self.anna, event).copy()
                copy_of_copy = copy.copy()
                contact.personal = True
                events = self._events(contact)
                self.assertEqual(events, event + (copy + copy_of_copy).sudo())
                self.assertHidden(events)

    def test_a_meeting_planned_from_its_activity_is_private_at_birth(self):
        """From the form, whose context knows the contact event, and the systray."""
        contact = self._create_contact(name=f"{SECRET} subject", personal=True)
        for context in (
            {"default_res_model": "kontakti.contact", "default_res_id": contact.id},
            {},
        ):
            with self.subTest(context=context):
                event = self._plan_meeting(contact, **context)
                self.assertIn(SECRET, event.name)
                self.assertIn(event.id, self._events(contact).ids)
                self.assertHidden(event.sudo())

    def test_a_meeting_of_a_shared_one_turns_private_with_it(self):
        """Its whole series, and the one that a colleague planned and organizes."""
        contact = self._create_contact(name=f"{SECRET} subject")
        event = self._plan_meeting(contact)
        occurrences = self._repeat(event)
        others = self._plan_meeting(contact, self.bertta)
        self.assertNotIn("private", (occurrences + others.sudo()).mapped("privacy"))
        contact.personal = True
        self.assertHidden(occurrences + others.sudo())

    def test_a_calendar_event_that_is_given_the_contact_event_is_of_it(self):
        """Over RPC, and as an activity that is given the calendar event."""
        contact = self._create_contact(name=f"{SECRET} subject", personal=True)
        events = self.env["calendar.event"].with_user(self.anna)
        model_id = self.env["ir.model"]._get_id("kontakti.contact")
        document = {"res_model_id": model_id, "res_id": contact.id}
        created = events.create({"name": SECRET, **document})
        written = events.create({"name": SECRET})
        written.write(document)
        planned = events.create({"name": SECRET})
        activity = contact.with_user(self.anna).activity_schedule(
            "mail.mail_activity_data_todo"
        )
        activity.calendar_event_id = planned
        for event in created + written + planned:
            self.assertEqual(event.privacy, "private")
            self.assertEqual(event.sudo().kontakti_contact_id, contact)

    def test_a_colleagues_own_event_of_it_tells_the_colleague_nothing_more(self):
        """What bertta wrote comes back if anna shares it again; nothing is lost."""
        contact = self._create(calendar_request=False)
        self._seen_by(self.bertta, contact).calendar_request = "booking"
        event = self._events(contact)
        self.assertEqual(event.user_id, self.bertta)
        self._seen_by(self.bertta, event).notes = f"<p>{SECRET} of bertta</p>"
        contact.personal = True
        self.assertShowsNothing(self.bertta, event)
        hidden = self._seen_by(self.bertta, event)
        self.assertEqual(hidden.start, event.start)
        self.assertTrue(hidden.name)
        contact.personal = False
        self.assertIn(SECRET, self._seen_by(self.bertta, event).notes)
        self.assertEqual(self._seen_by(self.bertta, event).name, f"{SECRET} Oy")

    def test_whom_the_owner_invites_sees_the_meeting_and_no_customer(self):
        """The title, time and notes are the invitation; the Customer tab is not."""
        event = self._events(self._create(personal=True))
        self._seen_by(self.anna, event).write(
            {
                "name": "Lunch",
                "partner_ids": [fields.Command.link(self.bertta.partner_id.id)],
            }
        )
        invited = self._seen_by(self.bertta, event)
        self.assertEqual(invited.name, "Lunch")
        self.assertEqual(
            self.env["calendar.event"]
            .with_user(self.bertta)
            .search([("id", "=", event.id), ("name", "=", "Lunch")]),
            event,
        )
        for name in ("customer_id", *CUSTOMER):
            self.assertFalse(invited[name], name)
            domain = [("id", "=", event.id), (name, "!=", False)]
            self.assertFalse(invited.search(domain), name)

    def test_it_tells_nothing_after_the_contact_event_is_deleted(self):
        contact = self._create(personal=True)
        event = self._events(contact)
        self._fill(event)
        self._seen_by(self.anna, contact).unlink()
        self.assertTrue(event.exists())
        self.assertHidden(event)
        self.assertIn(SECRET, self._seen_by(self.anna, event).customer_name)

    def test_superuser_code_sees_and_changes_it(self):
        """Odoo's own, such as merging customers or erasing a person's data."""
        event = self._events(self._create(personal=True))
        self.assertEqual(event.customer_id, self.customer)
        domain = [("id", "=", event.id), ("customer_id", "=", self.customer.id)]
        self.assertEqual(event.search(domain), event)
        event.customer_phone = "erased"
        self.assertEqual(self._seen_by(self.anna, event).customer_phone, "erased")

    def test_its_owner_sees_it_from_another_company_too(self):
        contact = self._create(personal=True)
        event = self._events(contact)
        self.anna.write(
            {
                "company_ids": [fields.Command.set(self.other_company.ids)],
                "company_id": self.other_company.id,
            }
        )
        self.assertEqual(self._seen_by(self.anna, event).customer_name, f"{SECRET} Oy")


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestEventsOfOtherCompanies(CalendarPrivacyCommon):
    """A shared booking tells the customer to nobody outside its company."""

    def test_a_user_of_another_company_reads_and_finds_no_customer(self):
        event = self._events(self._create())
        seen = self._seen_by(self.stranger, event)
        for name in ("customer_id", *CUSTOMER, "notes", "description"):
            self.assertFalse(seen[name], name)
        self.assertNotIn(SECRET, seen.name)
        self.assertNotIn(SECRET, seen.display_name)
        self.assertAnswersNothing(self.stranger, event)
        self.assertShowsNothing(self.stranger, event)

    def test_its_time_is_seen_by_everybody(self):
        event = self._events(self._create())
        seen = self._seen_by(self.stranger, event)
        self.assertEqual((seen.start, seen.user_id), (event.start, self.anna))

    def test_inviting_oneself_opens_nothing(self):
        """Any employee may join a public meeting."""
        event = self._events(self._create())
        self._seen_by(self.stranger, event).action_join_meeting(
            self.stranger.partner_id.id
        )
        self.assertShowsNothing(self.stranger, event)

    def test_users_of_the_company_see_it(self):
        event = self._events(self._create())
        for user in self.bertta + self.employee + self.both:
            seen = self._seen_by(user, event)
            self.assertEqual(seen.customer_id.id, self.customer.id, user.login)
            self.assertEqual(seen.customer_phone, f"{SECRET} 040", user.login)
            domain = [("id", "=", event.id), ("customer_id", "=", self.customer.id)]
            self.assertEqual(seen.search(domain), event)

    def test_it_follows_the_contact_event_to_another_company(self):
        contact = self._create(self.both)
        event = self._events(contact)
        contact.sudo().company_id = self.other_company
        self.assertFalse(self._seen_by(self.bertta, event).customer_name)
        self.assertTrue(self._seen_by(self.stranger, event).customer_name)

    def test_a_contact_event_of_every_company_hides_nothing(self):
        event = self._events(self._create(company_id=False))
        self.assertTrue(self._seen_by(self.stranger, event).customer_name)

    def test_it_stays_so_after_the_contact_event_is_deleted(self):
        contact = self._create()
        event = self._events(contact)
        contact.unlink()
        self.assertShowsNothing(self.stranger, event)
        self.assertTrue(self._seen_by(self.bertta, event).customer_name)

    def test_a_private_event_of_a_shared_contact_event_answers_nobody(self):
        """Also in a calendar that is private by default."""
        for default in (False, True):
            with self.subTest(default=default):
                event = self._events(self._create())
                self._fill(event)
                if default:
                    own = self.anna.with_user(self.anna)
                    own.calendar_default_privacy = "private"
                else:
                    self._seen_by(self.anna, event).privacy = "private"
                self.assertShowsNothing(self.employee, event)
                self.assertAnswersNothing(self.employee, event)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTabRows(CalendarPrivacyCommon):
    """What stands behind the Customer tab, shared by the occurrences of a series."""

    def test_a_personal_one_handed_over_is_the_new_owner_s_and_nobody_else_s(self):
        """By superuser code, as when somebody leaves."""
        contact = self._create(personal=True)
        tab = self._events(contact).kontakti_tab_id
        self.assertEqual(tab.owner_id, self.anna)
        contact.sudo().contacted_by_id = self.bertta
        self.env.flush_all()
        self.assertEqual(tab.owner_id, self.bertta)

    def test_an_occurrence_can_have_a_customer_of_its_own(self):
        event = self._events(self._create())
        occurrences = self._repeat(event)
        self.assertEqual(len(occurrences.kontakti_tab_id), 1)
        self._seen_by(self.anna, occurrences[2]).customer_phone = "other"
        self.env.invalidate_all()
        phones = occurrences.mapped("customer_phone")
        self.assertEqual(phones, [f"{SECRET} 040"] * 2 + ["other", f"{SECRET} 040"])
        self.assertEqual(len(occurrences.kontakti_contact_id), 1)

    def test_all_occurrences_at_once_get_the_customer_data(self):
        event = self._events(self._create())
        occurrences = self._repeat(event)
        self._seen_by(self.anna, occurrences).customer_phone = "new"
        self.env.invalidate_all()
        self.assertEqual(set(occurrences.mapped("customer_phone")), {"new"})
        self.assertEqual(len(occurrences.kontakti_tab_id), 1)

    def test_what_no_event_has_any_more_goes(self):
        event = self._events(self._create())
        kept = self._events(self._create()).kontakti_tab_id
        tab = event.kontakti_tab_id
        event.unlink()
        self.env["kontakti.calendar.tab"]._gc_without_event()
        self.assertFalse(tab.exists())
        self.assertTrue(kept.exists())

    def test_an_event_without_customer_has_no_row(self):
        event = self.env["calendar.event"].with_user(self.anna).create({"name": "X"})
        self.assertFalse(event.sudo().kontakti_tab_id)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestCalendarCosts(CalendarPrivacyCommon):
    """What Odoo's calendar does costs no statement more (a guest costs nothing)."""

    OPERATIONS = {
        "a month": lambda events: events.search_read(
            [("start", ">=", "2026-11-01"), ("stop", "<", "2026-12-01")],
            ["name", "start", "partner_ids", "privacy", "description", "location"],
        ),
        "attendees": lambda events: events.search([]).attendee_ids.read(),
        "a search": lambda events: events.name_search("Meeting"),
        "by organizer": lambda events: events.formatted_read_group(
            [], ["user_id"], ["__count"]
        ),
    }

    def _count_statements(self, operation):
        self.env.flush_all()
        self.env.invalidate_all()
        events = self.env["calendar.event"].with_user(self.bertta)
        events.env.user.has_group("base.group_user")
        before = self.cr.sql_log_count
        operation(events)
        return self.cr.sql_log_count - before

    def test_reading_and_searching_run_the_statements_that_odoo_runs(self):
        events = self.env["calendar.event"].with_user(self.anna)
        for privacy in (False, "private", "public"):
            events.create({"name": f"Meeting {privacy}", "privacy": privacy})
        self._create(personal=True)
        for name, operation in self.OPERATIONS.items():
            self._count_statements(operation)  # what is remembered is
            ours = self._count_statements(operation)
            with self._as_odoo_has_it():
                odoos = self._count_statements(operation)
            with self.subTest(operation=name):
                self.assertEqual(ours, odoos)

    @contextmanager
    def _as_odoo_has_it(self):
        plain = BaseModel._field_to_sql
        with (
            patch.object(CalendarEvent, "_field_to_sql", plain),
            patch.object(CalendarAttendee, "_field_to_sql", plain),
        ):
            yield


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestAttendeesPage(CalendarPrivacyCommon, HttpCase):
    """The page behind an attendee's token shows the event to whoever has it."""

    def test_nobody_reads_the_token_of_an_event_that_is_not_theirs_to_see(self):
        personal = self._events(self._create(personal=True))
        for user in self.bertta + self.employee + self.stranger:
            attendee = self._seen_by(user, personal.attendee_ids)
            with self.subTest(user=user.login):
                self.assertFalse(attendee.access_token)
                self.assertFalse(attendee.read(["access_token"])[0]["access_token"])
                domain = [("id", "=", attendee.id), ("access_token", "!=", False)]
                self.assertFalse(attendee.search(domain))
                self.assertFalse(self._seen_by(user, personal).access_token)

    def test_the_token_of_another_private_event_is_closed_all_the_same(self):
        """Or the one that is closed would tell of the contact event."""
        events = self.env["calendar.event"].with_user(self.anna)
        private = events.create({"name": "Dentist", "privacy": "private"})
        public = events.create({"name": "Fair"})
        attendees = (private + public).sudo().attendee_ids
        tokens = [
            bool(self._seen_by(self.bertta, attendee).access_token)
            for attendee in attendees.sorted("event_id")
        ]
        self.assertEqual(tokens, [False, True])

    def test_the_invited_have_their_token_and_the_organizer_all(self):
        event = self._events(self._create(personal=True))
        self._seen_by(self.anna, event).partner_ids += self.bertta.partner_id
        for user in self.anna + self.bertta:
            attendees = self._seen_by(user, event.attendee_ids)
            self.assertTrue(all(attendees.mapped("access_token")), user.login)

    def test_an_employee_finds_no_way_to_the_page(self):
        event = self._events(self._create(personal=True))
        self.env.flush_all()
        self.authenticate("kontakti_employee", "kontakti_employee")
        [row] = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "calendar.attendee",
                "method": "search_read",
                "args": [[("event_id", "=", event.id)], ["access_token", "event_id"]],
                "kwargs": {},
            },
        )
        self.assertFalse(row["access_token"])
        self.assertNotIn(SECRET, str(row))
