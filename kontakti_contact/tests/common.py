from odoo import fields
from odoo.tests import TransactionCase, new_test_user
from odoo.tools import convert_file

NOW = "2026-11-23 10:00:00"  # a Monday, noon in Helsinki
TODAY = fields.Date.to_date("2026-11-23")
KONTAKTI_USER = "kontakti_contact.group_kontakti_user"
KONTAKTI_MANAGER = "kontakti_contact.group_kontakti_manager"
EXPORT = "base.group_allow_export"


class KontaktiCommon(TransactionCase):
    """Users by role and makers of records; no demo data.

    anna and bertta are Kontakti users of the same company, manager is their
    manager, employee an internal user without Kontakti, portal a portal user,
    stranger a Kontakti user of another company and both one of the two companies.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._use_own_defaults()
        cls.company = cls.env.company
        cls.other_company = cls.env["res.company"].create({"name": "Toinen Oy"})
        cls.anna = cls._create_user("anna", f"{KONTAKTI_USER},{EXPORT}")
        cls.bertta = cls._create_user("bertta", f"{KONTAKTI_USER},{EXPORT}")
        cls.manager = cls._create_user("manager", f"{KONTAKTI_MANAGER},{EXPORT}")
        cls.employee = cls._create_user("employee", "base.group_user")
        cls.portal = cls._create_user("portal", "base.group_portal")
        cls.stranger = cls._create_user(
            "stranger", KONTAKTI_USER, company_id=cls.other_company.id
        )
        cls.both = cls._create_user(
            "both",
            KONTAKTI_USER,
            company_ids=[
                fields.Command.set([cls.company.id, cls.other_company.id]),
            ],
        )

    @classmethod
    def _create_user(cls, name, groups, **vals):
        return new_test_user(
            cls.env,
            login=f"kontakti_{name}",
            groups=groups,
            context={"no_reset_password": True, "mail_create_nolog": True},
            **{
                "name": name.capitalize(),
                "email": f"{name}@kontakti.example.com",
                "tz": "Europe/Helsinki",
                "lang": "en_US",
                **vals,
            },
        )

    @classmethod
    def _use_own_defaults(cls):
        """Leave out the default values that people have set in a database in use."""
        theirs = [("field_id.model", "=like", "kontakti.%")]
        cls.env["ir.default"].search(theirs).unlink()

    @classmethod
    def _use_shipped(cls, name):
        """Have the records of a data file as shipped, whatever people made of them."""
        convert_file(cls.env, "kontakti_contact", f"data/{name}", {}, mode="init")

    @classmethod
    def _set_others_contacts_aside(cls):
        """Take away the contact events of a database in use, where all are counted."""
        cls.env["kontakti.contact"].search([]).unlink()

    @classmethod
    def _contacts(cls, user, **context):
        """Return the model of contact events as ``user`` sees it, caches empty."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return cls.env["kontakti.contact"].with_user(user).with_context(**context)

    @classmethod
    def _create_contact(cls, user=None, **vals):
        """Return a contact event made by ``user``, anna when not said."""
        contacts = cls.env["kontakti.contact"].with_user(user or cls.anna)
        contact = contacts.create({"name": "Spring campaign", **vals})
        contact.flush_recordset()  # what is computed on saving is there
        return contact

    @classmethod
    def _create_partner(cls, name="Virtanen Oy", **vals):
        """Return a customer of the register; a company unless said otherwise."""
        return cls.env["res.partner"].create({"name": name, "is_company": True, **vals})

    @classmethod
    def _create_firm_with_person(cls):
        """Return a company of the register, and a person of it."""
        firm = cls._create_partner()
        return firm, cls._create_partner("Matti", is_company=False, parent_id=firm.id)

    @classmethod
    def _seen_by(cls, user, record):
        """Return ``record`` as ``user``, without what others have in the cache."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return record.with_user(user)
