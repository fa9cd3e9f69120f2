"""./setup/screenshots: the README's pictures, taken from the running product."""

from pathlib import Path

from kontakti_setup import paths
from kontakti_setup.errors import say
from rig import environment

USAGE = """Usage: ./setup/screenshots [FOLDER]

Starts the product with the demonstration, opens it in Chromium as a Finnish salesperson and
writes the pictures of the README to the addons' static/description (or FOLDER).
"""
LOGIN = "aino"
DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
FINLAND = {"locale": "fi-FI", "timezone_id": "Europe/Helsinki"}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
]
PREPARE = """
rights = ["account.group_account_invoice", "hr_attendance.group_hr_attendance_officer",
    "mrp.group_mrp_user", "payroll.group_payroll_user", "point_of_sale.group_pos_user",
    "purchase.group_purchase_user", "stock.group_stock_user"]
env["res.users"].search([("login", "=", "aino")]).write(
    {"group_ids": [(4, env.ref(name).id) for name in rights]})
contact = env.ref("kontakti_contact.contact_harjukivi_negotiation_demo")
order = env["sale.order"].search([("partner_id", "=", contact.partner_id.id)], limit=1)
print("MADE", contact.id, order.id)
"""
CUSTOMERS, ANALYSIS = "/odoo/kontakti-customers", "/odoo/kontakti-analysis"
TASK_LIST, CONTACT = "/odoo/kontakti", "/odoo/contact-events/{form}"
APPLICATIONS = ".o_kontakti_applications:visible"
BOOKING = (APPLICATIONS, "[data-application=calendar-booking]")
CUSTOMER_TAB = ".o_notebook .nav-link[name=kontakti_customer]"
LABELS = ".o_kontakti_print_labels"
LINKS, LINKS_PICTURE = ".o_control_panel .o_kontakti_links", "links.png"
ORDER = "/odoo/contact-events/{form}/sale.order/{order}"
# name, address, viewport, what is awaited, what is clicked then
PICTURES = (
    ("task_list.png", TASK_LIST, DESKTOP, ".o_kontakti_task_list", ()),
    ("task_list_phone.png", TASK_LIST, PHONE, ".o_kontakti_task_list", ()),
    ("form.png", CONTACT, DESKTOP, ".o_form_view .o_notebook", ()),
    ("applications.png", CONTACT, DESKTOP, APPLICATIONS, (APPLICATIONS,)),
    ("calendar_event.png", CONTACT, DESKTOP, APPLICATIONS, (*BOOKING, CUSTOMER_TAB)),
    ("customers.png", CUSTOMERS, DESKTOP, ".o_list_view .o_data_row", ()),
    ("analysis.png", ANALYSIS, DESKTOP, ".o_kontakti_figure", ()),
    ("labels.png", TASK_LIST, DESKTOP, LABELS, (LABELS,)),
    (LINKS_PICTURE, ORDER, DESKTOP, f"{LINKS} .o_kontakti_links_count", (LINKS,)),
)


def main(arguments):
    if {"--help", "-h"} & set(arguments):
        print(USAGE)
        return 0
    folder = Path(arguments[0]).resolve() if arguments else None
    with environment.ready() as run:
        run = run.show()
        name = run.clone("screenshots", demo=True)
        printed = run.shell(name, PREPARE)
        form, order = printed.split("MADE")[1].split()[:2]
        with run.serve(name) as site:
            _take(run, site, {"form": form, "order": order}, folder)
    return 0


def _place(name, folder):
    """Where a picture belongs: in its addon, or all in one folder."""
    addon = "kontakti_contact_links" if name == LINKS_PICTURE else "kontakti_contact"
    return (folder or paths.CHECKOUT / addon / "static" / "description") / name


def _take(run, site, records, folder):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=run.chromium, args=CHROMIUM_ARGUMENTS
        )
        for name, path, viewport, awaited, clicked in PICTURES:
            page = browser.new_context(viewport=viewport, **FINLAND).new_page()
            _log_in(page, site)
            page.goto(site.url + path.format(**records))
            page.wait_for_selector(awaited)
            for selector in clicked:
                page.locator(selector).click()
            page.wait_for_timeout(2500)
            place = _place(name, folder)
            page.screenshot(path=str(place))
            say(f"wrote {place}")
        browser.close()


def _log_in(page, site):
    page.goto(f"{site.url}/web/login")
    page.fill("input[name=login]", LOGIN)
    page.fill("input[name=password]", LOGIN)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
