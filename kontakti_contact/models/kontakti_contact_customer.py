from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import arguments, checked, searched, unlisted
from ..tools.matching import customer_key, registered_id

# What an index holds, in any script; the register's own index holds two such names.
NAME_LIMIT = 250
ADDRESS_FIELDS = ("street", "street2", "zip", "city", "country_id")
REGISTER_FIELDS = ("phone", "email", *ADDRESS_FIELDS)
NAMING_FIELDS = ("name", "company_id", "partner_share")


class CustomerKey(unlisted.Char):
    """A text that tells customers apart, grouped under the customers' names.

    Such a group has a value and a label, as the tags of Odoo's properties have: that is
    the type the web client is told.
    """

    _description_type = "tags"


def _from_register(fname):
    """Return what makes a field follow ``fname`` of the customer, until it is typed.

    It is computed for a customer chosen; how later changes of the register come here
    is in ``kontakti_contact_register.py``.
    """
    compute = _compute_from_register(fname)
    return {"compute": compute, "store": True, "precompute": True, "readonly": False}


def _compute_from_register(fname):
    """Return a compute method for ``fname`` alone.

    Odoo computes none of the fields of one method when a value is given for one of
    them: with a shared method, a typed phone number would leave the customer's name
    empty, or the name of the customer chosen before.
    """

    @api.depends("partner_id")
    def compute(self):
        for contact in self.filtered("partner_id"):
            contact[fname] = contact.partner_id[fname]

    return compute


class KontaktiContact(models.Model):
    """The customer of a contact event: from the register, or typed (S17)."""

    _inherit = "kontakti.contact"

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        ondelete="restrict",
        help="The customer in the register. Leave empty to type the customer's data.",
    )
    commercial_partner_id = fields.Many2one(
        "res.partner",
        "Customer Company",
        compute="_compute_commercial_partner_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Of a done contact event the company it was with, for good.",
    )
    customer_name = checked.Char(
        "Customer's name",
        limit=NAME_LIMIT,
        compute="_compute_customer_name",
        store=True,
        precompute=True,
        readonly=False,
        index="trigram",
    )
    contact_person = checked.Char(
        "Contact person",
        limit=NAME_LIMIT,
        compute="_compute_contact_person",
        store=True,
        precompute=True,
        readonly=False,
        index="trigram",
    )
    phone = searched.Phone(**_from_register("phone"))
    email = checked.Char("E-mail", **_from_register("email"), index="trigram")
    street = checked.Char(**_from_register("street"))
    street2 = checked.Char("Street 2", **_from_register("street2"))
    zip = checked.Char("Postal code", **_from_register("zip"))
    city = checked.Char(**_from_register("city"))
    country_id = fields.Many2one(
        "res.country", "Country", **_from_register("country_id")
    )
    customer_key = CustomerKey(
        "Customer, also typed",
        compute="_compute_customer_key",
        store=True,
        precompute=True,
        index=True,
        help="Equal for contact events of the same customer, from the register or typed.",
    )

    @api.depends("partner_id")
    def _compute_commercial_partner_id(self):
        for contact in self:
            contact.commercial_partner_id = contact.partner_id.commercial_partner_id

    @api.depends("commercial_partner_id")
    def _compute_customer_name(self):
        """Take the register's data; without a registered customer keep the typed."""
        for contact in self.filtered("partner_id"):
            name = contact.commercial_partner_id.name or contact.partner_id.name
            contact.customer_name = self._fields["customer_name"].shorten(name)

    @api.depends("partner_id")
    def _compute_contact_person(self):
        """Name the person chosen; at a company chosen, keep the person typed."""
        for contact in self.filtered("partner_id"):
            person = contact._get_proposed_person()
            if person:
                contact.contact_person = person

    @api.depends("commercial_partner_id", "customer_name")
    def _compute_customer_key(self):
        for contact in self:
            if contact.commercial_partner_id:
                contact.customer_key = f"#{contact.commercial_partner_id.id}"
            else:
                contact.customer_key = customer_key(contact.customer_name)

    @api.model
    def _get_readable_customers(self, keys):
        """Return ``{customer key: partner}`` of those that the user may read."""
        ids = {key: registered_id(key) for key in keys if registered_id(key)}
        partners = self.env["res.partner"].browse(ids.values())
        # sudo: no more than what names them and what the record rules ask, at once
        partners.sudo().fetch(NAMING_FIELDS)
        readable = set(partners._filtered_access("read")._ids)
        return {
            key: partners.browse(partner_id)
            for key, partner_id in ids.items()
            if partner_id in readable
        }

    @api.model
    def _get_customer_label(self, partner, stored_name):
        """Return a customer's name: the register's, or the one stored or typed.

        :param partner: one of :meth:`_get_readable_customers`, or None
        """
        return (partner and partner.name) or (stored_name or "").strip()

    def _mail_get_partners(self, introspect_fields=False):
        """Suggest no customer as recipient that the user may not read.

        Odoo reads its address to suggest it, and the form would not open.
        """
        found = super()._mail_get_partners(introspect_fields=introspect_fields)
        return {
            contact_id: partners._filtered_access("read")
            for contact_id, partners in found.items()
        }

    def _prepare_typed_customer_values(self):
        """Return the customer's data as it stands on the contact event."""
        self.ensure_one()
        return {
            "customer_name": self.customer_name,
            **{
                fname: self[fname] for fname in REGISTER_FIELDS if fname != "country_id"
            },
            "country_id": self.country_id.id,
        }

    @api.readonly
    def action_open_customer(self):
        """Open the customer's card in the register.

        :return: the window action of the ``res.partner``
        :raise UserError: without a registered customer
        """
        arguments.one(self)
        if not self.partner_id:
            raise UserError(self.env._("The customer is not in the register."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }
