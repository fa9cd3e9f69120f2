from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KontaktiDeputy(models.Model):
    """For a time, one user's shared responsibilities show under another's (S7, S14).

    It ends by itself: what counts is the deputy's own date of today. Personal contact
    events have nothing to do with it: nobody but their owner sees them.
    """

    _name = "kontakti.deputy"
    _description = "Deputy"
    _order = "date_to desc, id desc"
    _rec_name = "deputy_id"

    user_id = fields.Many2one(
        "res.users",
        "Who is away",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user,
        domain=lambda self: self.env["kontakti.contact"]._get_users_domain(),
    )
    deputy_id = fields.Many2one(
        "res.users",
        "Deputy",
        required=True,
        index=True,
        ondelete="cascade",
        domain=lambda self: self.env["kontakti.contact"]._get_users_domain(),
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: self.env.user._get_kontakti_today(),
    )
    date_to = fields.Date("To", required=True, help="The last day.")

    _order_of_dates = models.Constraint(
        "CHECK (date_from <= date_to)", "The last day is before the first."
    )
    _two_people = models.Constraint(
        "CHECK (user_id <> deputy_id)", "Choose two different people."
    )

    @api.constrains("deputy_id", "user_id")
    def _check_people(self):
        """Both are Kontakti users: others have no list of their own."""
        for deputy in self:
            for user in deputy.user_id | deputy.deputy_id:
                if not user._may_be_responsible(self.env["res.company"]):
                    raise ValidationError(
                        self.env._(
                            "%s is not an active Kontakti user.",
                            # sudo: the name of who was chosen
                            user.sudo().name,
                        )
                    )

    @api.model
    def _get_represented(self):
        """Return the ids of the users whose responsibilities show under the user's."""
        if not self.has_access("read"):
            return []  # of an auditor, say
        today = self.env.user._get_kontakti_today()
        found = self.search_fetch(
            [
                ("deputy_id", "=", self.env.uid),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ],
            ["user_id"],
        )
        return [user_id for deputy in found for user_id in deputy.user_id._ids]
