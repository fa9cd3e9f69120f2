from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

DAY = timedelta(days=1)


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

    @api.constrains("user_id", "deputy_id", "date_from", "date_to")
    @api.ondelete(at_uninstall=True)
    def _forget_periods(self):
        """What is remembered of them is asked anew, and the deputies' lists show it."""
        self.env.registry.clear_cache()
        self.env["kontakti.contact"]._signal_own_change(self.deputy_id)

    @api.model
    def _get_represented(self):
        """Return the ids of the users whose responsibilities show under the user's."""
        if not self.has_access("read"):
            return []  # of an auditor, say
        today = self.env.user._get_kontakti_today()
        return [
            user_id
            for user_id, deputy_id, date_from, date_to in self._get_periods()
            if deputy_id == self.env.uid and date_from <= today <= date_to
        ]

    @api.model
    def _get_deputies(self, users):
        """Return who may stand in for one of ``users`` now, wherever the deputy is."""
        today = self.env.user._get_kontakti_today()
        return users.browse(
            deputy_id
            for user_id, deputy_id, date_from, date_to in self._get_periods()
            if user_id in users._ids and date_from - DAY <= today <= date_to + DAY
        )

    @api.model
    @tools.ormcache()
    def _get_periods(self):
        """Return ``((who is away, deputy, first day, last day), ...)``, people as ids.

        Remembered, so that neither the task list nor a save need ask.
        """
        names = ["user_id", "deputy_id", "date_from", "date_to"]
        # sudo: the same for whoever asks; each caller says what a user is told of it
        deputies = self.sudo().search_fetch([], names)
        return tuple(
            (one.user_id.id, one.deputy_id.id, one.date_from, one.date_to)
            for one in deputies
        )
