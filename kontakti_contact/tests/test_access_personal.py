from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, KontaktiCommon
from .common_privacy import PrivacyCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestPersonal(KontaktiCommon):
    """Who makes a contact event personal, and what becomes of it then (S8)."""

    def test_the_owner_turns_a_contact_personal_and_back(self):
        contact = self._create_contact(self.anna)
        contact.personal = True
        self.assertFalse(self._contacts(self.bertta).search([("id", "=", contact.id)]))
        contact.personal = False
        self.assertTrue(self._contacts(self.bertta).search([("id", "=", contact.id)]))

    def test_nobody_else_turns_it_personal(self):
        contact = self._create_contact(self.anna)
        for user in (self.bertta, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._seen_by(user, contact).personal = True
        self.assertFalse(self._seen_by(self.anna, contact).personal)

    def test_nobody_takes_a_contact_and_hides_it_in_one_go_but_for_oneself(self):
        """Who makes it personal has to be in Contacted by, also in the same write."""
        contact = self._create_contact(self.anna)
        with self.assertRaises(AccessError):
            contact.write({"personal": True, "contacted_by_id": self.bertta.id})

    def test_a_personal_contact_is_not_handed_over(self):
        contact = self._create_contact(self.anna, personal=True)
        with self.assertRaises(AccessError):
            contact.contacted_by_id = self.bertta
        contact.write({"personal": False, "contacted_by_id": self.bertta.id})
        self.assertEqual(contact.contacted_by_id, self.bertta)

    def test_a_personal_contact_is_not_created_for_somebody_else(self):
        with self.assertRaises(AccessError):
            self._create_contact(
                self.anna, personal=True, contacted_by_id=self.bertta.id
            )

    def test_only_the_owner_is_responsible_for_a_personal_contact(self):
        """A clear error that names the contact and what to do."""
        contact = self._create_contact(
            self.anna, name="Wages", responsible_id=self.bertta.id
        )
        with self.assertRaisesRegex(ValidationError, "Wages"):
            contact.personal = True
        contact.write({"personal": True, "responsible_id": self.anna.id})
        self.assertEqual(contact.responsible_id, self.anna)
        contact.responsible_id = False
        with self.assertRaises(ValidationError):
            contact.responsible_id = self.manager

    def test_turning_personal_removes_the_followers_until_it_is_shared_again(self):
        contact = self._create_contact(self.anna)
        customer = self._create_partner()
        colleagues = self.bertta + self.manager
        contact.message_subscribe((colleagues.partner_id + customer).ids)
        self.assertIn(self.bertta.partner_id, contact.message_partner_ids)
        contact.personal = True
        self.assertFalse(contact.message_partner_ids)
        contact.personal = False
        self.assertEqual(contact.message_partner_ids, self.anna.partner_id)

    def test_nobody_becomes_a_follower_of_a_personal_contact(self):
        contact = self._create_contact(self.anna, personal=True)
        contact.message_subscribe(self.bertta.partner_id.ids)
        contact.message_post(
            body="Look", partner_ids=self.bertta.partner_id.ids, message_type="comment"
        )
        contact.sudo().message_subscribe(self.manager.partner_id.ids)
        self.assertFalse(contact.message_partner_ids)

    def test_a_contact_created_personal_has_no_follower(self):
        contact = self._create_contact(self.anna, personal=True)
        self.assertFalse(contact.message_partner_ids)

    def test_shared_contacts_forget_a_previous_one_that_turns_personal(self):
        contact = self._create_contact(self.anna)
        mine = self._create_contact(self.anna, previous_id=contact.id)
        hers = self._create_contact(self.bertta, previous_id=contact.id)
        own_personal = self._create_contact(
            self.anna, previous_id=contact.id, personal=True
        )
        contact.personal = True
        self.env.invalidate_all()
        self.assertFalse(mine.previous_id)
        self.assertFalse(hers.sudo().previous_id)
        self.assertEqual(own_personal.previous_id, contact)

    def test_a_shared_contact_cannot_be_chained_to_a_personal_one(self):
        personal = self._create_contact(self.anna, personal=True)
        shared = self._create_contact(self.anna, previous_id=personal.id)
        self.assertFalse(shared.previous_id)
        shared.previous_id = personal
        self.assertFalse(shared.previous_id)

    def test_a_personal_contact_is_not_chained_to_a_colleague_s_personal_one(self):
        personal = self._create_contact(self.anna, personal=True)
        hers = self._create_contact(self.bertta, personal=True, previous_id=personal.id)
        self.assertFalse(hers.sudo().previous_id)

    def test_a_personal_follow_up_shared_again_forgets_its_personal_previous(self):
        first = self._create_contact(self.anna, personal=True)
        first.action_follow_up()
        second = first.follow_up_ids
        self.assertEqual(second.previous_id, first)
        second.personal = False
        self.assertFalse(second.previous_id)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_no_command_and_no_error_reaches_a_personal_contact(self):
        """By way of a contact one may write, also across companies."""
        far = self._create_contact(
            self.both, name="Wages", company_id=self.other_company.id, personal=True
        )
        near = self._create_contact(self.anna, name="Wages", personal=True)
        mine = self._create_contact(self.bertta)
        for hidden in (far, near):
            for vals in (
                {"follow_up_ids": [fields.Command.link(hidden.id)]},
                {"follow_up_ids": [fields.Command.update(hidden.id, {"name": "x"})]},
                {"follow_up_ids": [fields.Command.delete(hidden.id)]},
            ):
                with self.subTest(vals=vals):
                    with self.assertRaises(AccessError) as refusal:
                        self._seen_by(self.bertta, mine).write(vals)
                    self.assertNotIn("Wages", str(refusal.exception))
            try:
                with self.env.cr.savepoint():
                    self._seen_by(self.bertta, mine).previous_id = hidden.id
            except UserError as refusal:
                self.assertNotIn("Wages", str(refusal))
            self.assertFalse(self._seen_by(self.bertta, mine).previous_id)
            self.assertEqual(hidden.sudo().name, "Wages")

    def test_several_turn_personal_at_once_each_for_its_owner(self):
        mine = self._create_contact(self.anna) + self._create_contact(self.anna)
        hers = self._create_contact(self.bertta)
        mine.personal = True
        self.assertEqual(self._contacts(self.bertta).search([]) & (mine + hers), hers)
        with self.assertRaises(AccessError):
            self._seen_by(self.anna, mine + hers).write({"personal": True})

    def test_the_form_turns_a_contact_personal(self):
        """S6: the way the user does it, calendar and all."""
        contact = self._create_contact(self.anna, next_date=TODAY)
        with Form(contact) as form:
            form.personal = True
        self.assertTrue(contact.personal)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_user_s_default_favourite_cannot_show_it(self):
        """S8: a filter shared by its owner finds nothing of hers for others."""
        contact = self._create_contact(self.anna, name="Wages", personal=True)
        self.env["ir.filters"].with_user(self.anna).create(
            {
                "name": "Hers",
                "model_id": "kontakti.contact",
                "domain": [("id", "=", contact.id)],
                "user_ids": [],
                "is_default": True,
            }
        )
        domain = [("id", "=", contact.id)]
        self.assertFalse(
            self._contacts(self.bertta).web_search_read(domain, {})["length"]
        )
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, contact).read(["name"])


