"""A served database with users, and pages that fail on any error in the browser."""

from functools import cache

import pytest
from playwright.sync_api import expect
from web_site import TIMEOUT, Site

expect.set_options(timeout=TIMEOUT)

GROUPS = (
    "kontakti_contact.group_kontakti_user sales_team.group_sale_salesman"
    " base.group_allow_export"
)
USERS = {
    "aino": ("fi_FI", GROUPS),
    "eino": ("fi_FI", GROUPS),
    "sven": ("sv_SE", GROUPS),
    "mary": ("en_US", GROUPS),
    "ulla": ("fi_FI", "base.group_user"),
}
MAKE_USERS = """
for login, (lang, groups) in {users!r}.items():
    user = env["res.users"].create({{
        "name": login.capitalize(), "login": login, "password": login + login,
        "lang": lang, "tz": "Europe/Helsinki", "email": login + "@kontakti.example",
        "group_ids": [(6, 0, [env.ref(name).id for name in groups.split()])],
    }})
    # at somebody's first login Odoo takes the browser's zone for the user's
    env["res.users.log"].with_user(user).sudo().create({{}})
env["res.users"].search([]).write({{"tour_enabled": False}})
"""


@pytest.fixture(scope="session")
def peopled(kontakti):
    """By `EVERY_TARGET`: what drives a database with the users, and its name."""

    @cache
    def made(every_target):
        run = kontakti.targets() if every_target else kontakti
        db = run.clone("people")
        run.shell(db, MAKE_USERS.format(users=USERS))
        return run, db

    return made


@pytest.fixture(scope="module")
def served(request, peopled, browser):
    """A database of its own for each file of journeys.

    A file that says `EVERY_TARGET = True` gets the addons of the whole transfer table.
    """
    kontakti, source = peopled(getattr(request.module, "EVERY_TARGET", False))
    db = kontakti.new_name("journeys")
    kontakti.copy(source, db)
    with kontakti.serve(db) as server:
        yield Site(kontakti, browser, server, db)


@pytest.fixture
def site(served):
    """The site, with its pages closed and its browser errors asserted afterwards."""
    served.errors.clear()
    yield served
    served.close()
    assert not served.errors, served.errors
