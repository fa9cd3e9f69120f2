"""The demonstration of ./setup/run: a Finnish company with something on every screen."""

import json

import pytest

USERS = ("admin", "aino", "eino", "kaarina", "saara")
SALESPEOPLE = ("aino", "eino", "kaarina")
SEEN = """
import json
from datetime import timedelta
from odoo import fields
from odoo.tools.safe_eval import safe_eval

now, company = fields.Datetime.now(), env.company
contacts, links = env["kontakti.contact"], env["kontakti.link"]
orders = env["sale.order"].search([])
invoices = env["account.move"].search([("move_type", "=", "out_invoice")])

def linked(documents):
    return [bool(links.get_links(found._name, found.id)) for found in documents]

def numbers(user):
    rows = contacts.with_user(user).get_task_list()["sections"]
    return {row["key"]: row["groups"][0]["customers"] for row in rows}

def look(user):
    mine = env["calendar.event"].with_user(user).search([("user_id", "=", user.id)])
    return {
        "zone": user.tz, "lang": user.lang, "numbers": numbers(user),
        "meetings": len(mine.filtered(lambda event: event.start > now)),
        "orders": orders.filtered(lambda order: order.user_id == user).mapped("state"),
    }

wizard = env["kontakti.label.print"].create({"source": "mailing_list"})
action = env.ref("kontakti_contact.kontakti_customer_menu").action
customers = env[action.res_model].search(safe_eval(action.domain))
print("SEEN" + json.dumps({
    "company": [company.country_id.code, company.currency_id.name,
        company.chart_template, company.partner_id.lang, company.partner_id.tz],
    "currencies": (orders.currency_id | invoices.currency_id).mapped("name"),
    "countries": env["res.partner"].search([]).country_id.mapped("code"),
    "orders": orders.mapped("state"), "linked orders": linked(orders),
    "payments": invoices.mapped("payment_state"), "linked invoices": linked(invoices),
    "days": (now.date() - min(orders.mapped("date_order")).date()).days,
    "future": [found.id for found in orders if found.date_order > now],
    "messages": env["mail.message"].search_count(
        [("model", "=", "kontakti.contact"), ("message_type", "=", "comment"),
         ("subtype_id", "=", env.ref("mail.mt_comment").id)]),
    "waiting": env["mail.mail"].search_count([("state", "=", "outgoing")]),
    "labels": [label.address for label in wizard._make_plan().labels],
    "customers": len(customers),
    "missing": (contacts.search([]).commercial_partner_id - customers).mapped("name"),
    "users": {user.login: look(user) for user in env["res.users"].search([])},
}))
"""


@pytest.fixture(scope="module")
def seen(kontakti):
    database = kontakti.clone("demonstration", demo=True)
    printed = kontakti.shell(database, SEEN)
    kontakti.drop(database)
    line = next(line for line in printed.splitlines() if "SEEN" in line)
    return json.loads(line.split("SEEN", 1)[1])


def test_the_company_is_finnish_and_counts_in_euros(seen):
    assert seen["company"] == ["FI", "EUR", "fi", "fi_FI", "Europe/Helsinki"]
    assert seen["currencies"] == ["EUR"]
    assert set(seen["countries"]) == {"EE", "FI", "SE"}


def test_everybody_has_something_to_do(seen):
    assert set(seen["users"]) == set(USERS)
    for login, user in seen["users"].items():
        assert (user["lang"], user["zone"]) == ("fi_FI", "Europe/Helsinki"), login
        for section in ("personal", "organisation", "mailing_list", "silent"):
            assert user["numbers"][section] > 0, (login, section)
        assert user["meetings"] > 1, login


def test_salespeople_have_quotations_and_orders(seen):
    for login in SALESPEOPLE:
        assert {"draft", "sale"} <= set(seen["users"][login]["orders"]), login
    assert {"cancel", "draft", "sale"} <= set(seen["orders"])


def test_some_invoices_are_paid_and_some_are_not(seen):
    assert {"not_paid", "paid"} <= set(seen["payments"])


def test_documents_are_linked_with_the_contact_events_they_come_from(seen):
    assert all(seen["linked orders"])
    assert all(seen["linked invoices"])


def test_the_history_is_some_months_long_and_ends_today(seen):
    assert 90 < seen["days"] < 180
    assert not seen["future"]


def test_customers_were_written_to_and_no_mail_waits(seen):
    assert seen["messages"] > 5
    assert not seen["waiting"]


def test_labels_in_finland_do_not_name_finland(seen):
    lines = [line for address in seen["labels"] for line in address]
    assert lines
    assert "FINLAND" not in [line.upper() for line in lines]


def test_the_menu_customers_shows_all_customers_of_contact_events(seen):
    assert seen["customers"] > 10
    assert not seen["missing"]
