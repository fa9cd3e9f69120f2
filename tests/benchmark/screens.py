"""What the web client asks the server for, screen by screen, recorded in Chromium.

Measures and load replay these requests: nobody had to guess what a screen costs.
"""

import json

CALL = "/web/dataset/call_kw/"
MODELS = ("kontakti.contact", "crm.lead", "res.partner")
QUIET = 1000  # milliseconds
LIST, KANBAN = ".o_list_view", ".o_kanban_view"
TASK_LIST = "/odoo/kontakti", ".o_kontakti_task_list"
LEADS = "/odoo/action-crm.crm_lead_opportunities?view_type=list"
CUSTOMERS, ODOO_CUSTOMERS = "/odoo/kontakti-customers", "/odoo/customers"
DAYS_SILENT = f"{LIST} th[data-name=kontakti_days_silent]"
GROUP_LEADS = """async () => {
    const {action} = odoo.__WOWL_DEBUG__.root.env.services;
    const opportunities = await action.loadAction("crm.crm_lead_opportunities");
    opportunities.context = {...opportunities.context, group_by: ["partner_id"]};
    await action.doAction(opportunities, {viewType: "list", clearBreadcrumbs: true});
}"""


def record(run, site, person):
    """Open each screen as a person that :mod:`benchmark.sessions` logged in.

    :return: ``{screen: [{"model", "method", "args", "kwargs"}]}``
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=run.chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        cookie = {"name": "session_id", "value": person["session"], "url": site.url}
        context.add_cookies([cookie])
        context.set_default_timeout(180_000)
        try:
            return _record_all(
                Recorder(context.new_page(), site.url), person["contact"]
            )
        finally:
            browser.close()


def _record_all(recorder, contact_id):
    cell = ".o_kontakti_section_{} .o_kontakti_cell_all .o_kontakti_cell_number"
    drilled = f"{LIST} .o_group_header"
    return {
        "task_list": recorder.open(*TASK_LIST),
        "drill_down": recorder.click(cell.format("organisation"), drilled),
        "task_list again": recorder.open(*TASK_LIST),
        "mailing_list": recorder.click(cell.format("mailing_list"), drilled),
        "list": recorder.open("/odoo/contact-events", f"{LIST} .o_data_row"),
        "form": recorder.open(f"/odoo/contact-events/{contact_id}", ".o_form_view"),
        "customers by name": recorder.open(CUSTOMERS, f"{LIST} .o_data_row"),
        "customers": recorder.click(DAYS_SILENT, f"{LIST} .o_data_row"),
        "odoo_customers": recorder.open(ODOO_CUSTOMERS, LIST),
        "crm_list": recorder.open(LEADS, f"{LIST} .o_data_row"),
        "crm_drill_down": recorder.run(GROUP_LEADS, f"{LIST} .o_group_header"),
        "crm_pipeline": recorder.open(
            "/odoo/action-crm.crm_lead_action_pipeline", f"{KANBAN} .o_kanban_group"
        ),
    }


class Recorder:
    """A page, and the calls of the models measured that it has made lately."""

    def __init__(self, page, url):
        self.page, self.url = page, url
        self._calls = []
        self._under_way = set()
        page.on("request", self._note)
        page.on("requestfinished", self._forget)
        page.on("requestfailed", self._forget)

    def _forget(self, request):
        self._under_way.discard(request)

    def _note(self, request):
        if CALL not in request.url:
            return
        self._under_way.add(request)
        params = json.loads(request.post_data)["params"]
        if params["model"] in MODELS and params["method"] not in ("get_views",):
            names = ("model", "method", "args", "kwargs")
            self._calls.append({name: params[name] for name in names})

    def calls(self):
        """The calls since the last time, once all are answered."""
        quiet = 0
        while quiet < QUIET:
            self.page.wait_for_timeout(200)
            quiet = 0 if self._under_way else quiet + 200
        found, self._calls = self._calls, []
        return found

    def open(self, path, awaited):
        # from an empty page: a page of its own, not one step more of the last
        self.page.goto("about:blank")
        self._calls = []
        self.page.goto(self.url + path)
        self.page.wait_for_selector(awaited)
        return self.calls()

    def click(self, selector, awaited):
        self.calls()
        with self.page.expect_request(lambda request: CALL in request.url):
            self.page.locator(selector).click()
        self.page.wait_for_selector(awaited)
        return self.calls()

    def run(self, script, awaited):
        self.calls()
        self.page.evaluate(script)
        self.page.wait_for_selector(awaited)
        return self.calls()
