from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KONTAKTI_USER
from .common_applications import INVOICING, SALES, ApplicationsCommon

PURCHASE = "purchase.group_purchase_user"
STOCK = "stock.group_stock_user"
EVERYBODY = None
# row: code, model, action, customer field, group that may open it. The service row
# is repair, else maintenance, which has no customer.
SEARCH_ROWS = {
    "T3": ("vendor_bill", "account.move", "account.action_move_in_invoice")
    + ("partner_id", INVOICING),
    "T6": ("purchase_order", "purchase.order", "purchase.purchase_form_action")
    + ("partner_id", PURCHASE),
    "T7": ("rfq", "purchase.order", "purchase.purchase_rfq", "partner_id", PURCHASE),
    "T8": ("purchase_proposal", "stock.warehouse.orderpoint")
    + ("stock.action_orderpoint_replenish", None, STOCK),
    "T9": ("freight", "stock.picking", "stock.action_picking_tree_outgoing")
    + ("partner_id", STOCK),
    "T10": ("project", "project.project", "project.open_view_project_all")
    + ("partner_id", "project.group_project_user"),
    "T11": ("service", "repair.order", "repair.action_repair_order_tree")
    + ("partner_id", STOCK),
    "T12": ("production", "mrp.production", "mrp.mrp_production_action", None)
    + ("mrp.group_mrp_user",),
    "T14": ("time_clock", "hr.attendance", "hr_attendance.hr_attendance_action")
    + (None, "hr_attendance.group_hr_attendance_officer"),
    "T15": ("payroll", "hr.payslip", "payroll.hr_payslip_action", None)
    + ("payroll.group_payroll_user",),
    "T16": ("travel", "hr.expense", "hr_expense.hr_expense_actions_my_all", None)
    + (EVERYBODY,),
}
OTHER_ROWS = {
    "T1": ("invoice", "account.move", INVOICING),
    "T2": ("pos", "pos.order", "point_of_sale.group_pos_user"),
    "T4": ("quotation", "sale.order", SALES),
    "T5": ("sale_order", "sale.order", SALES),
    "T13": ("calendar", "calendar.event", EVERYBODY),
    "T17": ("message", "mail.compose.message", EVERYBODY),
}
ROWS = {
    **{
        row: (code, model, group)
        for row, (code, model, *_, group) in SEARCH_ROWS.items()
    },
    **OTHER_ROWS,
}
# the manual's order
ORDER = [ROWS[f"T{number}"][0] for number in range(1, 18)]
LABELS = {
    "invoice": "Invoice",
    "pos": "Point of sale",
    "vendor_bill": "Vendor bill",
    "quotation": "Quotation",
    "sale_order": "Sales order",
    "purchase_order": "Purchase order",
    "rfq": "Request for quotation",
    "purchase_proposal": "Purchase proposal",
    "freight": "Freight",
    "project": "Project",
    "service": "Service",
    "production": "Production",
    "calendar": "Calendar",
    "time_clock": "Time clock",
    "payroll": "Payroll",
    "travel": "Travel expenses",
    "message": "Message",
}


