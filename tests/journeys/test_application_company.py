"""A3, C50: documents are of the contact event's company, whichever is current."""

import pytest
import test_applications
from test_applications import CUSTOMER, MENU, NEW_ORDER

PREPARE = """
import json
current = env.company
theirs = env["res.company"].create({"name": "Toinen Oy"})
user = env["res.users"].search([("login", "=", "aino")])
user.company_ids += theirs
customer = env["res.partner"].create({"name": "Kivi Oy", "company_id": theirs.id})
contact = env["kontakti.contact"].with_user(user).with_context(
    allowed_company_ids=[current.id, theirs.id]).create(
    {"name": "Spring offer", "partner_id": customer.id, "company_id": theirs.id})
for name, company in (("theirs", theirs), ("current", current)):
    env["kontakti.application"].create({
        "name": name, "code": name, "mode": "create", "res_model": "calendar.event",
        "company_ids": company.ids})
print("JSON:" + json.dumps([current.id, theirs.id, customer.id, contact.id]))
"""
ORDERS = """
import json
orders = env["sale.order"].search([("partner_id", "=", {customer})])
print("JSON:" + json.dumps([[order.id, order.company_id.id] for order in orders]))
"""


@pytest.fixture(scope="module")
def made(served):
    return served.run(PREPARE)


class Desk(test_applications.Desk):
    """A page of a user with both companies chosen, the first of them current."""

    def __init__(self, site, made):
        self.site = site
        self.current, self.theirs, self.customer, self.contact = made
        self.page = site.page_of("aino")
        companies = f"{self.current}-{self.theirs}"
        self.page.context.add_cookies(
            [{"name": "cids", "value": companies, "url": site.url}]
        )
        self.go_to_contact()
        self.orders = self.find_orders()

    def go_to_contact(self):
        self.page.goto(f"{self.site.url}/odoo/contact-events/{self.contact}")
        self.page.wait_for_selector(MENU)

    def find_orders(self):
        """Return ``[[id, company]]`` of the orders of the customer."""
        return self.site.run(ORDERS.format(customer=self.customer))

    def open_quotation(self):
        self.open("quotation", NEW_ORDER)
        self.see_customer()

    def reload(self):
        self.page.reload()
        self.page.wait_for_selector(NEW_ORDER)
        self.see_customer()

    def see_customer(self):
        self.page.wait_for_selector(CUSTOMER)
        self.settle()
        assert self.page.locator(CUSTOMER).first.input_value() == "Kivi Oy"


@pytest.fixture
def desk(site, made):
    return Desk(site, made)


def assert_saved_in_their_company(desk):
    """The order is made, of that company, and its form can be read again."""
    desk.save()
    [order] = [found for found in desk.find_orders() if found not in desk.orders]
    assert order[1] == desk.theirs
    desk.page.reload()
    desk.page.wait_for_selector(CUSTOMER)
    assert desk.page.locator(CUSTOMER).first.input_value() == "Kivi Oy"
    assert desk.page.locator(".modal").count() == 0


def test_a_quotation_is_of_the_contact_events_company(desk):
    desk.open_quotation()
    assert_saved_in_their_company(desk)


def test_after_f5_it_still_is(desk):
    desk.open_quotation()
    desk.reload()
    assert_saved_in_their_company(desk)


def test_the_menu_offers_what_the_contact_events_company_has(desk):
    """Not what the current one has."""
    desk.page.locator(MENU).click()
    desk.page.wait_for_selector("[data-application=theirs]")
    assert desk.page.locator("[data-application=current]").count() == 0
