from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import arguments, checked, searched, unlisted
from ...tools.matching import customer_key, registered_id
from .kontakti_contact import STATE_DONE, STATE_OPEN

# What an index holds, in any script; the register's own index holds two such names.
NAME_LIMIT = 250
ADDRESS_FIELDS = ("street", "street2", "zip", "city", "country_id")
REGISTER_FIELDS = ("phone", "email", *ADDRESS_FIELDS)
NAMING_FIELDS = ("name", "company_id", "partner_share")
COMPANY = "commercial_partner_id"
# what the register alone says of its customers
OF_REGISTER = frozenset(["customer_name", *REGISTER_FIELDS])
NEVER_GIVEN = frozenset([COMPANY, "customer_key"])


class CustomerKey(unlisted.Char):
    """A text that tells customers apart, grouped under the customers' names.

    Such a group has a value and a label, as the tags of Odoo's properties have: that is
    the type the web client is told.
    """

    _description_type = "tags"


def _from_register(fname):
    """Return what makes a field follow ``fname`` of the customer, until it is typed.

    It is computed for a customer chosen; how later changes of the register come here
    is in ``register.py``.
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
    """The customer of a contact event: from the register, or typed (S17).

    Values given beside a customer of the register are ignored: half of them kept would
    be neither what was typed nor what the register says. Of a done contact event the
    company it was with is history; of an open one it is the register's. The contact
    person is proposed from the register and always free to type: a proposal gives way
    to another one, and what was typed is never cleared.
    """

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

    # on the form alone: the person proposed for the customer chosen before
    proposed_person = fields.Char(store=False, export_string_translation=False)

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

    def _get_proposed_person(self):
        """Return the name of the customer that is a person at a company, or False."""
        # sudo: a name that the contact event holds already
        partner = self.partner_id.sudo()
        is_person = partner != partner.commercial_partner_id
        return is_person and self._fields["contact_person"].shorten(partner.name)

    def _has_person(self, proposed):
        """Return whether the contact person is the one proposed, and nobody typed."""
        return bool(self.contact_person) and self.contact_person == proposed

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        """Forget the person proposed for the customer chosen before, not one typed."""
        before = self.proposed_person or self._origin._get_proposed_person()
        proposed = self._get_proposed_person()
        if self.partner_id and not proposed and self._has_person(before):
            self.contact_person = False
        self.proposed_person = proposed

    def _clear_proposed_person(self, vals):
        """Clear the person proposed for the customer that ``vals`` replaces.

        Before the values are written: then it is known whom the register proposed.
        """
        if vals.get("partner_id") and "contact_person" not in vals:
            self.filtered(
                lambda contact: (
                    contact.partner_id.id != vals["partner_id"]
                    and contact._has_person(contact._get_proposed_person())
                )
            ).contact_person = False

    @api.model
    def _add_precomputed_values(self, vals_list):
        """Take the register's data whatever was given, also by the context."""
        for vals in vals_list:
            if vals.get("partner_id"):
                for name in OF_REGISTER & vals.keys():
                    del vals[name]
        return super()._add_precomputed_values(vals_list)

    def _load_records_create(self, vals_list):
        """Take a blank cell for no person, not for one that was cleared."""
        for vals in vals_list:
            if vals.get("partner_id") and not vals.get("contact_person", True):
                del vals["contact_person"]
        return super()._load_records_create(vals_list)

    def _split_by_customer(self, vals):
        """Return ``[(contact events, values to write to them)]``.

        What the register says of a customer is left out for those that have one.
        """
        vals = _without(vals, NEVER_GIVEN)
        if vals.get("partner_id"):
            return [(self, _without(vals, OF_REGISTER))]
        if "partner_id" in vals or OF_REGISTER.isdisjoint(vals):
            return [(self, vals)]
        registered = self.filtered("partner_id")
        pairs = [
            (registered, _without(vals, OF_REGISTER)),
            (self - registered, vals),
        ]
        return [(contacts, values) for contacts, values in pairs if contacts]

    def _protect_history(self, vals):
        """Return the context in which a done one stays with the company it was with.

        Around the writing itself: Odoo would compute the company anew within it.
        """
        kept = self._filter_kept(vals) if vals.get("partner_id") else self.browse()
        return self.env.protecting([self._fields[COMPANY]], kept)

    def _follow_company_if_reopened(self, vals):
        """After the values are written: a reopened one follows the register again."""
        if vals.get("state") == STATE_OPEN and not vals.get("partner_id"):
            self._follow_company()

    def _filter_kept(self, vals):
        """Return the done ones that have the customer already: no other company."""
        if vals.get("state") == STATE_OPEN:
            return self.browse()
        return self.filtered(
            lambda contact: (
                contact.state == STATE_DONE
                and contact.partner_id.id == vals["partner_id"]
            )
        )

    def _follow_company(self):
        """Let reopened ones be of the company that their person is at now."""
        # sudo: what the register says of the customer, as when it is computed
        contacts = self.sudo().filtered(
            lambda contact: (
                contact.partner_id.commercial_partner_id
                != contact.commercial_partner_id
            )
        )
        self.env.add_to_compute(self._fields[COMPANY], contacts)
        contacts.modified([COMPANY])


def _without(vals, names):
    return {name: value for name, value in vals.items() if name not in names}