@tagged("post_install", "-at_install")
class TestApplications(ApplicationsCommon):
    """The transfer table: what is shown to whom, and what opens (S15, S16, S21)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = {group for _code, _model, group in ROWS.values() if group}
        known = [group for group in groups if cls.env.ref(group, False)]
        cls.everything = cls._create_user(
            "everything", ",".join([KONTAKTI_USER, *sorted(known)])
        )

    def is_installed(self, row):
        code, model, _group = ROWS[row]
        return model in self.env or (
            code == "service" and "maintenance.request" in self.env
        )

    def test_a_user_with_full_rights_sees_every_installed_row_in_the_manuals_order(
        self,
    ):
        """T1-T17: a row whose addon is missing in the database is absent."""
        installed = [ROWS[row][0] for row in ROWS if self.is_installed(row)]
        shown = [code for code in self._codes(self.everything) if code in ORDER]
        self.assertEqual(shown, [code for code in ORDER if code in installed])

    def test_what_the_menu_gets_has_the_contracts_shape(self):
        contact = self._seen_by(self.everything, self.contact)
        found = {app["code"]: app for app in contact.get_applications()}
        for code, application in found.items():
            self.assertEqual(application["name"], LABELS.get(code, application["name"]))
            self.assertTrue(application["icon"].startswith("fa-"), code)
            self.assertEqual(
                set(application), {"code", "name", "icon", "mode", "choices"}
            )
        self.assertEqual(
            [choice["key"] for choice in found["calendar"]["choices"]],
            ["entry", "booking"],
        )
        self.assertFalse([c for c in found if c != "calendar" and found[c]["choices"]])
        self.assertEqual(contact.applications, list(found.values()))

    def test_each_row_is_shown_to_whoever_has_its_right_and_to_nobody_else(self):
        """S16, T1-T17."""
        plain = self._codes(self.anna)
        for row, (code, _model, group) in ROWS.items():
            with self.subTest(row=row, code=code):
                shown = self.is_installed(row)
                self.assertEqual(code in plain, shown and group is EVERYBODY)
                if not shown:
                    self.assertNotIn(code, self._codes(self.everything))
                    continue
                user = self._create_user(
                    f"row_{code}", ",".join(filter(None, [KONTAKTI_USER, group]))
                )
                self.assertIn(code, self._codes(user))

    def test_what_is_not_shown_does_not_open(self):
        for row, (code, _model, group) in ROWS.items():
            with self.subTest(row=row, code=code):
                if self.is_installed(row) and group is EVERYBODY:
                    continue
                with self.assertRaises(AccessError):
                    self._open(self.anna, code)
        with self.assertRaises(AccessError):
            self._open(self.everything, "no_such_application")

    def test_a_list_needs_a_menu_of_the_users_own(self):
        """S16: to read the model is not enough; Invoicing is nothing of a salesperson."""
        bills = self._application("vendor_bill")
        self.assertTrue(bills.with_user(self.seller)._has_model_access("account.move"))
        self.assertNotIn("vendor_bill", self._codes(self.seller))
        with self.assertRaises(AccessError):
            self._open(self.seller, "vendor_bill")
        self.assertIn("vendor_bill", self._codes(self.biller))

    def test_a_salesperson_of_the_own_documents_sees_only_what_the_own_menus_show(self):
        """S16: whatever else is installed and may be read."""
        everybodys = [code for code, _model, group in ROWS.values() if not group]
        shown = {code for code in self._codes(self.seller) if code in ORDER}
        self.assertLessEqual(shown, {"quotation", "sale_order", *everybodys})
        for code in shown - {"calendar"}:
            self.assertTrue(self._open(self.seller, code))

    def test_a_menu_under_one_that_is_not_the_users_is_no_menu(self):
        menu = self._make_menu("Top", group="base.group_system")
        action = self._make_list()
        self._make_menu("Below", parent_id=menu.id, action=action)
        self.assertNotIn("listed", self._codes(self.anna))
        menu.group_ids = False
        self.assertIn("listed", self._codes(self.anna))
        menu.active = False
        self.assertNotIn("listed", self._codes(self.anna))

    def test_without_a_menu_of_its_own_the_lists_application_counts(self):
        """C48: purchase proposal and freight have no menu for anybody."""
        action = self._make_list()
        self.assertIn("listed", self._codes(self.anna), "its addon has no menus")
        top = self._make_menu("Top", group="base.group_system", named=True)
        inner = self._make_menu("In it", parent_id=top.id, named=True, action=action)
        inner.action = "ir.actions.act_window,%s" % self._make_list(code="other").id
        self.assertNotIn("listed", self._codes(self.anna))
        top.group_ids = False
        self.assertIn("listed", self._codes(self.anna))

    def _make_list(self, code="listed"):
        """An application that lists calendar events, by an addon's own action."""
        action = self.env["ir.actions.act_window"].create(
            {"name": code, "res_model": "calendar.event"}
        )
        self._name(action, f"action_{code}")
        self.env["kontakti.application"].create(
            {
                "code": code,
                "name": code,
                "mode": "search",
                "res_model": "calendar.event",
                "action_xmlid": f"test_menus.action_{code}",
            }
        )
        return action

    def _make_menu(self, name, group=None, named=False, action=None, **vals):
        menu = self.env["ir.ui.menu"].create(
            {
                "name": name,
                "group_ids": self.env.ref(group).ids if group else False,
                "action": action and f"{action._name},{action.id}",
                **vals,
            }
        )
        if named:
            self._name(menu, f"menu_{menu.id}")
        return menu

    def _name(self, record, name):
        self.env["ir.model.data"].create(
            {
                "module": "test_menus",
                "name": name,
                "model": record._name,
                "res_id": record.id,
            }
        )

    def test_the_contact_events_organisation_decides_what_is_shown(self):
        """S16: not the one that happens to be current in the company switcher."""
        self._application("message").company_ids = self.other_company
        contacts = {
            company: self._create_contact(self.both, company_id=company.id)
            for company in (self.company, self.other_company)
        }
        both = self.company + self.other_company
        for current in (both, both[::-1]):
            own, others = (
                self._codes(self.both, current, contacts[company])
                for company in (self.other_company, self.company)
            )
            self.assertIn("message", own)
            self.assertNotIn("message", others)
            seen = self._seen_by(self.both, contacts[self.company])
            seen = seen.with_context(allowed_company_ids=current.ids)
            with self.assertRaises(AccessError):
                seen.open_application("message")
            several = seen + contacts[self.other_company]
            shown = [{app["code"] for app in found.applications} for found in several]
            self.assertEqual(["message" in codes for codes in shown], [False, True])

    def test_a_contact_event_of_no_organisation_follows_the_company_switcher(self):
        """S16."""
        self._application("message").company_ids = self.other_company
        contact = self._create_contact(self.both, company_id=False)
        self.assertNotIn("message", self._codes(self.both, self.company, contact))
        self.assertIn("message", self._codes(self.both, self.other_company, contact))
        with self.assertRaises(AccessError):
            self._open(self.anna, "message")

    def test_a_row_of_some_groups_is_absent_for_the_others(self):
        """S16."""
        group = self.env["res.groups"].create({"name": "Writers"})
        implying = self.env["res.groups"].create(
            {"name": "Editors", "implied_ids": group.ids}
        )
        self._application("message").group_ids = group
        self.assertNotIn("message", self._codes(self.anna))
        with self.assertRaises(AccessError):
            self._open(self.anna, "message")
        self.anna.group_ids += implying
        self.assertIn("message", self._codes(self.anna))

    def test_the_groups_of_the_window_action_are_respected(self):
        self.env.ref("calendar.action_calendar_event").group_ids = self.env.ref(
            "base.group_system"
        )
        self.assertNotIn("calendar", self._codes(self.anna))
        with self.assertRaises(AccessError):
            self._open(self.anna, "calendar", "entry")

    def test_a_row_turned_off_is_absent(self):
        self._application("message").active = False
        self.assertNotIn("message", self._codes(self.anna))
        with self.assertRaises(AccessError):
            self._open(self.anna, "message")

    def test_a_row_whose_window_action_is_gone_is_absent(self):
        message = self._application("message").with_context(install_mode=True)
        message.action_xmlid = "mail.no_such_action"
        self.assertNotIn("message", self._codes(self.anna))

    def test_the_manager_sees_what_is_not_installed(self):
        message = self._application("message").with_user(self.manager)
        self.assertTrue(message.is_installed)
        message.res_model = "not.installed"
        self.assertFalse(message.is_installed)
        message.fallback_res_model = "calendar.event"
        self.assertTrue(message.is_installed)

    def test_a_row_needs_no_window_action_of_its_own(self):
        """An integrator's record with a model alone opens that model's form."""
        self._application("calendar").action_xmlid = False
        action = self._open(self.anna, "calendar", "entry")
        self.assertEqual(action["views"], [(False, "form")])
        self._application("calendar").mode = "search"
        self._application("calendar").code = "events"
        action = self._open(self.anna, "events")
        self.assertEqual(action["res_model"], "calendar.event")
        self.assertEqual(
            action["context"],
            {
                "search_default_customer_id": self.customer.id,
                "search_disable_custom_filters": True,
            },
        )

    def test_the_manager_decides_the_order(self):
        self._application("message").with_user(self.manager).sequence = 1
        self.assertEqual(self._codes(self.anna)[0], "message")
        with self.assertRaises(AccessError):
            self._application("message").with_user(self.anna).sequence = 2

    def test_others_personal_contacts_have_no_applications(self):
        contact = self._create_contact(personal=True, partner_id=self.customer.id)
        for call in (
            lambda own: own.get_applications(),
            lambda own: own.open_application("message"),
        ):
            with self.assertRaises(AccessError):
                call(self._seen_by(self.manager, contact))

    def test_without_kontakti_nothing_is_shown(self):
        with self.assertRaises(AccessError):
            self._codes(self.employee)


