from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_links import CONTACT, LINK, LinksCommon


@tagged("post_install", "-at_install")
class TestLink(LinksCommon):
    """Linking and unlinking: once, undirected, idempotent (S18, S36)."""

    def values(self, record, other):
        return self.env[LINK]._prepare_link_values(record, other)

    def test_a_link_shows_from_both_ends(self):
        self._links(self.anna).link(self.contact, self.customer)
        self.assertEqual(
            self._linked(self.anna, self.contact), [self._end(self.customer)]
        )
        self.assertEqual(
            self._linked(self.anna, self.customer), [self._end(self.contact)]
        )

    def test_linking_again_in_any_direction_is_the_same_link(self):
        links = self._links(self.anna)
        first = links.link(self.contact, self.customer)
        self.assertEqual(len(first), 1)
        self.assertEqual(links.link(self.contact, self.customer), first)
        self.assertEqual(links.link(self.customer, self.contact), first)
        self.assertEqual(len(self._all_linked(self.contact)), 1)

    def test_one_record_is_linked_with_many_at_once(self):
        partners = self.customer + self.other
        links = self._links(self.anna)
        links.link(self.contact, self.other)
        made = links.link(self.contact, partners)
        self.assertEqual(len(made), 2)
        self.assertEqual(self._all_linked(self.contact), set(map(self._end, partners)))

    def test_the_same_ids_of_different_models_are_different_records(self):
        contact = self.contact
        ticket = self._create_partner("Same id")
        self.env.cr.execute(
            "UPDATE res_partner SET id = %s WHERE id = %s", [10**6, ticket.id]
        )
        self.env.cr.execute(
            "UPDATE kontakti_contact SET id = %s WHERE id = %s", [10**6, contact.id]
        )
        self.env.invalidate_all()
        contact = contact.browse(10**6)
        partner = ticket.browse(10**6)
        self._link(contact, partner)
        self.assertEqual(self._linked(self.anna, contact), [self._end(partner)])
        self.assertEqual(self._linked(self.anna, partner), [self._end(contact)])

    def test_the_database_refuses_a_double_either_way_round(self):
        self._link(self.contact, self.customer)
        links = self._links(self.anna)
        for pair in (
            (self.contact, self.customer),
            (self.customer, self.contact),
        ):
            with (
                self.assertRaises(UniqueViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                links.create(self.values(*pair))

    def test_a_record_cannot_be_linked_with_itself(self):
        links = self._links(self.anna)
        for others in (self.contact, self.contact + self.typed):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                links.link(self.contact, others)
        self.assertFalse(self._all_linked(self.contact))

    def test_over_rpc_records_are_linked_and_unlinked_by_their_names(self):
        ends = (CONTACT, self.contact.id, "res.partner", self.customer.id)
        back = (*ends[2:], *ends[:2])
        for _again in range(2):
            self.assertIs(self._call(self.anna, "link_between", *ends), True)
            self.assertIs(self._call(self.anna, "link_between", *back), True)
        self.assertEqual(self._all_linked(self.contact), {self._end(self.customer)})
        self.assertIs(self._call(self.anna, "unlink_between", *back), True)
        self.assertFalse(self._all_linked(self.contact))
        self.assertIs(self._call(self.anna, "unlink_between", *ends), False)

    def test_over_rpc_one_record_is_linked_with_many(self):
        partners = self.customer + self.other
        self._call(
            self.anna,
            "link_between",
            CONTACT,
            self.contact.id,
            "res.partner",
            partners.ids,
        )
        self.assertEqual(self._all_linked(self.contact), set(map(self._end, partners)))

    def test_linking_takes_records_and_is_not_for_rpc(self):
        with self.assertRaises(AccessError):
            self._call(self.anna, "link", self.contact.id, self.customer.id)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_changes_a_link(self):
        link = self._link(self.contact, self.customer)
        for user in (self.anna, self.manager, self.admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._seen_by(user, link).target_id = self.other.id

    def test_what_cannot_be_linked_is_refused(self):
        """Models that are missing, abstract, dialogs or links; ids that are none."""
        wizard = self.env["kontakti.customer.create"].with_user(self.anna)
        wizard = wizard.create({"contact_id": self.contact.id})
        link = self._link(self.contact, self.other)
        for model, res_id in (
            ("no.such.model", 1),
            ("mail.thread", 1),
            (wizard._name, wizard.id),
            (LINK, link.id),
            ("res.partner", False),
            ("res.partner", 10**8),
        ):
            ends = (CONTACT, self.contact.id, model, res_id)
            with self.subTest(model=model):
                if not res_id:
                    self._call(self.anna, "link_between", *ends)
                else:
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        self._call(self.anna, "link_between", *ends)
                self.assertEqual(len(self._all_linked(self.contact)), 1)
                self.assertIs(self._call(self.anna, "unlink_between", *ends), False)
        self.assertEqual(self._call(self.anna, "get_links", "no.such.model", 1), [])

    def test_a_report_is_no_record_to_link(self):
        reports = self.env["sale.report"].sudo()
        with self.assertRaises(AccessError):
            self._links(self.seller).link_between(
                CONTACT, self.contact.id, reports._name, 1
            )
        self.assertFalse(self.env[LINK]._can_be_linked(reports._name))

    def test_anothers_double_is_not_taken_for_a_race(self):
        """What was written before, and fails only now, is told as it is."""
        self.env["kontakti.tag"].create([{"name": "One"}, {"name": "Two"}])
        two = self.env["kontakti.tag"].search([("name", "=", "Two")])
        with self.assertRaises(UniqueViolation) as caught, mute_logger("odoo.sql_db"):
            two.name = "One"
            self.env[LINK].link(self.contact, self.customer)
        self.assertIn("kontakti_tag", caught.exception.diag.constraint_name)

    def test_a_copy_has_no_links(self):
        """S36."""
        self._link(self.contact, self.customer)
        for record in (self.contact, self.customer):
            copied = record.copy()
            self.assertFalse(self._all_linked(copied))
        self.assertEqual(len(self._all_linked(self.contact)), 1)

    def test_a_follow_up_takes_no_links_along(self):
        self._link(self.contact, self.customer)
        contact = self._seen_by(self.anna, self.contact)
        action = contact.action_follow_up()
        follow_up = contact.browse(action["res_id"])
        self.assertFalse(self._all_linked(follow_up))
        self.assertEqual(self._all_linked(contact), {self._end(self.customer)})
