"""axe-core finds nothing to complain of on our screens, wide and narrow."""

import pytest
from web_site import eventually

MAKE_CONTACTS = """
aino = env["res.users"].search([("login", "=", "aino")])
contacts = env["kontakti.contact"].with_user(aino)
from datetime import timedelta
today = aino._get_kontakti_today()
contacts.create([
    {"name": f"Event {n}", "customer_name": f"Firma {n % 4}", "phone": "040 1234567",
     "next_date": today + timedelta(days=n - 3), "mailing_list": n % 2,
     "responsible_id": aino.id if n % 3 else False, "personal": n % 5 == 0}
    for n in range(12)])
"""
RUN_AXE = """async (selector) => {
    const result = await axe.run(selector, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        rules: {region: {enabled: false}, "page-has-heading-one": {enabled: false}},
    });
    return result.violations.map((violation) => ({
        id: violation.id,
        nodes: violation.nodes.map((node) => node.html.slice(0, 200)),
    }));
}"""

IS_WIDE = """() => document.documentElement.scrollWidth > innerWidth
    || [...document.querySelectorAll('.o_action_manager, .o_content')]
        .some((el) => el.scrollWidth > el.clientWidth + 1)"""


@pytest.fixture(scope="module", autouse=True)
def contacts(served):
    served.run(MAKE_CONTACTS)


def violations(page, site, selector):
    page.add_script_tag(path=str(site.kontakti.axe_js))
    return page.evaluate(RUN_AXE, selector)


@pytest.mark.parametrize("width", [1366, 390])
def test_the_task_list_is_accessible(site, width):
    page = site.page_of("aino", width=width, height=844)
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(".o_kontakti_task_list .o_kontakti_cell")
    page.wait_for_timeout(800)
    assert violations(page, site, ".o_kontakti_task_list") == []


@pytest.mark.parametrize(
    ("width", "height"), [(390, 844), (683, 844), (910, 512), (1366, 768)]
)
def test_nothing_scrolls_sideways(site, width, height):
    """On a phone, at double zoom, on a laptop with large letters."""
    page = site.page_of("aino", width=width, height=height)
    for address, seen in (
        ("kontakti", ".o_kontakti_task_list .o_kontakti_cell"),
        ("contact-events/new", ".o_form_view .o_notebook"),
        ("contact-events", ".o_data_row, .o_kanban_record"),
        ("contact-analysis", ".o_graph_view, .o_pivot_view"),
    ):
        page.goto(f"{site.url}/odoo/{address}")
        page.locator(seen).first.wait_for()
        page.wait_for_timeout(500)
        # a graph takes its size a moment after it is there
        eventually(page, lambda: page.evaluate(IS_WIDE), False, seconds=10)


def test_every_control_of_the_task_list_is_reached_by_tab(site):
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/kontakti")
    page.wait_for_selector(".o_kontakti_task_list .o_kontakti_cell")
    page.wait_for_timeout(800)
    unreachable = page.evaluate(
        "() => [...document.querySelectorAll('.o_kontakti_cell')]"
        ".filter((el) => !el.querySelector('button:not([tabindex=\"-1\"])')).length"
    )
    assert unreachable == 0


def test_our_parts_of_the_form_are_accessible(site):
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.locator(".o_data_row .o_data_cell").first.click()
    page.wait_for_selector(".o_form_view .o_field_widget[name=next_date]")
    page.wait_for_timeout(500)
    assert violations(page, site, ".o_field_widget[name=next_date]") == []
    time_used = ".o_wrap_field:has([name=duration]), .o_field_widget[name=duration]"
    assert violations(page, site, time_used) == []
    assert violations(page, site, ".o_statusbar_buttons") == []
