from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import config

from ...tools import arguments, checked
from ...tools.labels.countries import layout
from ...tools.labels.fonts import clean, missing_letters
from ...tools.labels.plan import (
    ARCHIVED,
    DUPLICATE,
    LETTERS,
    NO_ADDRESS,
    NO_NAME,
    OPTED_OUT,
    PER_ADDRESS,
    PER_CONTACT,
    PER_CUSTOMER,
    SORT_NAME,
    SORT_ZIP,
    TOO_LONG,
    Choices,
    Country,
    make_plan,
)

MAILING_LIST, CHOSEN = "mailing_list", "chosen"
SOURCES = [
    (CHOSEN, "Those chosen"),
    (MAILING_LIST, "All on the mailing list"),
]


class KontaktiLabelPrint(models.TransientModel):
    """Prints address labels, or exports the same addresses for a mail merge (S4).

    What is previewed, printed and exported comes from one plan; it is made with the
    user's own rights. Extend ``_get_recipients`` for another source of addresses.
    """

    _name = "kontakti.label.print"
    _description = "Print Address Labels"
    _transient_max_hours = 10.0

    # what ``_get_recipients`` asks of the wizard; name there what an extension asks
    _recipient_fields = ("source", "contact_ids", "partner_ids")

    source = fields.Selection(
        SOURCES, "Labels for", required=True, default=MAILING_LIST
    )
    contact_ids = fields.Many2many(
        "kontakti.contact", string="Contact events", context={"active_test": False}
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "kontakti_label_print_partner_rel",
        string="Customers",
        context={"active_test": False},
    )
    has_chosen = fields.Boolean(compute="_compute_has_chosen")
    format_id = fields.Many2one(
        "kontakti.label.format",
        "Label sheet",
        required=True,
        default=lambda self: self.env["kontakti.label.format"].search([], limit=1),
        ondelete="cascade",
    )
    first_place = checked.Integer(
        "First free label",
        required=True,
        compute="_compute_first_place",
        store=True,
        readonly=False,
        precompute=True,
        help="Where printing begins on a sheet that has been begun.",
    )
    sort_by = fields.Selection(
        [(SORT_ZIP, "Postal code"), (SORT_NAME, "Name")],
        "Sort by",
        required=True,
        default=SORT_ZIP,
    )
    one_label_per = fields.Selection(
        [
            (PER_ADDRESS, "Shared address"),
            (PER_CUSTOMER, "Customer at an address"),
            (PER_CONTACT, "Contact event or customer chosen"),
        ],
        "One label per",
        required=True,
        default=PER_ADDRESS,
        help="Of several with the same address the newest gets the label.",
    )
    with_person = fields.Boolean("Contact person's line", default=True)
    with_sender = fields.Boolean("Sender's line")
    sender = checked.Char(
        "Sender", compute="_compute_sender", store=True, readonly=False
    )
    country_id = fields.Many2one(
        "res.country",
        "Posted in",
        default=lambda self: self.env.company.country_id,
        help="Addresses in this country have no line for the country.",
    )
    skip_opted_out = fields.Boolean(
        "Leave out who has opted out",
        default=True,
        help="Those whose e-mail address is on the blacklist.",
    )
    places = fields.Json(
        related="format_id.drawing", string="Places", export_string_translation=False
    )
    page = fields.Json(compute="_compute_preview", export_string_translation=False)
    label_count = fields.Integer("Labels", compute="_compute_preview")
    sheet_count = fields.Integer("Sheets", compute="_compute_preview")
    skipped = fields.Json(compute="_compute_preview", export_string_translation=False)
    nothing = fields.Char("Nothing to print", compute="_compute_preview")

    @api.depends("contact_ids", "partner_ids")
    def _compute_has_chosen(self):
        for wizard in self:
            wizard.has_chosen = bool(wizard.contact_ids or wizard.partner_ids)

    @api.depends("format_id")
    def _compute_first_place(self):
        """Begin where the user's last print on this sheet ended."""
        for wizard in self:
            place = wizard._get_remembered().get("first_place", 1)
            wizard.first_place = min(place, max(wizard.format_id.label_count, 1))

    def _get_remembered(self):
        """Return what the user's last print on this sheet left: the first free label."""
        defaults = self.env["ir.default"]
        return defaults._get_model_defaults(self._name, self._get_memory_key())

    def _get_memory_key(self):
        return f"format_id={self.format_id.id}"

    @api.depends("with_sender")
    def _compute_sender(self):
        company = self.env.company
        parts = [
            company.name,
            company.street,
            f"{company.zip or ''} {company.city or ''}",
        ]
        for wizard in self:
            wizard.sender = wizard.sender or ", ".join(
                filter(str.strip, filter(None, parts))
            )

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Address labels")

    @api.constrains("first_place", "format_id")
    def _check_first_place(self):
        for wizard in self:
            count = wizard.format_id.label_count
            if not 1 <= wizard.first_place <= count:
                raise ValidationError(
                    wizard.env._(
                        "The first free label is between 1 and %s on this sheet.", count
                    )
                )

    @api.constrains("with_sender", "sender")
    def _check_sender(self):
        for wizard in self.filtered("with_sender"):
            letters = missing_letters([clean(wizard.sender or "")])
            if letters:
                raise ValidationError(
                    wizard.env._(
                        "No font here can print these letters of the sender: %s",
                        letters,
                    )
                )

    @api.depends(
        *("source", "contact_ids", "partner_ids", "format_id", "first_place"),
        *("sort_by", "one_label_per", "with_person", "with_sender", "sender"),
        *("skip_opted_out", "country_id"),
    )
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_preview(self):
        for wizard in self:
            if not wizard.format_id:
                wizard.page, wizard.skipped, wizard.nothing = {}, [], False
                wizard.label_count = wizard.sheet_count = 0
                continue
            plan = make_plan(wizard._get_previewed_recipients(), wizard._get_choices())
            wizard.page = wizard._draw_first_page(plan)
            wizard.label_count = len(plan.labels)
            wizard.sheet_count = wizard._count_sheets(len(plan.labels))
            wizard.skipped = wizard._describe_skipped(plan)
            wizard.nothing = not plan.labels and wizard._describe_nothing(plan)

    def _draw_first_page(self, plan):
        sheet = self.format_id._get_sheet()
        places = range(self._get_first(), sheet.places)[: len(plan.labels)]
        shown = plan.labels[: len(places)]
        lines = [label.lines for label in shown]
        ids = [label.recipient.id for label in shown]
        page = self.format_id._draw(places, lines, ids)
        return {**page, "model": self._get_model()._name}

    def _describe_nothing(self, plan):
        """Return why the sheet is empty."""
        if plan.skipped:
            return self.env._(
                "None of the %s addresses can be printed: the list below says why.",
                len(plan.skipped),
            )
        if self.source == MAILING_LIST:
            return self.env._("Nobody is on the mailing list.")
        return self.env._("Nothing is chosen that labels could be printed for.")

    def _count_sheets(self, count):
        return self.format_id._get_sheet().pages(self._get_first(), count)

    def _get_first(self):
        """Return the first place, counted from 0, also of a form not yet valid."""
        return min(max(self.first_place, 1), self.format_id.label_count or 1) - 1

    def _make_plan(self):
        """Return the :class:`Plan`: what is printed and what not, and why."""
        self.ensure_one()
        return make_plan(self._get_recipients(), self._get_choices())

    def _get_model(self):
        """Return the model that the labels come from."""
        is_customers = self.source == CHOSEN and self.partner_ids
        return self.env["res.partner" if is_customers else "kontakti.contact"]

    def _get_recipients(self):
        """Return the :class:`Recipient` s the user may read; extend to add."""
        model = self._get_model()
        if self.source == MAILING_LIST:
            domain = model._get_section_domain("mailing_list")
            domain &= Domain("active", "=", True)
        else:
            chosen = self.partner_ids or self.contact_ids
            domain = [("id", "in", chosen.ids)]
        return model._get_label_recipients(domain)

    def _get_previewed_recipients(self):
        """Return the recipients as the read replica has them, if Odoo has one.

        Only the preview, drawn anew at every choice, may be a moment old. This wizard is
        not on the replica yet: it is given there by the values that choose recipients.
        """
        if self.env.cr.readonly or not config["db_replica_host"]:
            return self._get_recipients()
        values = {name: self[name] for name in self._recipient_fields}
        values = self._convert_to_write(values)
        with self.env.registry.cursor(readonly=True) as cr:
            there = self.env(cr=cr)[self._name].new(values)
            found = there._get_recipients()
        chosen = len(self.partner_ids or self.contact_ids)
        is_complete = self.source != CHOSEN or len(found) >= chosen
        return found if is_complete else self._get_recipients()

    def web_read(self, specification):
        return super().web_read(specification)

    # not from a replica: what the user has just chosen must be there
    web_read._readonly = False

    def _get_choices(self):
        return Choices(
            self.format_id._get_sheet(),
            self._get_countries(),
            home=self.country_id.id or 0,
            sort=self.sort_by,
            one_per=self.one_label_per,
            with_person=self.with_person,
            sender=clean(self.sender or "") if self.with_sender else "",
            skip_opted_out=self.skip_opted_out,
        )

    @api.model
    def _get_countries(self):
        """Return ``{id: Country}``, named in English: every post reads that."""
        countries = self.env["res.country"].with_context(lang="en_US")
        unknown = countries.default_get(["address_format"])["address_format"]
        found = countries.search_fetch(
            [("id", "!=", 0)], ["name", "code", "address_format"]
        )
        return {
            country.id: Country(
                country.code,
                country.name,
                layout(country.code, country.address_format, unknown),
            )
            for country in found
        }

    def _get_reasons(self):
        """Return ``{reason: what the user reads}``."""
        return {
            ARCHIVED: self.env._("Archived"),
            OPTED_OUT: self.env._("Opted out: the e-mail address is blacklisted"),
            NO_NAME: self.env._("No name"),
            NO_ADDRESS: self.env._("No complete address"),
            LETTERS: self.env._("Letters that no font here can print"),
            TOO_LONG: self.env._("Too long for this label"),
            DUPLICATE: self.env._("Same address as another label"),
        }

    def _describe_skipped(self, plan):
        """Return ``[{"reason", "name", "model", "items": [{"id", "name"}]}]``."""
        groups = {reason: [] for reason in self._get_reasons()}
        for recipient, reason in plan.skipped:
            name = recipient.name or recipient.person or self.env._("No name")
            groups[reason].append({"id": recipient.id, "name": name})
        return [
            {
                "reason": reason,
                "name": self._get_reasons()[reason],
                "model": self._get_model()._name,
                "items": items,
            }
            for reason, items in groups.items()
            if items
        ]

    @api.model
    def action_open_mailing_list(self):
        """Open the label printing for everybody on the mailing list (S10)."""
        return self._open(source=MAILING_LIST)

    @api.model
    def _check_ids(self, ids):
        return arguments.ids(self.env, "ids", ids)

    @api.model
    def _open(self, contact_ids=(), partner_ids=(), source=CHOSEN):
        """Return the window action of a new wizard, saved: F5 keeps what was chosen."""
        values = {
            "source": source,
            "contact_ids": [fields.Command.set(self._check_ids(contact_ids))],
            "partner_ids": [fields.Command.set(self._check_ids(partner_ids))],
        }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Address labels"),
            "res_model": self._name,
            "res_id": self.create(values).id,
            "views": [(False, "form")],
        }
