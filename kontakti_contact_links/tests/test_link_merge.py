from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.kontakti_contact_links.models.kontakti_link_merge import MERGES

from .common_links import LINK, LinksCommon

DAYS = ("2026-11-01 10:00:00", "2026-11-02 10:00:00")


@tagged("post_install", "-at_install")
class TestLinkMerge(LinksCommon):
    """Links follow merged documents of addons that are no dependency of ours (S18).

    Where such an addon is not installed there is nothing to merge and nothing patched.
    """

    def is_installed(self, model):
        if model in self.env:
            return True
        self.assertNotIn(model, self.env[LINK]._get_linked_models())
        return False

    def link_each(self, records):
        for record in records:
            self._link(self._create_contact(name=f"Of {record.id}"), record)

    @mute_logger("odoo.models.unlink")
    def test_links_follow_merged_leads(self):
        if not self.is_installed("crm.lead"):
            return
        leads = self.env["crm.lead"].create([{"name": "One"}, {"name": "Two"}])
        self.link_each(leads)
        merged = leads.merge_opportunity()
        self.assertEqual(len(self._all_linked(merged)), 2)

    def test_links_follow_merged_requests_for_quotation(self):
        """Odoo cancels those merged into another one, and keeps them."""
        if not self.is_installed("purchase.order"):
            return
        orders = self.env["purchase.order"].create(
            [{"partner_id": self.customer.id, "date_order": day} for day in DAYS]
        )
        self.link_each(orders)
        orders.action_merge()
        kept, cancelled = orders
        self.assertEqual(cancelled.state, "cancel")
        self.assertEqual(len(self._all_linked(kept)), 2)
        self.assertEqual(self._all_linked(cancelled), set())

    def test_what_was_patched_is_taken_back(self):
        links = self.env[LINK]
        for model, name in MERGES.items():
            if self.is_installed(model):
                merging = self.registry[model]
                self.assertTrue(getattr(merging, name).kontakti_links)
                links._unregister_hook()
                self.assertFalse(hasattr(getattr(merging, name), "kontakti_links"))
                links._register_hook()
                links._register_hook()
                self.assertTrue(getattr(merging, name).kontakti_links)
