from lxml import etree

from odoo import models
from odoo.tests import freeze_time, tagged
from odoo.tools.constants import PREFETCH_MAX

from .common import NOW, KontaktiCommon

PAGE = 80
PARTNER_MANAGER = "base.group_partner_manager"
# What one contact event or many cost where a partner's data is changed: the one
# statement that takes it over.
FOLLOWING = 1


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestGuestCosts(KontaktiCommon):
    """Odoo's own work with partners runs no statement more because of Kontakti.

    A statement is Kontakti's when it names something of Kontakti's. All statements were
    counted on two databases, one without the addons: a user without Kontakti runs in
    both list 15, kanban 14, form 22, saving a note 20, creating 15, deleting 29.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._create_user("clerk", f"base.group_user,{PARTNER_MANAGER}")
        cls.user = cls._create_user(
            "partner_user", f"kontakti_contact.group_kontakti_user,{PARTNER_MANAGER}"
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": f"Customer {n}", "is_company": True} for n in range(PAGE)]
        )
        cls.people = cls.env["res.partner"].create(
            [{"name": "P", "parent_id": partner.id} for partner in cls.partners[:10]]
        )
        cls._contacts(cls.anna).create(
            [
                {"name": "Call", "partner_id": partner.id}
                for partner in [*cls.partners[:40], *cls.people] * 2
            ]
        )

    def _partners(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["res.partner"].with_user(user)

    def _get_specification(self, user, view_type):
        """Return what the web client reads for Odoo's own view, as the user sees it."""
        model = self.env["res.partner"].with_user(user)
        arch = etree.fromstring(model.get_view(view_type=view_type)["arch"])
        names = {
            node.get("name")
            for node in arch.iter("field")
            if not any(parent.tag == "field" for parent in node.iterancestors())
        }
        return {
            name: {"fields": {"display_name": {}}}
            if model._fields[name].relational
            else {}
            for name in sorted(names)
        }

    def _run(self, operate):
        """Return the statements that ``operate()`` runs to the end of a request."""
        statements = []
        cursor = type(self.env.cr)
        execute = cursor.execute

        def record(cr, query, *args, **kwargs):
            statements.append(str(getattr(query, "code", query)))
            return execute(cr, query, *args, **kwargs)

        self.patch(cursor, "execute", record)
        operate()
        self.env.flush_all()
        self.env.cr.flush()
        self.patch(cursor, "execute", execute)
        return statements

    def _count_ours(self, operate):
        operate()  # rights, rules, views, once
        self.env.flush_all()
        self.env.cr.flush()
        self.env.invalidate_all()
        statements = self._run(operate)
        self.assertTrue(statements)
        return [text for text in statements if "kontakti" in text]

    def test_listing_partners_runs_nothing_of_ours(self):
        for user in (self.clerk, self.user):
            for view_type in ("list", "kanban"):
                specification = self._get_specification(user, view_type)
                with self.subTest(user=user.login, view=view_type):
                    ours = self._count_ours(
                        lambda user=user, fields=specification: self._partners(
                            user
                        ).web_search_read(
                            [("id", "in", self.partners.ids)], fields, limit=PAGE
                        )
                    )
                    self.assertEqual(ours, [])

    def test_opening_a_partner_runs_nothing_of_ours_without_kontakti(self):
        fields = self._get_specification(self.clerk, "form")
        partner = self.partners[0]
        ours = self._count_ours(
            lambda: self._partners(self.clerk).browse(partner.id).web_read(fields)
        )
        self.assertEqual(ours, [])

    def test_the_numbers_on_the_form_are_two_statements_for_a_kontakti_user(self):
        fields = self._get_specification(self.user, "form")
        partner = self.partners[0]
        ours = self._count_ours(
            lambda: self._partners(self.user).browse(partner.id).web_read(fields)
        )
        self.assertEqual(len(ours), 2, ours)

    def test_saving_what_contact_events_do_not_hold_runs_nothing_of_ours(self):
        numbers = iter(range(100))
        for fname in ("comment", "function", "ref", "website"):
            with self.subTest(field=fname):
                ours = self._count_ours(
                    lambda fname=fname: (
                        self._partners(self.clerk)
                        .browse(self.partners[0].id)
                        .write({fname: f"http://x{next(numbers)}"})
                    )
                )
                self.assertEqual(ours, [])

    def test_saving_what_they_hold_is_one_statement_however_many_there_are(self):
        numbers = iter(range(100))
        for fname in ("name", "phone", "city"):
            with self.subTest(field=fname):
                ours = self._count_ours(
                    lambda fname=fname: (
                        self._partners(self.clerk)
                        .browse(self.partners.ids)
                        .write({fname: f"x{next(numbers)}"})
                    )
                )
                self.assertEqual(len(ours), FOLLOWING, ours)

    def test_renaming_people_is_one_statement_more_however_many_there_are(self):
        """What they were called tells who was proposed as contact person, not typed."""
        numbers = iter(range(100))
        ours = self._count_ours(
            lambda: (
                self._partners(self.clerk)
                .browse(self.people.ids)
                .write({"name": f"x{next(numbers)}"})
            )
        )
        self.assertEqual(len(ours), FOLLOWING + 1, ours)

    def test_moving_a_person_is_three_statements(self):
        """Who is above it, what contact events hold of it, and the customers' numbers."""
        companies = iter(self.partners[50:])
        ours = self._count_ours(
            lambda: (
                self._partners(self.clerk)
                .browse(self.people[0].id)
                .write({"parent_id": next(companies).id})
            )
        )
        self.assertEqual(len(ours), 2 + FOLLOWING, ours)

    def test_creating_partners_runs_nothing_of_ours(self):
        fields = self._get_specification(self.clerk, "form")
        vals = {"name": "New Oy", "is_company": True, "phone": "1", "city": "Espoo"}
        for name, create in (
            ("create", lambda: self._partners(self.clerk).create([vals] * 3)),
            ("a person", lambda: self._create_person()),
            ("the form", lambda: self._partners(self.clerk).web_save(vals, fields)),
        ):
            with self.subTest(way=name):
                self.assertEqual(self._count_ours(create), [])

    def _create_person(self):
        parent = self.partners[0].id
        self._partners(self.clerk).create({"name": "Kaisa", "parent_id": parent})

    def test_deleting_a_partner_asks_nothing_of_contact_events(self):
        made = self.env["res.partner"].create([{"name": "Gone"}] * 2)
        partners = iter(made)
        ours = self._count_ours(
            lambda: self._partners(self.clerk).browse(next(partners).id).unlink()
        )
        # links are the other addon's
        self.assertEqual([text for text in ours if "kontakti_contact" in text], [])

    def test_odoo_s_methods_that_we_extend_are_these_and_no_others(self):
        """Each of them is in the list of the developers' readme, with its reason."""
        ours = set()
        for parent in type(self.env["res.partner"]).__mro__:
            if parent.__module__.startswith("odoo.addons.kontakti_contact."):
                ours |= {
                    name
                    for name, value in vars(parent).items()
                    if callable(value) and hasattr(models.BaseModel, name)
                }
        self.assertEqual(
            ours - {"__module__", "__doc__", "__init__"},
            {
                "_field_to_sql",
                "_order_field_to_sql",
                "_search",
                "_search_display_name",
                "_write_multi",
                "modified",
            },
        )

    def test_a_month_of_the_calendar_looks_into_no_table_of_ours(self):
        """S8: whom an event shows its customer to stands in the event's own row."""
        partner = self.partners[:1]
        self._create_contact(partner_id=partner.id, calendar_request="booking")
        self._create_contact(
            partner_id=partner.id, calendar_request="booking", personal=True
        )
        events = self.env["calendar.event"].with_user(self.clerk)
        fields = ["name", "start", "stop", "privacy", "user_id", "partner_ids", "notes"]
        for operate in (
            lambda: events.search_read([("user_id", "=", self.anna.id)], fields),
            lambda: events.search_count([("name", "ilike", "call")]),
        ):
            for statement in self._count_ours(operate):
                self.assertNotIn("kontakti_calendar_tab", statement)
                self.assertNotIn("kontakti_contact ", statement)

    def test_whose_an_invitation_is_to_see_is_asked_with_its_token_alone(self):
        """S8: in a month of the calendar nobody reads the tokens of the invited."""
        self._create_contact(
            partner_id=self.partners[:1].id, calendar_request="booking"
        )
        attendees = self.env["calendar.attendee"].with_user(self.clerk).search([])
        self.assertTrue(attendees)
        self.assertEqual(self._count_ours(lambda: attendees.mapped("state")), [])

    def test_the_list_of_files_asks_about_many_contact_events_at_once(self):
        contacts = self._contacts(self.anna).create(
            [{"name": "Call", "personal": not n} for n in range(PREFETCH_MAX + 1)]
        )
        found = []
        seen = contacts.with_user(self.user)
        ours = self._count_ours(lambda: found.append(seen._filtered_access("read")))
        self.assertEqual(len(ours), 1)
        self.assertEqual(found[-1], seen[1:])
        self.assertEqual(contacts._filtered_access("read"), contacts)
        self.assertFalse(contacts.with_user(self.clerk)._filtered_access("read"))
