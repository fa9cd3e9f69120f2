from unittest.mock import patch

from odoo.models import BaseModel
from odoo.tests import Form
from odoo.tests.form import convert_read_to_form

from ..models.contact.applications import ORIGIN_KEY
from .common import KONTAKTI_USER, KontaktiCommon

SALES = "sales_team.group_sale_salesman"
INVOICING = "account.group_account_invoice"


class ApplicationForm(Form):
    """A form that the Applications menu opened, saved as the web client saves it."""

    def save(self):
        """Save it by the user's own Save; return the record."""
        origin = self._record.env.context.get(ORIGIN_KEY)
        if self._record or not origin:
            return super().save()
        contact = self._record.env["kontakti.contact"].browse(origin["contact_id"])
        [values] = contact.save_document(
            origin["code"], self._get_save_values(), self._view["fields_spec"]
        )["records"]
        self._env.flush_all()
        self._env.clear()
        object.__setattr__(self, "_record", self._record.browse(values["id"]))
        self._values.clear()
        self._values.update(convert_read_to_form(values, self._view["fields"]))
        return self._record


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

    def _save(self, user, action, vals=None, record=None, is_own_save=True):
        """Save the form of ``action`` as the web client does; return the record."""
        context = action["context"]
        if record:
            record.with_user(user).with_context(context).web_save(vals or {}, {})
            return record.with_user(user)
        return self._save_new(user, action, vals, is_own_save)[0]

    def _save_new(self, user, action, vals=None, is_own_save=True):
        """Return the record saved, and what the user is told."""
        origin = action["context"][ORIGIN_KEY]
        contacts = self.env["kontakti.contact"].with_user(user)
        contact = contacts.with_context(action["context"]).browse(origin["contact_id"])
        told = contact.save_document(origin["code"], vals or {}, {}, is_own_save)
        record = self.env[action["res_model"]].with_user(user)
        return record.browse(told["records"][0]["id"]), told["message"]

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
