from unittest.mock import patch

from odoo.models import BaseModel

from .common import KONTAKTI_USER, KontaktiCommon

SALES = "sales_team.group_sale_salesman"
INVOICING = "account.group_account_invoice"


class ApplicationsCommon(KontaktiCommon):
    """A contact event with a customer of the register, and one with a typed one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._use_shipped("kontakti_application_data.xml")
        cls.customer = cls._create_partner(
            "Kivi Oy",
            phone="+358 40 1234567",
            email="info@kivi.example.com",
            street="Mannerheimintie 1",
            street2="C 12",
            zip="00100",
            city="Helsinki",
            country_id=cls.env.ref("base.fi").id,
        )
        cls.seller = cls._create_user("seller", f"{KONTAKTI_USER},{SALES}")
        cls.biller = cls._create_user("biller", f"{KONTAKTI_USER},{INVOICING}")
        cls.contact = cls._create_contact(
            name="Spring offer",
            partner_id=cls.customer.id,
            actions="<p>Call back</p>",
        )
        cls.typed = cls._create_contact(
            name="Typed customer",
            customer_name="Mäki Oy",
            phone="040 7654321",
            email="info@maki.example.com",
        )

    def _open(self, user, code, choice=None, contact=None):
        """Return the action that the menu of ``contact`` opens for ``user``."""
        contact = self._seen_by(user, contact or self.contact)
        return contact.open_application(code, choice)

    def _codes(self, user, company=None, contact=None):
        """Return the codes of the applications that ``user`` is shown."""
        contact = self._seen_by(user, contact or self.contact)
        if company:
            contact = contact.with_context(allowed_company_ids=company.ids)
        return [found["code"] for found in contact.get_applications()]

    def _application(self, code):
        applications = self.env["kontakti.application"].with_context(active_test=False)
        return applications.search([("code", "=", code)])

    def _save(self, user, action, vals=None, record=None):
        """Save the form of ``action`` as the web client does; return the record."""
        model = self.env[action["res_model"]].with_user(user)
        record = model.with_context(action["context"]).browse(record and record.id)
        [saved] = record.web_save(vals or {}, {"id": {}})
        return record.browse(saved["id"]).with_context({})

    def _notes(self, contact, document=None):
        """Return the contact's notes on documents made from it."""
        messages = contact.sudo().message_ids.filtered(
            lambda message: "Created:" in (message.body or "")
        )
        if document is None:
            return messages
        link = f'data-oe-model="{document._name}"'
        number = f'data-oe-id="{document.id}"'
        return messages.filtered(
            lambda message: link in message.body and number in message.body
        )

    def assertNothingWritten(self):
        """Return a context in which any create, write or unlink is an error."""
        self.env.flush_all()

        def refuse(records, *args, **kwargs):
            raise AssertionError(f"{records._name} was written")

        return patch.multiple(BaseModel, create=refuse, write=refuse, unlink=refuse)
