from odoo import api, fields, models

from ..tools import arguments


class KontaktiCustomerCreate(models.TransientModel):
    """Asks whether typed data is a customer of the register already (S17)."""

    _name = "kontakti.customer.create"
    _description = "Create Customer from Contact Event"

    contact_id = fields.Many2one("kontakti.contact", required=True, ondelete="cascade")
    match_ids = fields.Many2many("res.partner", compute="_compute_match_ids")
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_partner_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('id', 'in', match_ids)]",
    )

    @api.depends("contact_id")
    def _compute_match_ids(self):
        for wizard in self:
            wizard.match_ids = wizard.contact_id._find_matching_customers()

    @api.depends("match_ids")
    def _compute_partner_id(self):
        for wizard in self:
            wizard.partner_id = wizard.match_ids[:1]

    @api.constrains("contact_id")
    def _check_contact_access(self):
        """The dialog names the contact event: only to who may change it (S8)."""
        # constraints run as superuser, for the user
        self.contact_id.with_user(self.env.user).check_access("write")

    def action_use(self):
        """Put the chosen customer of the register on the contact event."""
        arguments.one(self)
        self.contact_id._use_customer(self.partner_id)
        return self._say_where_it_is()

    def action_create_anyway(self):
        """Create a new customer although similar ones exist: the user decided so."""
        arguments.one(self)
        self.contact_id._check_customer_creatable()
        self.contact_id._create_customer()
        return self._say_where_it_is()

    def _say_where_it_is(self):
        """Close the dialog, and offer to open the customer."""
        partner = self.contact_id.partner_id
        return {
            "type": "ir.actions.client",
            "tag": "kontakti_contact.undoable",
            "params": {
                "message": self.env._("“%s” is in the register.", partner.display_name),
                "open": {
                    "type": "ir.actions.act_window",
                    "res_model": partner._name,
                    "res_id": partner.id,
                    "views": [(False, "form")],
                },
            },
        }
