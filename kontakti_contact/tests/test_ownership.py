from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY, KontaktiCommon

RULES = "odoo.addons.base.models.ir_rule"


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestTaking(KontaktiCommon):
    """Contacted by is changed by the owner, who entered it, or a manager (S8, S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact(cls.anna, name="Annual offer")
        cls.entered = cls._create_contact(
            cls.bertta, name="Entered for Anna", contacted_by_id=cls.anna.id
        )
        cls.carl = cls._create_user("carl", "kontakti_contact.group_kontakti_user")
        cls.tag = cls.env["kontakti.tag"].create({"name": "Taken"})

    def _ways_of_taking(self, contact, user):
        """Yield a name and a call by which ``user`` takes ``contact``."""
        taken = {"contacted_by_id": user.id}
        mine = self._create_contact(user)
        contacts = self._contacts(user)
        seen = contacts.browse(contact.id)
        [external_id, *_rest] = contact.export_data(["id"])["datas"][0]

        def update(command):
            return lambda: contacts.browse(mine.id).write({"follow_up_ids": [command]})

        def load(column, value):
            rows = [[str(value), user.login]]
            result = contacts.load([column, "contacted_by_id"], rows)
            if result["messages"]:
                raise AccessError(str(result["messages"]))

        def save_form():
            with Form(seen) as form:
                form.contacted_by_id = user

        yield "write", lambda: seen.write(taken)
        yield "assignment", lambda: seen.update(taken)
        yield "over RPC", lambda: call_kw(contacts, "write", [seen.ids, taken], {})
        yield "the form", save_form
        yield "web_save", lambda: seen.web_save(taken, {"name": {}})
        yield (
            "the list's multi-edit",
            lambda: (seen + mine).web_save({**taken, "duration": 1}, {"name": {}}),
        )
        yield (
            "web_save_multi",
            lambda: seen.web_save_multi(
                [{**taken, "tag_ids": [fields.Command.link(self.tag.id)]}],
                {"name": {}},
            ),
        )
        yield "an import by database id", lambda: load(".id", contact.id)
        yield "an import by external id", lambda: load("id", external_id)
        yield "a follow-up's update", update(fields.Command.update(contact.id, taken))
        yield (
            "the previous one's update",
            lambda: contacts.create(
                {
                    "name": "New",
                    "follow_up_ids": [
                        fields.Command.link(contact.id),
                        fields.Command.update(contact.id, taken),
                    ],
                }
            ),
        )
        yield "a server action", lambda: self._run_server_action(contact, user)

    def _run_server_action(self, contact, user):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Take",
                "model_id": self.env["ir.model"]._get_id("kontakti.contact"),
                "state": "code",
                "code": "records.write({'contacted_by_id': env.uid})",
                "group_ids": self.env.ref("base.group_user").ids,
            }
        )
        chosen = {"active_model": "kontakti.contact", "active_ids": contact.ids}
        action.with_user(user).with_context(**chosen, active_id=contact.id).run()

    @mute_logger(RULES, "odoo.addons.base.models.ir_actions")
    def test_a_colleague_cannot_take_a_contact_event(self):
        for name, take in self._ways_of_taking(self.contact, self.carl):
            with self.subTest(way=name):
                with self.assertRaises(UserError) as refusal:
                    take()
                self.assertIn("Anna", str(refusal.exception))
                self.assertIn("manager", str(refusal.exception))
                self.env.invalidate_all()
                self.assertEqual(self.contact.contacted_by_id, self.anna)

    def test_the_ways_of_taking_are_ways_of_changing_one_s_own(self):
        """What is refused above is refused for who does it, not for how."""
        for name, take in self._ways_of_taking(self.entered, self.bertta):
            with self.subTest(way=name):
                self.entered.sudo().contacted_by_id = self.anna
                take()
                self.env.flush_all()
                self.assertEqual(self.entered.sudo().contacted_by_id, self.bertta)

    def test_the_owner_who_entered_it_and_a_manager_hand_it_over(self):
        for contact, user in (
            (self.contact, self.anna),
            (self.contact, self.manager),
            (self.entered, self.bertta),
            (self.entered, self.anna),
        ):
            with self.subTest(contact=contact.name, user=user.login):
                contact.sudo().contacted_by_id = self.anna
                self._seen_by(user, contact).contacted_by_id = self.carl
                self.assertEqual(contact.sudo().contacted_by_id, self.carl)

    def test_work_on_a_colleague_s_contact_event_goes_on(self):
        """Also when a form or a file gives the owner that it has."""
        seen = self._seen_by(self.carl, self.contact)
        seen.write({"contacted_by_id": self.anna.id, "responsible_id": self.carl.id})
        seen.write({"company_id": self.company.id, "next_date": TODAY})
        seen.action_done()
        self.assertEqual(self.contact.responsible_id, self.carl)

    def test_one_of_many_that_is_not_the_own_refuses_all(self):
        mine = self._create_contact(self.carl)
        with self.assertRaisesRegex(AccessError, "Annual offer"):
            self._seen_by(self.carl, mine + self.contact).write(
                {"contacted_by_id": self.bertta.id}
            )
        self.assertEqual(mine.sudo().contacted_by_id, self.carl)

    def test_what_nobody_took_nobody_deletes_or_hides(self):
        seen = self._seen_by(self.carl, self.contact)
        for take in (
            {"contacted_by_id": self.carl.id, "personal": True},
            {"personal": True},
        ):
            with self.assertRaises(AccessError):
                seen.write(take)
        with mute_logger(RULES), self.assertRaises(AccessError):
            seen.unlink()
        self.assertFalse(self._seen_by(self.anna, self.contact).personal)

    def test_nobody_moves_it_out_of_its_owner_s_sight(self):
        """To an organisation that the owner does not work in."""
        away = {"company_id": self.other_company.id}
        boss = self._create_user(
            "boss",
            "kontakti_contact.group_kontakti_manager",
            company_ids=[fields.Command.set((self.company + self.other_company).ids)],
        )
        chosen = (self.company + self.other_company).ids
        for user, may in ((self.both, False), (boss, True)):
            seen = self._seen_by(user, self.contact).with_context(
                allowed_company_ids=chosen
            )
            with self.subTest(user=user.login):
                if may:
                    seen.write(away)
                else:
                    with self.assertRaisesRegex(AccessError, "Anna"):
                        seen.write(away)

    @mute_logger(RULES)
    def test_the_refusal_tells_nothing_of_a_hidden_one(self):
        hidden = self._create_contact(self.anna, name="Wages", personal=True)
        for user in (self.carl, self.manager):
            with self.assertRaises(AccessError) as refusal:
                self._seen_by(user, hidden).contacted_by_id = user
            for told in ("Wages", "Anna"):
                self.assertNotIn(told, str(refusal.exception))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestOwnersWhoMove(KontaktiCommon):
    """An owner who leaves a company keeps the own personal contact events (S8, S9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls._create_partner(company_id=cls.company.id)
        cls.personal = cls._create_contact(
            cls.anna,
            name="Wages",
            personal=True,
            next_date=TODAY,
            partner_id=cls.partner.id,
            calendar_request="entry",
        )
        cls.personal.message_post(body="Said in private")
        cls.shared = cls._create_contact(cls.anna, next_date=TODAY)
        there = [fields.Command.set(cls.other_company.ids)]
        cls.anna.write({"company_id": cls.other_company.id, "company_ids": there})

    def _find(self, user, **context):
        found = self._contacts(user, **context).search(
            [("id", "in", (self.personal + self.shared).ids)]
        )
        return found.sudo()

    def test_the_owner_finds_and_reads_it_and_what_hangs_on_it(self):
        self.assertEqual(self._find(self.anna), self.personal)
        contact = self._seen_by(self.anna, self.personal)
        [shown] = contact.web_read(
            {
                "name": {},
                "partner_id": {"fields": {"display_name": {}}},
                "company_id": {},
            }
        )
        self.assertEqual(shown["name"], "Wages")
        self.assertIn("Said in private", str(contact.message_ids.mapped("body")))
        events = self.env["calendar.event"].with_user(self.anna)
        self.assertTrue(events.search([("customer_name", "=", "Virtanen Oy")]))

    def test_the_task_list_counts_it_and_shows_what_it_counts(self):
        sections = self._contacts(self.anna).get_task_list()["sections"]
        groups = {
            group["key"]: group
            for section in sections
            for group in section["groups"]
            if section["key"] == "personal"
        }
        self.assertEqual(groups["today"]["contacts"], 1)
        found = self._contacts(self.anna).search(groups["today"]["domain"])
        self.assertEqual(found, self.personal)

    def test_the_owner_goes_on_working_with_it(self):
        contact = self._seen_by(self.anna, self.personal)
        contact.write({"discussion": "<p>More</p>", "next_date": False})
        contact.message_post(body="Noted")
        contact.action_follow_up()
        self.assertEqual(contact.follow_up_ids.contacted_by_id, self.anna)
        self.assertTrue(contact.follow_up_ids.personal)
        contact.unlink()
        self.assertFalse(self.personal.exists())

    def test_nobody_else_sees_anything_of_it(self):
        for user in (self.bertta, self.manager, self.stranger, self.both):
            chosen = user.company_ids.ids
            self.assertNotIn(
                self.personal, self._find(user, allowed_company_ids=chosen)
            )

    def test_those_of_companies_that_one_works_in_follow_the_switcher(self):
        contact = self._create_contact(
            self.both, personal=True, company_id=self.other_company.id
        )
        for chosen, expected in ((self.company, False), (self.other_company, True)):
            contacts = self._contacts(self.both, allowed_company_ids=chosen.ids)
            found = contacts.search([("id", "=", contact.id)])
            self.assertEqual(bool(found), expected)

    @mute_logger(RULES)
    def test_none_is_put_into_a_company_that_one_does_not_work_in(self):
        with self.assertRaises(AccessError):
            self._create_contact(self.anna, personal=True, company_id=self.company.id)
        mine = self._create_contact(self.anna, personal=True)
        with self.assertRaises(AccessError):
            self._seen_by(self.anna, mine).company_id = self.company

    def test_the_owner_takes_it_along_to_the_new_company(self):
        contact = self._seen_by(self.anna, self.personal)
        contact.partner_id = False
        contact.write({"company_id": self.other_company.id, "personal": False})
        self.assertTrue(self._contacts(self.stranger).search([("id", "=", contact.id)]))
