from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_links import CONTACT, LinksCommon


@tagged("post_install", "-at_install")
class TestLinkAccess(LinksCommon):
    """A link shows when both ends may be read; who may link and unlink (S8, S18)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.personal = cls._create_contact(name="Secret", personal=True)
        cls.foreign = cls._create_contact(cls.stranger, name="Foreign")
        cls.order = cls._create_order()
        cls.message = cls.personal.message_post(body="Secret", subject="Secret")
        cls.records = {
            "personal": cls.personal,
            "foreign": cls.foreign,
            "order": cls.order,
            "message": cls.message,
            "partner": cls.customer,
        }
        for number, record in enumerate(cls.records.values()):
            pair = (cls.contact, record) if number % 2 else (record, cls.contact)
            cls._link(*pair)

    # what of the above each kind of user sees linked with a contact event of all
    SEEN = {
        "anna": {"personal", "message", "partner"},
        "bertta": {"partner"},
        "seller": {"order", "partner"},
        "clerk": {"partner"},
        "manager": {"partner"},
        "admin": {"partner"},
        "both": {"foreign", "partner"},
    }

    def seen(self, name):
        user = getattr(self, name)
        chosen = (user.company_ids & (self.company + self.other_company)).ids
        links = self._links(user, allowed_company_ids=chosen)
        rows = links.get_links(CONTACT, self.contact.id)
        ends = {self._end(record): key for key, record in self.records.items()}
        return {ends[row["model"], row["id"]] for row in rows}, links

    def test_each_kind_of_user_sees_what_both_ends_allow(self):
        """clerk sells, but sees the own orders only."""
        for name, expected in self.SEEN.items():
            with self.subTest(user=name):
                seen, links = self.seen(name)
                self.assertEqual(seen, expected)
                menu = links.get_links_menu(CONTACT, self.contact.id)
                self.assertEqual(menu["count"], len(expected))

    def test_each_end_shows_the_contact_event_to_who_may_read_the_end(self):
        for name, expected in self.SEEN.items():
            user = getattr(self, name)
            chosen = (user.company_ids & (self.company + self.other_company)).ids
            for key, record in self.records.items():
                with self.subTest(user=name, end=key):
                    links = self._links(user, allowed_company_ids=chosen)
                    rows = links.get_links(*self._end(record))
                    self.assertEqual(bool(rows), key in expected)

    def test_who_cannot_read_the_record_learns_nothing_not_even_that_it_is_there(self):
        for record in (self.personal, self.foreign, self.order, self.message):
            shown = self._call(self.bertta, "get_links_menu", *self._end(record))
            missing = self._call(self.bertta, "get_links_menu", record._name, 10**8)
            self.assertEqual(shown, missing)
            self.assertEqual(
                shown, {"count": 0, "links": [], "models": [], "can_edit": False}
            )

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_who_has_no_right_to_kontakti_has_none_to_links(self):
        ends = (CONTACT, self.contact.id, "res.partner", self.other.id)
        for user in (self.employee, self.portal, self.env.ref("base.public_user")):
            with self.subTest(user=user.login):
                for method, *args in (
                    ("get_links", CONTACT, self.contact.id),
                    ("get_links", "res.partner", self.customer.id),
                    ("search", []),
                    ("search_count", []),
                    ("link_between", *ends),
                    ("unlink_between", *ends),
                ):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        self._call(user, method, *args)
                menu = self._call(user, "get_links_menu", *ends[:2])
                self.assertEqual(menu["models"], [])
                self.assertEqual(menu["count"], 0)

    def test_the_owner_alone_sees_what_is_linked_with_a_personal_contact_event(self):
        """Neither managers nor the settings administrator; superuser code may."""
        for user in (self.bertta, self.manager, self.admin, self.stranger, self.both):
            with self.subTest(user=user.login):
                self.assertEqual(self._linked(user, self.personal), [])
                self.assertNotIn(
                    self._end(self.personal), self._linked(user, self.contact)
                )
        end = [self._end(self.contact)]
        self.assertEqual(self._linked(self.anna, self.personal), end)
        links = self._links(self.bertta).sudo()
        self.assertEqual(len(links.get_links(*self._end(self.personal))), 1)
        self.assertEqual(links.get_links_menu(*self._end(self.personal))["count"], 1)

    def test_a_contact_event_made_personal_takes_its_links_out_of_sight(self):
        self.assertEqual(
            self._linked(self.bertta, self.customer), [self._end(self.contact)]
        )
        self.contact.with_user(self.anna).personal = True
        self.assertEqual(self._linked(self.bertta, self.customer), [])
        self.assertEqual(
            self._linked(self.anna, self.customer), [self._end(self.contact)]
        )

    def test_the_companies_chosen_limit_the_links(self):
        for company, expected in (
            (self.company, {"partner"}),
            (self.other_company, set()),
        ):
            links = self._links(self.both, allowed_company_ids=company.ids)
            rows = links.get_links(CONTACT, self.contact.id)
            ends = {(row["model"], row["id"]) for row in rows}
            self.assertEqual(ends, {self._end(self.records[key]) for key in expected})

    def test_a_record_that_changes_company_changes_who_sees_its_links(self):
        self._link(self.typed, self.other)
        end = [self._end(self.typed)]
        self.assertEqual(self._linked(self.bertta, self.other), end)
        self.assertEqual(self._linked(self.stranger, self.other), [])
        self.typed.sudo().company_id = self.other_company
        self.assertEqual(self._linked(self.bertta, self.other), [])
        self.assertEqual(self._linked(self.stranger, self.other), end)

    def test_whoever_reads_both_and_writes_one_may_link_and_unlink(self):
        """A contact event is written by all, sales orders by their seller."""
        order = self._create_order()
        move = self._create_order(self.clerk)
        for user, record, other, allowed in (
            (self.seller, order, self.contact, True),
            (self.seller, order, self.other, True),
            (self.bertta, self.contact, self.other, True),
            (self.bertta, self.contact, order, False),
            (self.bertta, self.personal, self.other, False),
            (self.seller, order, move, False),
            (self.bertta, self.other, self.env.ref("base.fi"), True),
            (self.clerk, self.env.ref("base.fi"), self.env.ref("base.EUR"), False),
        ):
            ends = (*self._end(record), *self._end(other))
            with self.subTest(user=user.login, ends=ends):
                for pair in (ends, (*ends[2:], *ends[:2])):
                    if allowed:
                        self._call(user, "link_between", *pair)
                        self.assertIs(self._call(user, "unlink_between", *pair), True)
                        continue
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        self._call(user, "link_between", *pair)
                    self.assertNotIn(self._end(other), self._all_linked(record))

    def test_who_reads_both_and_writes_none_may_not_remove_the_link(self):
        country, currency = self.env.ref("base.fi"), self.env.ref("base.EUR")
        self._link(country, currency)
        ends = (*self._end(country), *self._end(currency))
        self.assertEqual(self._linked(self.bertta, country), [self._end(currency)])
        with self.assertRaises(AccessError), self.cr.savepoint():
            self._call(self.bertta, "unlink_between", *ends)
        self.assertIn(self._end(currency), self._all_linked(country))

    def test_an_error_is_the_same_whether_the_record_is_hidden_missing_or_linked(self):
        """Else linking would tell which ids exist and which are linked."""
        unlinked = self._create_contact(name="Not linked", personal=True)
        said = set()
        for res_id in (self.personal.id, unlinked.id, 10**8):
            ends = {
                "source_model": CONTACT,
                "source_id": self.contact.id,
                "target_model": CONTACT,
                "target_id": res_id,
            }
            defaults = {f"default_{key}": value for key, value in ends.items()}
            for values, context in ((ends, {}), ({}, defaults)):
                links = self._links(self.bertta, **context)
                with self.assertRaises(AccessError) as caught, self.cr.savepoint():
                    links.create(values)
                said.add(str(caught.exception))
        self.assertEqual(len(said), 1)
        self.assertNotIn("Secret", said.pop())

    def test_a_link_that_is_gone_answers_like_a_hidden_one(self):
        contact = self._create_contact(personal=True)
        hidden = self._link(contact, self.customer)
        gone = self._link(self.contact, self.customer)
        gone.unlink()
        answers = set()
        for link in (hidden, gone):
            for method in ("check_access", "unlink"):
                call = getattr(self._links(self.bertta).browse(link.id), method)
                with self.assertRaises(AccessError) as caught:
                    call(*(["read"] if method == "check_access" else []))
                answers.add(str(caught.exception))
        self.assertEqual(len(answers), 1)

    def test_importing_asks_for_the_same_rights(self):
        fields = ["source_model", "source_id", "target_model", "target_id"]
        rows = [
            [CONTACT, str(self.contact.id), "res.partner", str(self.other.id)],
            [CONTACT, str(self.contact.id), CONTACT, str(self.personal.id)],
        ]
        result = self._call(self.bertta, "load", fields, rows[:1])
        self.assertTrue(result["ids"])
        before = self._all_linked(self.personal)
        result = self._call(self.bertta, "load", fields, rows[1:])
        self.assertFalse(result["ids"])
        self.assertNotIn("Secret", str(result))
        self.assertEqual(self._all_linked(self.personal), before)

    def test_pages_are_full_and_counts_right_when_hidden_links_are_between(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Page {number}"} for number in range(6)]
        )
        for partner in partners:
            self._link(self.contact, partner)
            hidden = self._create_contact(name="Hidden", personal=True)
            self._link(self.contact, hidden)
        links = self._links(self.bertta)
        expected = [*reversed(partners.ids), self.customer.id]
        for offset in range(0, 8, 2):
            rows = links.get_links(CONTACT, self.contact.id, limit=2, offset=offset)
            ids = [row["id"] for row in rows]
            self.assertEqual(ids, expected[offset : offset + 2])
        domain = links._get_links_domain(CONTACT, [self.contact.id])
        self.assertEqual(links.search_count(domain), 7)
        self.assertEqual(len(links.search(domain, limit=5)), 5)

    def test_archived_records_stay_in_the_list(self):
        self.customer.active = False
        rows = self._call(self.bertta, "get_links", CONTACT, self.contact.id)
        self.assertEqual([row["active"] for row in rows], [False])
        self.assertEqual(
            self._linked(self.bertta, self.customer), [self._end(self.contact)]
        )
