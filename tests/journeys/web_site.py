"""A served database as people and outside clients see it."""

import json
import re
import time
import urllib.error
import urllib.request

TIMEOUT = 60_000  # milliseconds
# Chromium's own words, not the product's
HARMLESS = ("Failed to load resource", "ERR_INTERNET_DISCONNECTED")
FOUND = re.compile(r"/web_(search_read|read_group)$")
READ = """(domain) => odoo.__WOWL_DEBUG__.root.env.services.orm.searchRead(
    "kontakti.contact", domain, ["name", "state", "next_date", "previous_id",
    "discussion", "responsible_id", "date"], {order: "id"})"""
DRAWN = """() => new Promise((drawn) => requestAnimationFrame(
    () => requestAnimationFrame(drawn)))"""


def search_for(page, text, within="body"):
    """Type into the search box, take the first proposal and wait for what it finds.

    Enter does nothing before the proposals are seen; what is chosen in the list
    before the answer is drawn is forgotten with the old rows.
    """
    page.locator(f"{within} .o_searchview_input").first.fill(text)
    page.locator(".o_searchview_autocomplete .dropdown-item").first.wait_for()
    with page.expect_response(FOUND) as response:
        page.keyboard.press("Enter")
    response.value.finished()
    page.locator(f"{within} .o_facet_value", has_text=text).first.wait_for()
    page.evaluate(DRAWN)


def eventually(page, read, expected, seconds=60):
    """Wait until `read()` is what is expected; what a page shows comes a little later."""
    end = time.monotonic() + seconds
    while (found := read()) != expected:
        assert time.monotonic() < end, f"{found!r}, not {expected!r}"
        page.wait_for_timeout(250)


def read_contacts(page, domain):
    """Contact events as the page's user sees them, before an Undo on the page ends.

    `Site.run` starts an Odoo first, which takes seconds.
    """
    return page.evaluate(READ, domain)


class Site:
    """One served database; `page_of(login)` is an empty page of a user."""

    def __init__(self, kontakti, browser, server, db):
        self.kontakti, self.browser, self.server, self.db = (
            kontakti,
            browser,
            server,
            db,
        )
        self.contexts, self.errors = [], []

    @property
    def url(self):
        return self.server.url

    def run(self, script):
        """Run Python with `env` in the database; return what it printed as JSON."""
        output = self.kontakti.shell(self.db, script)
        lines = [line for line in output.splitlines() if line.startswith("JSON:")]
        return json.loads(lines[-1][5:]) if lines else None

    def json2(self, key, method, on="kontakti.contact", timeout=60, **arguments):
        """POST /json/2/<on>/<method>; return the status and the answer."""
        request = urllib.request.Request(
            f"{self.url}/json/2/{on}/{method}",
            data=json.dumps(arguments).encode(),
            headers={
                "Content-Type": "application/json",
                "X-Odoo-Database": self.db,
                **({"Authorization": f"bearer {key}"} if key else {}),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def page_of(self, login, width=1366, height=768, **options):
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, **options
        )
        self.contexts.append(context)
        # a first page has its bundles made: on a machine with other work, that is long
        context.set_default_navigation_timeout(180_000)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._keep_error)
        self._log_in(page, login)
        return page

    def _log_in(self, page, login):
        """Without the form of the login: the page is still empty."""
        password = login if login == "admin" else login * 2
        params = {"db": self.db, "login": login, "password": password}
        answer = page.request.post(
            f"{self.url}/web/session/authenticate",
            data={"jsonrpc": "2.0", "params": params},
        )
        assert answer.json()["result"]["uid"]

    def _keep_error(self, message):
        if message.type == "error" and not any(w in message.text for w in HARMLESS):
            self.errors.append(message.text)

    def close(self):
        for context in self.contexts:
            context.close()
        self.contexts.clear()
