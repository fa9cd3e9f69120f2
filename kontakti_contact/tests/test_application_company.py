from odoo import Command
from odoo.tests import freeze_time, tagged

from ..models.contact.applications import ORIGIN_KEY
from .common import KONTAKTI_USER, NOW
from .common_applications import (
    INVOICING,
    SALES,
    ApplicationForm,
    ApplicationsCommon,
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestApplicationCompany(ApplicationsCommon):
    """Documents are made in the contact event's company, whichever is current (A3).

    The user works for both companies, the first is current; the contact event and its
    customer are of the other one alone.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company.write({"currency_id": cls.env.ref("base.CHF").id})
        cls._set_up_accounting()
        both = [Command.set([cls.company.id, cls.other_company.id])]
        groups = f"{KONTAKTI_USER},{SALES},{INVOICING}"
        cls.clerk = cls._create_user("clerk", groups, company_ids=both)
        cls.theirs = cls._create_partner(
            "Toisen asiakas", company_id=cls.other_company.id
        )
        cls.contact = cls._create_contact(
            cls.clerk, partner_id=cls.theirs.id, company_id=cls.other_company.id
        )

    @classmethod
    def _set_up_accounting(cls):
        accounts = cls.env["account.account"].with_company(cls.other_company)
        accounts.create({"name": "Sales", "code": "KON3000", "account_type": "income"})
        receivable = accounts.create(
            {
                "name": "Receivable",
                "code": "KON1700",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.env["ir.default"].set(
            "res.partner",
            "property_account_receivable_id",
            receivable.id,
            company_id=cls.other_company.id,
        )
        cls.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "KONS",
                "type": "sale",
                "company_id": cls.other_company.id,
            }
        )

    def seen(self, contact=None):
        """Return the contact event as the clerk has it, the first company current."""
        companies = [self.company.id, self.other_company.id]
        contact = self._seen_by(self.clerk, contact or self.contact)
        return contact.with_context(allowed_company_ids=companies)

    def test_a_form_is_of_the_contact_events_company(self):
        for code in ("quotation", "sale_order", "invoice"):
            with self.subTest(code=code):
                action = self.seen().open_application(code)
                env = self.env(user=self.clerk, context={"lang": "en_US"})
                form = ApplicationForm.from_action(env, action)
                self.assertEqual(form.company_id, self.other_company)
                document = form.save()
                self.assertEqual(document.company_id, self.other_company)
                self.assertEqual(document.partner_id, self.theirs)
                self.assertEqual(len(self._notes(self.contact, document)), 1)

    def test_the_users_other_companies_stay_at_hand(self):
        action = self.seen().open_application("quotation")
        self.assertEqual(
            action["context"]["allowed_company_ids"],
            [self.other_company.id, self.company.id],
        )

    def test_the_unsaved_form_is_told_which_companies_are_its_own(self):
        """C50: the web client puts the chosen ones over those of the context."""
        action = self.seen().open_application("quotation")
        companies = [self.other_company.id, self.company.id]
        self.assertEqual(action["context"][ORIGIN_KEY]["companies"], companies)

    def test_a_list_is_of_the_contact_events_company(self):
        """What "New" makes in it is too."""
        action = self.seen().open_application("vendor_bill")
        companies = action["context"]["allowed_company_ids"]
        self.assertEqual(companies[0], self.other_company.id)
        facet = action["context"]["search_default_partner_id"]
        self.assertEqual(facet, self.theirs.id)
        # the web client puts the chosen companies over the first of these
        self.assertEqual(action["context"]["default_company_id"], self.other_company.id)

    def test_message_and_calendar_are_of_the_contact_events_company(self):
        for code, choice in (("message", None), ("calendar", "entry")):
            action = self.seen().open_application(code, choice)
            companies = action["context"]["allowed_company_ids"]
            self.assertEqual(companies[0], self.other_company.id, code)

    def test_in_the_current_company_the_companies_are_left_as_they_are(self):
        contact = self._create_contact(self.clerk, partner_id=self.customer.id)
        for code in ("quotation", "vendor_bill", "message"):
            action = self.seen(contact).open_application(code)
            self.assertNotIn("allowed_company_ids", action["context"])

    def test_the_server_actions_make_each_document_in_its_own_company(self):
        own = self._create_contact(self.clerk, partner_id=self.customer.id)
        for code in ("quotation", "sale_order", "invoice", "calendar"):
            with self.subTest(code=code):
                contacts = self.seen(self.contact + own)
                action = contacts.action_create_documents(code)
                documents = self.env[action["res_model"]].search(action["domain"])
                if code == "calendar":
                    self.assertEqual(len(documents), 2)
                    continue
                found = {doc.partner_id: doc.company_id for doc in documents}
                expected = {
                    self.theirs: self.other_company,
                    self.customer: self.company,
                }
                self.assertEqual(found, expected)

    def test_an_owner_who_left_the_company_opens_in_the_current_one(self):
        """A personal contact event of a company that is no longer the user's."""
        contact = self._create_contact(self.clerk, personal=True, company_id=False)
        self.clerk.company_ids -= self.other_company
        contact.sudo().company_id = self.other_company
        own = self._seen_by(self.clerk, contact)
        self.assertEqual(contact.sudo().company_id, self.other_company)  # in the cache
        self.assertEqual(own._in_own_company().env.company, self.company)
