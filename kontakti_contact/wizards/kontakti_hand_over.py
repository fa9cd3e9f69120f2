from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..models.contact.kontakti_contact import STATE_OPEN
from ..models.contact.people import MANAGER
from ..models.contact.privacy import SHARED
from ..tools import checked

FROM_USER, CHOSEN = "user", "chosen"


class KontaktiHandOver(models.TransientModel):
    """A manager hands a colleague's or a leaver's work over in bulk (S14).

    =====================  =====================================================
    Responsible            open ones, or all those chosen
    Contacted by           shared ones, open and done
    personal, of a leaver  Contacted by; the manager sees nothing but the number
    =====================  =====================================================
    """

    _name = "kontakti.hand.over"
    _description = "Hand Work Over"

    source = fields.Selection(
        [(FROM_USER, "All of a person"), (CHOSEN, "Those chosen")],
        "What",
        required=True,
        default=FROM_USER,
    )
    contact_ids = checked.Ids(export_string_translation=False)
    from_user_id = fields.Many2one(
        "res.users",
        "From",
        domain=[("share", "=", False)],
        context={"active_test": False},
        help="Whose work it is; also somebody who has left.",
    )
    to_user_id = fields.Many2one(
        "res.users",
        "To",
        domain=lambda self: self.env["kontakti.contact"]._get_users_domain(),
    )
    with_responsible = fields.Boolean("Responsible", default=True)
    with_contacted_by = fields.Boolean("Contacted by")
    with_personal = fields.Boolean("Personal ones")
    is_leaver = fields.Boolean(compute="_compute_numbers")
    responsible_count = fields.Integer(compute="_compute_numbers")
    contacted_by_count = fields.Integer(compute="_compute_numbers")
    personal_count = fields.Integer(compute="_compute_numbers")

    @api.depends("source", "from_user_id", "contact_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_numbers(self):
        for wizard in self:
            wizard.is_leaver = wizard._is_from_leaver()
            wizard.responsible_count = len(wizard._find_for_responsible())
            wizard.contacted_by_count = len(wizard._find_for_contacted_by())
            wizard.personal_count = len(wizard._find_personal())

    def _is_from_leaver(self):
        user = self.from_user_id
        is_leaver = user and not user._may_be_responsible(self.env["res.company"])
        return self.source == FROM_USER and bool(is_leaver)

    def _find(self, domain):
        """Return the shared contact events, archived too, that the manager sees."""
        contacts = self.env["kontakti.contact"].with_context(active_test=False)
        return contacts.search(Domain(domain) & SHARED)

    def _find_for_responsible(self):
        if self.source == CHOSEN:
            return self._find([("id", "in", self.contact_ids or [])])
        of_user = Domain("responsible_id", "=", self.from_user_id.id)
        is_open = Domain("state", "=", STATE_OPEN)
        return self._find(of_user & is_open) if self.from_user_id else self._find_none()

    def _find_for_contacted_by(self):
        if self.source == CHOSEN:
            return self._find([("id", "in", self.contact_ids or [])])
        of_user = [("contacted_by_id", "=", self.from_user_id.id)]
        return self._find(of_user) if self.from_user_id else self._find_none()

    def _find_personal(self):
        """Return a leaver's personal ones in the companies chosen, as superuser."""
        if not self._is_from_leaver():
            return self._find_none()
        # sudo: told of them is their number, and they go to a colleague, unseen
        contacts = self.env["kontakti.contact"].sudo().with_context(active_test=False)
        return contacts.search(
            [
                ("personal", "=", True),
                ("contacted_by_id", "=", self.from_user_id.id),
                ("company_id", "in", [*self.env.companies.ids, False]),
            ]
        )

    def _find_none(self):
        return self.env["kontakti.contact"]

    @api.model
    def _start(self, contacts):
        """Ask whom the contact events chosen in a list are handed over to.

        :raise AccessError: when the user is no Kontakti manager
        """
        self._check_manager()
        chosen = self.env["kontakti.bulk"]._get_all_chosen(contacts)
        chosen.check_access("write")
        wizard = self.create({"source": CHOSEN, "contact_ids": chosen.ids})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand over"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _check_manager(self):
        if not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only a Kontakti manager hands work over."))

    def action_hand_over(self):
        """Hand the work over, all of it or none; the chatter of each says so.

        :return: the client action that tells how many
        :raise AccessError: when the user is no Kontakti manager
        :raise UserError: when something is missing, or the other may not see all of them
        """
        self.ensure_one()
        self._check_manager()
        self._check_choices()
        responsible, owned, personal = self._get_chosen_work()
        self._check_receiver(responsible | owned, personal)
        owned.contacted_by_id = self.to_user_id
        responsible.responsible_id = self.to_user_id
        self._hand_personal_over(personal)
        number = len(responsible | owned) + len(personal)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Handed over to %(user)s: %(number)s.",
                    user=self.to_user_id.name,
                    number=number,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _get_chosen_work(self):
        """Return (to be responsible for, to be contacted by, personal)."""
        none = self._find_none()
        return (
            self._find_for_responsible() if self.with_responsible else none,
            self._find_for_contacted_by() if self.with_contacted_by else none,
            self._find_personal() if self.with_personal else none,
        )

    def _check_choices(self):
        if not self.to_user_id or (self.source == FROM_USER and not self.from_user_id):
            raise UserError(self.env._("Choose from whom, and to whom."))
        if self.from_user_id == self.to_user_id:
            raise UserError(self.env._("Choose two different people."))
        if not (self.with_responsible or self.with_contacted_by or self.with_personal):
            raise UserError(self.env._("Choose what is handed over."))

    def _check_receiver(self, shared, personal):
        """Refuse a receiver who may not see what is handed over."""
        if personal and self.to_user_id == self.env.user:
            raise UserError(
                self.env._(
                    "Personal contact events are handed over to a colleague: you would "
                    "see them yourself."
                )
            )
        self._check_receiver_of(self.env["res.company"])
        for company in shared.company_id | personal.company_id:
            self._check_receiver_of(company)

    def _check_receiver_of(self, company):
        if self.to_user_id._may_be_responsible(company):
            return
        if not company:
            raise UserError(
                self.env._("%s is not an active Kontakti user.", self.to_user_id.name)
            )
        raise UserError(
            self.env._(
                "Some of them are of %(company)s, where %(user)s does not work. Nothing "
                "was handed over.",
                # sudo: the name of a company of which work is handed over
                company=company.sudo().name,
                user=self.to_user_id.name,
            )
        )

    def _hand_personal_over(self, personal):
        """Give a leaver's personal ones to a colleague; whose they were is logged."""
        for responsible, contacts in personal.grouped("responsible_id").items():
            values = {"contacted_by_id": self.to_user_id.id}
            if responsible:
                values["responsible_id"] = self.to_user_id.id
            contacts.write(values)