@tagged("post_install", "-at_install")
class TestSearchRows(ApplicationsCommon):
    """Rows that lead to the Search view: nothing new (T3, T6-T12, T14-T16)."""

    def assertOpens(self, action, xmlid):
        own = self.env.ref(xmlid)
        for name in ("id", "res_model", "domain", "view_mode", "search_view_id"):
            value = own._get_action_dict()[name]
            self.assertEqual(action[name], value, name)

    def test_each_opens_its_own_list_and_writes_nothing(self):
        for row, (code, model, xmlid, field, group) in SEARCH_ROWS.items():
            with self.subTest(row=row, code=code):
                if code == "service" and model not in self.env:
                    model, field, group = "maintenance.request", None, EVERYBODY
                    xmlid = "maintenance.hr_equipment_request_action"
                groups = [KONTAKTI_USER, group or "base.group_user"]
                if model not in self.env:
                    self.assertNotIn(code, self._codes(self.anna))
                    continue
                user = self._create_user(f"finds_{code}", ",".join(groups))
                contact = self._seen_by(user, self.contact)
                with self.assertNothingWritten():
                    action = contact.open_application(code)
                self.assertOpens(action, xmlid)
                facets = {
                    key: value
                    for key, value in action["context"].items()
                    if value == self.customer.id
                }
                expected = {f"search_default_{field}": self.customer.id}
                self.assertEqual(facets, expected if field else {})
                self.assertNotIn("kontakti", str(action["context"]))

    def test_the_applications_own_facets_stay(self):
        """T3: the bills of the customer, not every journal entry."""
        action = self._open(self.biller, "vendor_bill")
        self.assertEqual(action["context"]["search_default_in_invoice"], 1)
        self.assertEqual(action["context"]["default_move_type"], "in_invoice")

    def test_a_typed_customer_is_no_facet(self):
        """S17: nothing is transferred."""
        action = self._open(self.biller, "vendor_bill", contact=self.typed)
        self.assertNotIn("search_default_partner_id", action["context"])
        self.assertNotIn("search_disable_custom_filters", action["context"])

    def test_the_customer_is_found_by_the_facet(self):
        """The facet's field is in the application's own search view."""
        for row, (code, model, xmlid, field, _group) in SEARCH_ROWS.items():
            if not field or model not in self.env:
                continue
            with self.subTest(row=row, code=code):
                view = self.env.ref(xmlid).search_view_id.id
                views = self.env[model].get_views([(view or False, "search")])
                arch = views["views"]["search"]["arch"]
                self.assertIn(f'<field name="{field}"', arch)

    def test_service_is_maintenance_where_repair_is_missing(self):
        """T11."""
        service = self._application("service")
        service.res_model = "repair.not.installed"
        if "maintenance.request" not in self.env:
            self.assertNotIn("service", self._codes(self.anna))
            return
        action = self._open(self.anna, "service")
        self.assertOpens(action, "maintenance.hr_equipment_request_action")
        self.assertNotIn(self.customer.id, action["context"].values())


