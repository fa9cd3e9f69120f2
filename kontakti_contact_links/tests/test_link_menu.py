from odoo import fields
from odoo.tests import tagged

from .common_links import CONTACT, LINK, LinksCommon

KEYS = {"model", "id", "name", "application", "icon", "state", "active"}


@tagged("post_install", "-at_install")
class TestLinkMenu(LinksCommon):
    """One call that draws the Links menu (S18, S36)."""

    def menu(self, user, record):
        return self._call(user, "get_links_menu", *self._end(record))

    def only_row(self, user, record):
        [row] = self.menu(user, record)["links"]
        return row

    def test_a_row_has_name_application_icon_and_the_state_that_is_shown(self):
        order = self._create_order()
        self._link(self.contact, order)
        row = self.only_row(self.seller, self.contact)
        self.assertEqual(set(row), KEYS)
        self.assertEqual(
            row,
            {
                "model": "sale.order",
                "id": order.id,
                "name": order.display_name,
                "application": "Quotation",
                "icon": "fa-handshake-o",
                "state": "Quotation",
                "active": True,
            },
        )
        order.sudo().action_confirm()
        self.assertEqual(
            self.only_row(self.seller, self.contact)["state"], "Sales Order"
        )

    def test_a_record_without_application_and_state_has_its_models_name(self):
        country = self.env.ref("base.fi")
        self._link(self.contact, country)
        row = self.only_row(self.anna, self.contact)
        self.assertEqual(row["application"], "Country")
        self.assertEqual(row["icon"], "fa-file-o")
        self.assertIs(row["state"], False)
        self.assertIs(row["active"], True)

    def test_of_several_applications_the_one_whose_list_has_the_record_names_it(self):
        """A vendor bill is not an invoice, though both are journal entries."""
        moves = self.env["account.move"]
        for move_type, application in (
            ("out_invoice", "Invoice"),
            ("in_invoice", "Vendor bill"),
        ):
            contact = self._create_contact()
            move = moves.create(
                {"move_type": move_type, "partner_id": self.customer.id}
            )
            self._link(contact, move)
            row = self.only_row(self.clerk, contact)
            self.assertEqual(row["application"], application)
            self.assertEqual(row["state"], "Draft")

    def test_what_no_applications_list_has_is_named_after_its_model(self):
        """The entry of a payment is neither an invoice nor a vendor bill."""
        entry = self.env["account.move"].create({"move_type": "entry"})
        self._link(self.contact, entry)
        for active in (True, False):
            self._application("vendor_bill").active = active
            with self.subTest(vendor_bill=active):
                row = self.only_row(self.clerk, self.contact)
                self.assertEqual(row["application"], "Journal Entry")

    def test_an_application_whose_list_only_the_web_client_can_filter_names_its_records(
        self,
    ):
        action = self.env.ref("account.action_move_in_invoice")
        action.domain = "[('date', '>', context_today())]"
        move = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.customer.id}
        )
        self._link(self.contact, move)
        row = self.only_row(self.clerk, self.contact)
        self.assertEqual(row["application"], "Vendor bill")

    def test_an_application_whose_list_names_a_field_that_is_gone_costs_no_menu(self):
        order = self._create_order()
        self._link(self.contact, order)
        action = self.env.ref("sale.action_quotations_with_onboarding")
        for domain in ("[('no_such_field', '=', 1)]", "[('state', '='"):
            action.domain = domain
            rows = self._call(self.seller, "get_links", CONTACT, self.contact.id)
            self.assertEqual([row["id"] for row in rows], order.ids)

    def test_words_are_in_the_users_language(self):
        self._link(self.contact, self._create_order())
        self.seller.lang = "fi_FI"
        links = self._links(self.seller, lang="fi_FI")
        [row] = links.get_links(CONTACT, self.contact.id)
        self.assertEqual(row["application"], "Tarjous")
        self.assertEqual(row["state"], "Tarjous")
        names = [
            m["name"] for m in links.get_links_menu(*self._end(self.contact))["models"]
        ]
        self.assertIn("Tarjous / Myyntitilaus", names)

    def test_the_number_is_that_of_the_menu(self):
        self._link(self.contact, self._create_order() + self._create_order(self.clerk))
        self._link(self.contact, self.customer + self.other)
        self._link(self.contact, self.contact.message_post(body="A message"))
        for user in (self.anna, self.seller, self.clerk, self.employee):
            for record in (self.contact, self.customer, self.typed):
                menu = self.menu(user, record)
                count = self._call(user, "get_links_count", *self._end(record))
                with self.subTest(user=user.login, record=record._name):
                    self.assertEqual(count, menu["count"])
                    self.assertEqual(count, len(menu["links"]))

    def test_the_newest_link_comes_first_and_forty_are_shown(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Partner {number}"} for number in range(45)]
        )
        self._links(self.anna).link(self.contact, partners)
        menu = self.menu(self.anna, self.contact)
        self.assertEqual(menu["count"], 45)
        newest = partners.ids[::-1]
        self.assertEqual([row["id"] for row in menu["links"]], newest[:40])
        rest = self._call(
            self.anna, "get_links", CONTACT, self.contact.id, limit=40, offset=40
        )
        self.assertEqual([row["id"] for row in rest], newest[40:])
        every = self._call(self.anna, "get_links", CONTACT, self.contact.id)
        self.assertEqual([row["id"] for row in every], newest)

    def test_the_models_to_add_are_those_the_user_may_read_contact_events_first(self):
        models = [m["model"] for m in self.menu(self.clerk, self.contact)["models"]]
        self.assertEqual(
            [model for model in models if not model.startswith("test.")][:5],
            [CONTACT, "res.partner", "account.move", "sale.order", "calendar.event"],
        )
        of_anna = [m["model"] for m in self.menu(self.anna, self.contact)["models"]]
        self.assertNotIn("sale.order", of_anna)
        self.assertNotIn("account.move", of_anna)
        for found in self.menu(self.clerk, self.contact)["models"]:
            self.assertEqual(set(found), {"model", "name", "icon"})
            self.assertTrue(found["name"] and found["icon"])

    def test_a_model_to_add_is_named_after_all_its_applications(self):
        named = {
            m["model"]: m["name"] for m in self.menu(self.clerk, self.contact)["models"]
        }
        self.assertEqual(named["sale.order"], "Quotation / Sales order")
        self.assertEqual(named["account.move"], "Invoice / Vendor bill")
        self.assertEqual(named["res.partner"], "Customer")

    def test_the_administrators_name_and_icon_go_before_the_applications(self):
        self.env["kontakti.link.model"].create(
            {"res_model": "sale.order", "name": "Deal", "icon": "fa-star"}
        )
        self._link(self.contact, self._create_order())
        menu = self.menu(self.seller, self.contact)
        self.assertEqual(menu["links"][0]["application"], "Deal")
        self.assertEqual(menu["links"][0]["icon"], "fa-star")
        [deal] = [m for m in menu["models"] if m["model"] == "sale.order"]
        self.assertEqual((deal["name"], deal["icon"]), ("Deal", "fa-star"))

    def test_a_user_of_kontakti_may_edit_what_he_or_she_reads(self):
        order = self._create_order()
        self.assertIs(self.menu(self.anna, self.contact)["can_edit"], True)
        self.assertIs(self.menu(self.seller, order)["can_edit"], True)
        self.assertIs(self.menu(self.anna, order)["can_edit"], False)

    def test_a_name_that_only_insiders_see_stays_theirs(self):
        """A private calendar event is “Busy” to others."""
        event = self.env["calendar.event"].with_user(self.anna)
        event = event.create(
            {
                "name": "Secret",
                "privacy": "private",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
            }
        )
        self._link(self.contact, event)
        self.assertEqual(self.only_row(self.anna, self.contact)["name"], "Secret")
        for user in (self.bertta, self.manager, self.admin):
            self.assertEqual(self.only_row(user, self.contact)["name"], "Busy")

    def test_drawing_the_menu_writes_nothing(self):
        """It is routed to a read replica."""
        self._link(self.contact, self._create_order())
        self.env.flush_all()
        with self.assertNothingWritten():
            menu = self._links(self.seller).get_links_menu(*self._end(self.contact))
        self.assertEqual(menu["count"], 1)
        for method in ("get_links", "get_links_count", "get_links_menu"):
            self.assertTrue(getattr(type(self.env[LINK]), method)._readonly)
