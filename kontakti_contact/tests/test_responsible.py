from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import Form, freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import KONTAKTI_MANAGER, KONTAKTI_USER, NOW, KontaktiCommon


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestResponsible(KontaktiCommon):
    """Responsible is a Kontakti user who may see the contact event (S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gone = cls._create_user("gone", KONTAKTI_USER, active=False)
        cls.contact = cls._create_contact(cls.anna, name="Offer")

    def _unfit(self):
        return self.employee, self.portal, self.stranger, self.gone

    def _ways_of_making(self, user):
        """Yield a name and a call by which anna makes ``user`` responsible."""
        contacts = self._contacts(self.anna)
        seen = contacts.browse(self.contact.id)
        given = {"responsible_id": user.id}
        yield "create", lambda: contacts.create({"name": "New", **given})
        yield "write", lambda: seen.write(given)
        yield "over RPC", lambda: call_kw(contacts, "write", [seen.ids, given], {})
        yield "web_save", lambda: seen.web_save(given, {"name": {}})
        yield "of a done one", lambda: seen.write({"state": "done", **given})

    def test_nobody_else_is_made_responsible(self):
        for user in self._unfit():
            for way, make in self._ways_of_making(user):
                with self.subTest(user=user.login, way=way):
                    with self.assertRaises(ValidationError) as refusal:
                        make()
                    self.assertIn(user.name, str(refusal.exception))
                    self.env.invalidate_all()
                    self.assertFalse(self.contact.responsible_id)

    def test_a_colleague_is(self):
        for user in (self.anna, self.bertta, self.manager, self.both):
            for way, make in self._ways_of_making(user):
                with self.subTest(user=user.login, way=way):
                    make()

    def test_an_import_names_who_cannot_be(self):
        result = self._contacts(self.anna).load(
            ["name", "responsible_id/.id"], [["Call", str(self.stranger.id)]]
        )
        self.assertFalse(result["ids"])
        self.assertIn("Stranger", str(result["messages"]))

    def test_without_a_company_any_kontakti_user_is(self):
        contact = self._create_contact(self.both, company_id=False)
        contact.responsible_id = self.stranger
        with self.assertRaises(ValidationError):
            contact.responsible_id = self.employee

    def test_the_field_offers_only_such(self):
        offered = self._contacts(self.anna).fields_get(["responsible_id"])
        domain = offered["responsible_id"]["domain"]
        users = self.env["res.users"].with_user(self.anna)
        mine = (
            self.anna
            + self.bertta
            + self.manager
            + self.both
            + self.stranger
            + self.employee
            + self.portal
        )
        for company_id, expected in (
            (self.company.id, self.anna + self.bertta + self.manager + self.both),
            (False, self.anna + self.bertta + self.manager + self.both + self.stranger),
        ):
            found = users.search(safe_eval(domain, {"company_id": company_id}))
            self.assertEqual(found & mine, expected & found)
            self.assertEqual(expected & found, expected)

    def test_the_form_opens_with_the_field_s_domain(self):
        with Form(self._contacts(self.anna)) as form:
            form.name = "Call"
            form.responsible_id = self.bertta.with_user(self.anna)
        self.assertEqual(form.record.responsible_id, self.bertta)

    def test_moving_to_another_company_asks_for_another_person(self):
        contact = self._create_contact(self.both, responsible_id=self.bertta.id)
        chosen = (self.company + self.other_company).ids
        contact = contact.with_context(allowed_company_ids=chosen)
        with self.assertRaises(ValidationError):
            contact.company_id = self.other_company
        contact.write(
            {"company_id": self.other_company.id, "responsible_id": self.stranger.id}
        )
        self.assertEqual(contact.responsible_id, self.stranger)


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLeaver(KontaktiCommon):
    """Who ceases to be a Kontakti user of the company is responsible no longer (S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = fields.Command.set((cls.company + cls.other_company).ids)
        cls.leaver = cls._create_user("leaver", KONTAKTI_USER, company_ids=[companies])
        cls.group = cls.env["res.groups"].create({"name": "Sales people"})
        values = {"name": "Offer", "responsible_id": cls.leaver.id}
        cls.open, cls.done, cls.elsewhere = cls.env["kontakti.contact"].create(
            [
                values,
                {**values, "state": "done"},
                {**values, "company_id": cls.other_company.id},
            ]
        )
        cls.env.flush_all()
        cls.env.cr.flush()

    def _ways_of_leaving(self):
        user, group = self.leaver, self.env.ref(KONTAKTI_USER)
        internal = self.env.ref("base.group_user")
        yield "archived", lambda: user.action_archive()
        yield "right taken", lambda: user.write({"group_ids": [(3, group.id)]})
        yield (
            "right taken in the group",
            lambda: group.write({"user_ids": [(3, user.id)]}),
        )
        yield (
            "all rights replaced",
            lambda: user.write({"group_ids": [(6, 0, internal.ids)]}),
        )
        yield (
            "portal",
            lambda: user.write(
                {"group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]}
            ),
        )
        yield (
            "company taken",
            lambda: user.write(
                {
                    "company_id": self.other_company.id,
                    "company_ids": [(3, self.company.id)],
                }
            ),
        )
        yield "taken in the company", lambda: self._leave_company()

    def _leave_company(self):
        self.leaver.company_id = self.other_company
        self.company.write({"user_ids": [(3, self.leaver.id)]})

    def test_the_open_ones_become_unassigned_and_the_chatter_says_whose(self):
        for way, leave in self._ways_of_leaving():
            with self.subTest(way=way), self.env.cr.savepoint() as savepoint:
                leave()
                self.env.flush_all()
                self.env.cr.flush()
                self.env.invalidate_all()
                self.assertFalse(self.open.responsible_id)
                self.assertEqual(self.done.responsible_id, self.leaver)
                stays = "company" in way
                self.assertEqual(bool(self.elsewhere.responsible_id), stays)
                tracked = self.open.message_ids.sudo().tracking_value_ids
                self.assertIn("Leaver", tracked.mapped("old_value_char"))
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()

    def test_the_right_by_another_group_is_lost_with_it(self):
        self._have_right_by_group()
        for way, leave in (
            (
                "no longer implied",
                lambda: self.group.write(
                    {"implied_ids": [(3, self.env.ref(KONTAKTI_USER).id)]}
                ),
            ),
            (
                "no longer in it",
                lambda: self.group.write({"user_ids": [(3, self.leaver.id)]}),
            ),
            ("deleted", lambda: self.group.unlink()),
        ):
            with self.subTest(way=way), self.env.cr.savepoint() as savepoint:
                self.assertTrue(self.open.responsible_id)
                leave()
                self.assertFalse(self.open.responsible_id)
                savepoint.rollback()
            self.env.invalidate_all()
            self.env.registry.clear_all_caches()

    def _have_right_by_group(self):
        group = self.env.ref(KONTAKTI_USER)
        self.group.write(
            {"implied_ids": [(4, group.id)], "user_ids": [(4, self.leaver.id)]}
        )
        self.leaver.write({"group_ids": [(3, group.id)]})
        self.env.flush_all()
        self.assertTrue(self.open.responsible_id, "he has the right by the group")

    def test_who_keeps_the_right_keeps_the_work(self):
        manager = self.env.ref(KONTAKTI_MANAGER)
        self.leaver.write({"group_ids": [(4, manager.id)]})
        self.leaver.write({"group_ids": [(3, self.env.ref(KONTAKTI_USER).id)]})
        self.leaver.write({"company_id": self.other_company.id})
        self.assertEqual(self.open.responsible_id, self.leaver)

    def test_an_archived_contact_event_is_released_too(self):
        self.open.action_archive()
        self.leaver.action_archive()
        self.assertFalse(self.open.responsible_id)

    def test_a_done_one_reopened_afterwards_is_unassigned(self):
        self.leaver.action_archive()
        self._seen_by(self.anna, self.done).action_reopen()
        self.assertFalse(self.done.responsible_id)

    def test_a_follow_up_or_copy_of_a_leaver_s_is_unassigned(self):
        self.leaver.action_archive()
        self._seen_by(self.anna, self.done).action_follow_up()
        self.assertFalse(self.done.follow_up_ids.responsible_id)
        self.assertFalse(self._seen_by(self.anna, self.done).copy().responsible_id)

    def _count_ours(self, write):
        """Return how many statements naming contact events ``write()`` runs."""
        statements, cursor = [], type(self.env.cr)
        execute = cursor.execute

        def record(cr, query, *args, **kwargs):
            statements.append(str(getattr(query, "code", query)))
            return execute(cr, query, *args, **kwargs)

        self.env.flush_all()
        self.patch(cursor, "execute", record)
        write()
        self.env.flush_all()
        self.patch(cursor, "execute", execute)
        return len([text for text in statements if "kontakti_contact" in text])

    def test_odoo_s_own_writes_of_users_and_groups_cost_nothing(self):
        """Only what may take a right away asks whose work there is."""
        other = self.env.ref("base.group_partner_manager")
        for name, write in (
            ("a signature", lambda: self.employee.write({"signature": "X"})),
            ("the language", lambda: self.employee.write({"lang": False})),
            ("unarchived", lambda: self.employee.write({"active": True})),
            (
                "another group",
                lambda: other.write({"user_ids": [(4, self.employee.id)]}),
            ),
            ("a group's name", lambda: self.group.write({"name": "Y"})),
            ("a company's place", lambda: self.other_company.write({"sequence": 7})),
        ):
            with self.subTest(write=name):
                self.assertEqual(self._count_ours(write), 0)
        self.assertEqual(
            self._count_ours(
                lambda: self.employee.write({"group_ids": [(4, other.id)]})
            ),
            1,
        )


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestHandOver(KontaktiCommon):
    """A manager hands work over in bulk, by one action (S14)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaver = cls._create_user("leaver", KONTAKTI_USER)
        cls.open = cls._create_contact(
            cls.leaver, name="Open", responsible_id=cls.leaver.id
        )
        cls.done = cls._create_contact(
            cls.leaver, name="Done", responsible_id=cls.leaver.id, state="done"
        )
        cls.personal = cls._create_contact(cls.leaver, name="SECRET", personal=True)
        cls.archived = cls._create_contact(cls.leaver, name="Archived", active=False)

    def _wizard(self, user=None, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        wizards = self.env["kontakti.hand.over"].with_user(user or self.manager)
        return wizards.create(
            {
                "from_user_id": self.leaver.id,
                "to_user_id": self.bertta.id,
                **values,
            }
        )

    def test_the_open_ones_get_another_responsible_person(self):
        wizard = self._wizard()
        self.assertEqual(wizard.responsible_count, 1)
        wizard.action_hand_over()
        self.assertEqual(self.open.responsible_id, self.bertta)
        self.assertEqual(self.done.responsible_id, self.leaver)
        self.assertEqual(self.open.contacted_by_id, self.leaver)

    def test_those_contacted_by_a_leaver_go_to_a_colleague(self):
        self.leaver.action_archive()
        wizard = self._wizard(with_responsible=False, with_contacted_by=True)
        self.assertEqual(wizard.contacted_by_count, 3)
        wizard.action_hand_over()
        shared = self.open | self.done | self.archived
        self.assertEqual(shared.contacted_by_id, self.bertta)
        self.assertEqual(self.personal.sudo().contacted_by_id, self.leaver)

    def test_personal_ones_of_a_leaver_go_unseen_to_a_colleague(self):
        self.leaver.action_archive()
        wizard = self._wizard(with_responsible=False, with_personal=True)
        self.assertEqual(wizard.personal_count, 1)
        action = wizard.action_hand_over()
        self.assertNotIn("SECRET", str(action))
        self.assertEqual(self.personal.sudo().contacted_by_id, self.bertta)
        found = self._contacts(self.bertta).search([("name", "=", "SECRET")])
        self.assertEqual(found, self.personal)
        for user in (self.manager, self.anna):
            self.assertFalse(self._contacts(user).search([("name", "=", "SECRET")]))
            with self.assertRaises(AccessError):
                self._seen_by(user, self.personal).read(["name"])

    def test_a_manager_does_not_take_personal_ones(self):
        self.leaver.action_archive()
        wizard = self._wizard(to_user_id=self.manager.id, with_personal=True)
        with self.assertRaises(UserError):
            wizard.action_hand_over()
        self.assertEqual(self.personal.sudo().contacted_by_id, self.leaver)

    def test_personal_ones_of_who_still_works_here_stay(self):
        wizard = self._wizard(with_personal=True)
        self.assertEqual(wizard.personal_count, 0)
        wizard.action_hand_over()
        self.assertEqual(self.personal.sudo().contacted_by_id, self.leaver)

    def test_the_chosen_ones_go_to_a_colleague(self):
        mine = self._create_contact(self.anna)
        action = self.env["ir.actions.server"].browse(
            self.env.ref("kontakti_contact.action_hand_over_chosen").id
        )
        chosen = mine | self.open
        context = {"active_model": mine._name, "active_ids": chosen.ids}
        opened = action.with_user(self.manager).with_context(**context).run()
        wizard = self.env[opened["res_model"]].with_user(self.manager)
        wizard = wizard.browse(opened["res_id"])
        wizard.to_user_id = self.bertta
        wizard.action_hand_over()
        self.assertEqual(chosen.responsible_id, self.bertta)

    def test_only_a_manager_hands_over(self):
        with self.assertRaises(AccessError):
            self._wizard(self.anna)
        wizard = self._wizard()
        with self.assertRaises(AccessError):
            wizard.with_user(self.anna).action_hand_over()
        with self.assertRaises(AccessError):
            self.env["kontakti.hand.over"].with_user(self.anna)._start(self.open)

    def test_who_may_not_see_them_gets_none(self):
        for user in (self.stranger, self.employee):
            wizard = self._wizard(to_user_id=user.id, with_contacted_by=True)
            with self.assertRaises(UserError) as refusal:
                wizard.action_hand_over()
            self.assertIn(user.name, str(refusal.exception))
            self.assertEqual(self.open.responsible_id, self.leaver)

    def test_what_is_missing_is_asked_for(self):
        for values in (
            {"to_user_id": False},
            {"from_user_id": False},
            {"to_user_id": self.leaver.id},
            {"with_responsible": False},
        ):
            with self.subTest(**values), self.assertRaises(UserError):
                self._wizard(**values).action_hand_over()

    def test_another_manager_s_dialog_is_closed(self):
        other = self._create_user("chief", KONTAKTI_MANAGER)
        with self.assertRaises(AccessError):
            self._wizard().with_user(other).read(["to_user_id"])