@tagged("post_install", "-at_install")
class TestCreateRows(ApplicationsCommon):
    """Rows that open a new form: nothing exists until it is saved (S34, T1, T4, T5)."""

    def assertNewForm(self, action, model):
        self.assertEqual(action["type"], "ir.actions.act_window")
        self.assertEqual(action["res_model"], model)
        self.assertEqual([view[1] for view in action["views"]], ["form"])
        self.assertFalse(action.get("res_id"))
        self.assertNotEqual(action.get("target"), "new")

    def test_each_opens_a_form_and_writes_nothing(self):
        rows = [
            (self.biller, "invoice", "account.move", "partner_id", None),
            (self.seller, "quotation", "sale.order", "partner_id", None),
            (self.seller, "sale_order", "sale.order", "partner_id", None),
            (self.anna, "calendar", "calendar.event", "customer_id", "entry"),
            (self.anna, "calendar", "calendar.event", "customer_id", "booking"),
        ]
        for user, code, model, field, choice in rows:
            with self.subTest(code=code):
                contact = self._seen_by(user, self.contact)
                with self.assertNothingWritten():
                    action = contact.open_application(code, choice)
                self.assertNewForm(action, model)
                defaults = action["context"]
                self.assertEqual(defaults[f"default_{field}"], self.customer.id)

    def test_a_typed_customer_leaves_the_form_empty(self):
        """S17."""
        for user, code in (
            (self.biller, "invoice"),
            (self.seller, "quotation"),
            (self.seller, "sale_order"),
        ):
            with self.subTest(code=code):
                action = self._open(user, code, contact=self.typed)
                self.assertNotIn("default_partner_id", action["context"])
                self.assertNotIn("Mäki", str(action))

    def test_the_lists_own_filters_do_not_come_along(self):
        for user, code in ((self.biller, "invoice"), (self.seller, "quotation")):
            context = self._open(user, code)["context"]
            self.assertFalse([key for key in context if key.startswith("search_")])

    def test_a_choice_is_asked_for_where_there_is_one_and_only_there(self):
        """S28."""
        for code, choice in (
            ("calendar", None),
            ("calendar", "meeting"),
            ("quotation", "entry"),
        ):
            with self.subTest(code=code), self.assertRaises(UserError):
                self._open(self.seller, code, choice)

    def test_several_contacts_at_once_are_refused(self):
        with self.assertRaises(UserError):
            self._open(self.seller, "quotation", contact=self.contact + self.typed)
