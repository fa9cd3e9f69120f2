from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..models.contact.documents import DOCUMENT_MODELS
from ..models.contact.kontakti_contact import STATE_OPEN
from ..tools import checked

PAGE = 80  # records of a list's page: as many are seen at once
ACTIVE_IDS_LIMIT = "web.active_ids_limit"
ODOO_S_LIMIT = 20000
LIMITS = {"follow_up": 1000, "plan": 1000, **dict.fromkeys(DOCUMENT_MODELS, 500)}
CONTACTS, CUSTOMERS = "kontakti.contact", "res.partner"


class KontaktiBulk(models.TransientModel):
    """An action on many records at once: asks first, with their true number.

    "Select all" of a list names at most 20,000 records to an action (Odoo's
    ``web.active_ids_limit``), and does not say so. Here all of them are meant. What is on
    one page is done without a question, and can be undone.

    An entry of the Action menu calls :meth:`_start`. A new operation is a question in
    ``_get_questions`` and a method ``_run_<operation>``.
    """

    _name = "kontakti.bulk"
    _description = "Action on Many Records"

    operation = checked.Char(required=True, export_string_translation=False)
    res_model = checked.Char(required=True, export_string_translation=False)
    res_ids = checked.Ids(required=True, export_string_translation=False)
    question = fields.Char(compute="_compute_question", export_string_translation=False)

    @api.depends("operation", "res_ids")
    @api.depends_context("lang")
    def _compute_question(self):
        for wizard in self:
            questions = wizard._get_questions(len(wizard.res_ids or []))
            wizard.question = questions.get(wizard.operation)

    @api.model
    def _get_questions(self, number):
        """Return ``{operation: what is asked before it is done to many}``; extend."""
        count = formatLang(self.env, number, digits=0)
        return {
            "done": self.env._("Mark %s contact events as done?", count),
            "follow_up": self.env._(
                "Log a follow-up of %s contact events and mark them as done?", count
            ),
            "plan": self.env._("Plan a contact event with %s customers?", count),
            "put_on": self.env._("Put on the mailing list: %s?", count),
            "take_off": self.env._("Take off the mailing list: %s?", count),
            "quotation": self.env._("Create %s quotations?", count),
            "sale_order": self.env._("Create and confirm %s sales orders?", count),
            "invoice": self.env._("Create %s draft invoices?", count),
            "calendar": self.env._("Create %s calendar entries?", count),
        }

    @api.model
    def _start(self, operation, records):
        """Do ``operation`` to the records chosen in a list, or ask first.

        :param records: as many of them as the web client names
        :return: an action: the question, or what the operation returns
        :raise UserError: when there are more than can be done at once
        """
        targets = self._get_targets(self._get_all_chosen(records))
        self._check_limit(operation, len(targets))
        wizard = self.new({"operation": operation})
        if len(targets) <= PAGE or operation == "labels":
            return wizard._run(targets)
        wizard = self.create(
            {
                "operation": operation,
                "res_model": targets._name,
                "res_ids": targets.ids,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Many at once"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _get_all_chosen(self, records):
        """Return all that the list holds when "Select all" was cut short."""
        domain = self.env.context.get("active_domain")
        # sudo: a limit of the web client, which every user's session says
        limit = self.env["ir.config_parameter"].sudo().get_param(ACTIVE_IDS_LIMIT)
        is_cut = len(records) >= int(limit or ODOO_S_LIMIT)
        return records.search(domain) if is_cut and domain is not None else records

    @api.model
    def _get_targets(self, records):
        """Return the contact events or customers that are meant; extend to add.

        Of orders and invoices their customers.
        """
        if records._name == "account.move":
            records = records.filtered(lambda move: move.is_sale_document(True))
        is_document = records._name not in (CONTACTS, CUSTOMERS)
        return records.partner_id if is_document else records

    @api.model
    def _check_limit(self, operation, number):
        limit = LIMITS.get(operation)
        if limit and number > limit:
            raise UserError(
                self.env._(
                    "%(chosen)s contact events are chosen, and at most %(limit)s can be "
                    "done at once. Nothing was done. Choose fewer.",
                    chosen=formatLang(self.env, number, digits=0),
                    limit=formatLang(self.env, limit, digits=0),
                )
            )

    def action_confirm(self):
        """Do what was asked.

        :return: the action that the operation returns
        :raise UserError: when it cannot be done; then nothing is
        """
        self.ensure_one()
        if self.res_model not in (CONTACTS, CUSTOMERS):
            raise UserError(self.env._("There is nothing here to be done to them."))
        return self._run(self.env[self.res_model].browse(self.res_ids).exists())

    def _run(self, records):
        run = getattr(self, f"_run_{self.operation}", None)
        if not run:
            raise UserError(self.env._("There is nothing here to be done to them."))
        return run(records)

    def _run_done(self, contacts):
        contacts.check_access("write")
        left = contacts.search([("id", "in", contacts.ids), ("state", "=", STATE_OPEN)])
        left.action_done()
        return {
            "type": "ir.actions.client",
            "tag": "kontakti_contact.undoable",
            "params": {
                "message": self.env._("Marked as done: %s.", len(left)),
                "undo": [CONTACTS, "action_reopen", [left.ids]] if left else False,
            },
        }

    def _run_follow_up(self, contacts):
        return contacts.action_follow_up()

    def _run_put_on(self, records):
        if records._name == CUSTOMERS:
            return records.action_put_on_kontakti_mailing_list()
        return records.action_put_on_mailing_list()

    def _run_take_off(self, records):
        if records._name == CUSTOMERS:
            return records.action_take_off_kontakti_mailing_list()
        return records.action_take_off_mailing_list()

    def _run_plan(self, customers):
        return customers.action_plan_kontakti_contacts()

    def _run_labels(self, records):
        if records._name == CUSTOMERS:
            return records.action_print_kontakti_labels()
        return records.action_print_labels()

    def _run_quotation(self, contacts):
        return contacts.action_create_documents(self.operation)

    _run_sale_order = _run_invoice = _run_calendar = _run_quotation
