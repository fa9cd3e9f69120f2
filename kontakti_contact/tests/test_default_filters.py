from odoo.tests import tagged

from .common import KontaktiCommon

OFF = "search_disable_custom_filters"


@tagged("post_install", "-at_install")
class TestDefaultFilters(KontaktiCommon):
    """What a user saved as a default filter elsewhere narrows no counted list (S12).

    The web client leaves default filters off by a key of the action's context; that it
    does is what ``tests/journeys/test_lists.py`` shows.
    """

    def test_every_list_opened_for_its_number_is_without_default_filters(self):
        partner = self._create_partner()
        contacts = self._create_contact(partner_id=partner.id)
        contacts |= self._create_contact()
        follow_ups = contacts.action_follow_up()
        for context in (
            self._seen_by(self.anna, partner).action_open_kontakti_contacts()[
                "context"
            ],
            follow_ups["context"],
            contacts._get_window_action()["context"],
            contacts[:1].action_create_documents("calendar")["context"],
        ):
            self.assertIs(context[OFF], True)

    def test_the_drill_downs_are_without_default_filters(self):
        for name in ("drill_down", "drill_down_mailing_list", "customer"):
            action = self.env.ref(f"kontakti_contact.kontakti_contact_action_{name}")
            self.assertIn(f"'{OFF}': True", action.context)

    def test_an_application_s_list_opens_on_the_customer_whatever_filter_is_the_default(
        self,
    ):
        partner = self._create_partner()
        contact = self._create_contact(partner_id=partner.id)
        quotations = self.env["kontakti.application"].create(
            {
                "code": "orders_found",
                "name": "Orders",
                "mode": "search",
                "res_model": "sale.order",
                "partner_field": "partner_id",
            }
        )
        context = contact._open_search(quotations)["context"]
        self.assertEqual(context["search_default_partner_id"], partner.id)
        self.assertIs(context[OFF], True)

    def test_a_customer_s_contact_events_have_an_address_of_their_own(self):
        """Opened anew from its address the list still is the customer's."""
        partner = self._create_partner()
        action = self._seen_by(self.anna, partner).action_open_kontakti_contacts()
        self.assertEqual(action["context"]["active_id"], partner.id)
        shared = self.env.ref("kontakti_contact.kontakti_contact_action_customer")
        self.assertEqual(action["id"], shared.id)
        self.assertEqual(shared.domain, "[('card_partner_id', '=', active_id)]")
