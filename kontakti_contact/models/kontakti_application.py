import json
import re

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.tools.safe_eval import safe_eval

from ..tools import checked

CALENDAR = "calendar"
ENTRY, BOOKING = "entry", "booking"  # what of the calendar
CREATE, SEARCH, MESSAGE = "create", "search", "message"
MODES = [
    (CREATE, "New document with the customer's data"),
    (SEARCH, "Search view"),
    (MESSAGE, "Message to the customer"),
]
IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")


class KontaktiApplication(models.Model):
    """One row of the Applications menu: where a contact event leads (S15-S21).

    An addon adds an application with one XML record. Where something is special about
    it, it adds hooks to ``kontakti.contact``: ``contact/application_hooks.py``. Targets
    are named, not referred to: an application whose addon is not installed is simply
    not shown.
    """

    _name = "kontakti.application"
    _description = "Application of Contact Events"
    _order = "sequence, id"

    name = checked.Char(required=True, translate=True)
    code = checked.Char(
        limit=100,
        required=True,
        help="Technical name, for example quotation.",
        copy=False,
    )
    sequence = checked.Integer(default=10)
    icon = checked.Char(default="fa-external-link", help="Font Awesome class")
    active = fields.Boolean(default=True)
    mode = fields.Selection(MODES, required=True, default=SEARCH)
    res_model = checked.Char("Model", required=True)
    action_xmlid = checked.Char(
        "Window Action", help="External ID of the window action that is opened."
    )
    partner_field = checked.Char(
        "Customer Field", help="The model's field that receives the customer."
    )
    fallback_res_model = checked.Char(
        "Model Instead", help="Used when the first model is not installed."
    )
    fallback_action_xmlid = checked.Char("Window Action Instead")
    fallback_partner_field = checked.Char("Customer Field Instead")
    context = checked.Char(
        default="{}", help="Added to the context of the window action."
    )
    company_ids = fields.Many2many(
        "res.company", string="Organisations", help="Empty: all organisations."
    )
    group_ids = fields.Many2many(
        "res.groups", string="Groups", help="Empty: everybody who may open it."
    )

    is_installed = fields.Boolean(
        "Installed",
        compute="_compute_is_installed",
        help="What is not installed is not shown in the Applications menu.",
    )

    _code_unique = models.UniqueIndex("(code)", "An application has this code already.")

    @api.depends("res_model", "fallback_res_model")
    def _compute_is_installed(self):
        for application in self:
            application.is_installed = bool(application._get_target()[0])

    @api.constrains("code")
    def _check_code(self):
        """Refuse what can be no part of a hook's name, or is of a method of ours."""
        for application in self:
            code = application.code
            if not IDENTIFIER.fullmatch(code or ""):
                raise ValidationError(
                    self.env._(
                        "The code “%s” has to begin with a small letter, and to have "
                        "nothing but small letters (a–z), digits and _ in it.",
                        code,
                    )
                )
            if self.env["kontakti.contact"]._is_code_taken(code):
                raise ValidationError(
                    self.env._(
                        "The code “%s” means something else here: choose another one.",
                        code,
                    )
                )

    @api.constrains("context")
    def _check_context(self):
        for application in self:
            if not application._is_context(application.context):
                raise ValidationError(
                    self.env._(
                        "The context of “%(name)s” has to be a dictionary, for example "
                        "{'default_priority': '1'}, and not: %(context)s",
                        name=application.name,
                        context=application.context,
                    )
                )

    def _is_context(self, text):
        try:
            found = self._evaluate(text)
            json.dumps(found)
        except Exception:  # noqa: BLE001
            return False  # whatever a text does that is evaluated
        is_mapping = isinstance(found, dict)
        return is_mapping and all(isinstance(key, str) for key in found)

    @api.constrains(
        "res_model",
        "action_xmlid",
        "fallback_res_model",
        "fallback_action_xmlid",
    )
    def _check_actions(self):
        """Refuse an action that is none, where the model is installed.

        An addon's data may name what comes later, or no more: that is not shown.
        """
        if self.env.context.get("install_mode"):
            return
        for application in self:
            for model, xmlid in application._get_targets():
                if model in self.env and xmlid and not self._find_action(xmlid):
                    raise ValidationError(
                        self.env._(
                            "There is no window action “%(xmlid)s”, which “%(name)s” "
                            "is to open.",
                            xmlid=xmlid,
                            name=application.name,
                        )
                    )

    def _get_targets(self):
        """Return both ``[(model, action's external id)]``, installed or not."""
        return [
            (self.res_model, self.action_xmlid),
            (self.fallback_res_model, self.fallback_action_xmlid),
        ]

    def _get_available(self):
        """Return the applications the user may open now, in the menu's order (S16).

        The company that decides is the environment's: a contact event's own.
        """
        if not self.has_access("read"):
            return self.browse()
        active = self.search([("active", "=", True)])
        return active.filtered(lambda application: application._is_available())

    def _find(self, code):
        """Return the application with a code, turned off or not, or an empty set."""
        everything = self.with_context(active_test=False)
        everything = everything.search([("code", "!=", False)])
        return everything.filtered(lambda application: application.code == code)

    def _is_available(self):
        """By company and groups of the record, rights to the model, the action, menus.

        Extend to add a condition.
        """
        self.ensure_one()
        model = self._get_target()[0]
        # sudo: a company that the user may not read still excludes the user's own
        companies, groups = self.sudo().company_ids, self.sudo().group_ids
        return (
            bool(model)
            and (not companies or self.env.company in companies)
            and self._allows_groups(groups)
            and self._has_model_access(model)
            and self._has_action()
            and self._has_menu()
        )

    def _allows_groups(self, groups):
        return not groups or bool(groups & self.env.user.all_group_ids)

    def _has_model_access(self, model):
        operations = ["read"] if self.mode == SEARCH else ["read", "create"]
        return all(self.env[model].has_access(operation) for operation in operations)

    def _has_action(self):
        if not self._get_target()[1]:
            return True
        action = self._get_action()
        return bool(action) and self._allows_groups(action.group_ids)

    def _has_menu(self):
        """Return whether a menu of the user's own leads to the list (S16)."""
        action = self._get_action()
        if self.mode != SEARCH or not action or self.env.su:
            return True
        paths = self._get_menu_paths(action.id, self._get_target()[1])
        shown = self.env["ir.ui.menu"]._visible_menu_ids()
        return not paths or any(shown.issuperset(path) for path in paths)

    @api.model
    @tools.ormcache("action_id", "xmlid")
    def _get_menu_paths(self, action_id, xmlid):
        """Return the menus that lead to an action, each with those above it.

        No menu of the action's own: those of its application, the menus at the top of
        the addon that made it, else any menu of that addon.

        :return: a tuple of tuples of ids, empty when there is no menu of any kind
        """
        # sudo: which menus there are; the caller asks which of them the user has
        menus = self.env["ir.ui.menu"].sudo()
        # sudo: names of actions and menus, which tell nothing of records
        names = self.env["ir.model.data"].sudo()
        own = menus.search([("action", "=", f"ir.actions.act_window,{action_id}")])
        if not own:
            module = [("module", "=", xmlid.split(".")[0]), ("model", "=", menus._name)]
            ids = names.search(module).mapped("res_id")
            everything = menus.search([("id", "in", ids)])
            own = everything.filtered(lambda menu: not menu.parent_id) or everything
        return tuple(tuple(map(int, menu.parent_path.split("/")[:-1])) for menu in own)

    def _get_target(self):
        """Return (model, action's external id, customer field) that is installed."""
        first = (self.res_model, self.action_xmlid, self.partner_field)
        second = (
            self.fallback_res_model,
            self.fallback_action_xmlid,
            self.fallback_partner_field,
        )
        for target in (first, second):
            if target[0] in self.env:
                return target
        return (None, None, None)

    def _get_action(self):
        """Return the window action (``ir.actions.act_window``), empty if missing."""
        return self._find_action(self._get_target()[1])

    @api.model
    def _find_action(self, xmlid):
        action = xmlid and self.env.ref(xmlid, raise_if_not_found=False)
        is_window = action and action._name == "ir.actions.act_window"
        # sudo: reading which groups an action has, before showing it to the user
        return action.sudo() if is_window else self.env["ir.actions.act_window"].sudo()

    def _get_action_values(self):
        """Return the action as a dict with its context evaluated, ours on top."""
        own = self._get_action()
        action = own._get_action_dict() if own else self._get_plain_action()
        action["context"] = {
            **self._evaluate(action["context"]),
            **self._evaluate(self.context),
        }
        return action

    def _get_plain_action(self):
        """Return the action of an application that names a model and no action."""
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._get_target()[0],
            "views": [(False, "list"), (False, "form")],
            "context": "{}",
        }

    def _evaluate(self, text):
        names = {"uid": self.env.uid, "active_id": False, "active_ids": []}
        names["allowed_company_ids"] = self.env.companies.ids
        return safe_eval(text or "{}", names)

    def _describe(self):
        """Return what the menu shows: code, name, icon, mode and choices."""
        self.ensure_one()
        return {
            "code": self.code,
            "name": self.name,
            "icon": self.icon,
            "mode": self.mode,
            "choices": self._get_choices(),
        }

    def _get_choices(self):
        """Return the choices asked for in the menu itself: the calendar's (S28)."""
        if self.code != CALENDAR:
            return []
        return [
            {"key": ENTRY, "name": self.env._("Entry (your time stays free)")},
            {"key": BOOKING, "name": self.env._("Booking (your time is reserved)")},
        ]