@tagged("post_install", "-at_install")
class TestPersonalNumbers(PrivacyCommon):
    """Counts, groups and names: as if a hidden contact event were not there (S8)."""

    def test_counting_grouping_and_naming_know_nothing_of_it(self):
        domain = [("id", "=", self.contact.id)]
        name = self.contact.name
        calls = {
            "search": lambda model: model.search(domain).ids,
            "search_count": lambda model: model.search_count(domain),
            "search_read": lambda model: model.search_read(domain, ["name"]),
            "name_search": lambda model: model.name_search(name),
            "web_name_search": lambda model: model.web_name_search(
                name, {"display_name": {}}
            ),
            "_read_group": lambda model: model._read_group(
                domain, ["partner_id"], ["__count", "duration:sum"]
            ),
            "formatted_read_group": lambda model: model.formatted_read_group(
                domain, ["contacted_by_id", "date:month"], ["__count", "id:max"]
            ),
            "formatted_read_grouping_sets": lambda model: [
                rows
                for rows in model.formatted_read_grouping_sets(
                    domain, [["state"], ["name"]], ["__count"]
                )
                if rows
            ],
            "web_read_group": lambda model: model.web_read_group(
                domain, ["partner_id"], ["__count"]
            )["groups"],
            "web_search_read": lambda model: model.web_search_read(
                domain, {"name": {}}
            )["records"],
            "read_progress_bar": lambda model: model.read_progress_bar(
                domain,
                "partner_id",
                {"field": "state", "colors": {"open": "success", "done": "muted"}},
            ),
            "search_panel": lambda model: [
                value
                for value in model.search_panel_select_range(
                    "partner_id", enable_counters=True, search_domain=domain
                )["values"]
                if value.get("__count")
            ],
        }
        for method, call in calls.items():
            with self.subTest(method=method):
                self.assertTrue(call(self._contacts(self.anna)), "tells the owner")
                for user in self.colleagues:
                    self.assertFalse(call(self._contacts(user)), user.login)

    def test_searching_through_other_models_finds_no_trace(self):
        """Domains that walk from what one may read to what one may not."""
        self.assertTrue(self.shared_follow_up.exists())
        for model, domain in [
            ("kontakti.contact", [("previous_id", "!=", False)]),
            ("kontakti.contact", [("previous_id.name", "ilike", "subject")]),
            ("kontakti.contact", [("message_ids.body", "ilike", "after")]),
            ("kontakti.contact", [("message_follower_ids", "!=", False)]),
            ("kontakti.contact", [("activity_ids.summary", "ilike", "call")]),
            ("mail.message", [("res_id", "=", self.contact.id)]),
            ("mail.followers", [("res_id", "=", self.contact.id)]),
            ("mail.activity", [("res_id", "=", self.contact.id)]),
            ("ir.attachment", [("res_id", "=", self.contact.id)]),
            ("mail.notification", [("mail_message_id.res_id", "=", self.contact.id)]),
            (
                "calendar.event",
                [("user_id", "=", self.anna.id), ("name", "=", "Virtanen Oy")],
            ),
        ]:
            if model.startswith(("mail", "ir")):
                field = "model" if model == "mail.message" else "res_model"
                if model == "mail.notification":
                    field = "mail_message_id.model"
                domain = [*domain, (field, "=", "kontakti.contact")]
            for user in self.colleagues:
                with self.subTest(model=model, domain=domain, user=user.login):
                    records = self._contacts(user).env[model]
                    found = records.search(domain)
                    if model == "kontakti.contact":
                        self.assertNotIn(self.contact.id, found.ids)
                    elif model == "calendar.event":
                        self.assertNotIn("Virtanen", str(found.read(["name"])))
                    else:
                        self.assertFalse(found)
                        self.assertFalse(records.search_count(domain))

    def test_the_activity_menu_does_not_count_it(self):
        """The clock in the menu bar groups activities by document."""
        for user, expected in ((self.bertta, False), (self.anna, True)):
            self.env.invalidate_all()
            groups = self.env["res.users"].with_user(user)._get_activity_groups()
            models = {group["model"] for group in groups if group.get("total_count")}
            self.assertEqual("kontakti.contact" in models, expected, user.login)

    def test_the_calendar_event_of_a_personal_contact_is_private(self):
        event = self.env["calendar.event"].search(
            [("kontakti_contact_id", "=", self.contact.id)]
        )
        self.assertEqual(event.privacy, "private")
        shown = self._seen_by(self.bertta, event).read(["name", "notes"])
        self.assertNotIn("Virtanen", str(shown))
        self.assertNotIn(self.contact.name, str(shown))
        with self.assertRaises(AccessError):
            self._seen_by(self.bertta, event).read(["kontakti_contact_id"])
        with self.assertRaises(AccessError):
            event.with_user(self.bertta).search([("kontakti_contact_id", "!=", False)])

    def test_events_made_while_it_was_shared_turn_private_too(self):
        contact = self._create_contact(self.anna, calendar_request="entry")
        events = self.env["calendar.event"].sudo()
        event = events.search([("kontakti_contact_id", "=", contact.id)])
        self.assertNotEqual(event.privacy, "private")
        event.active = False
        contact.personal = True
        self.assertEqual(event.privacy, "private")
