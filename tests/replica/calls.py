"""The reads of the product, as the web client and outside clients make them."""

import http.client
import json
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

CONTACT, LINK = "kontakti.contact", "kontakti.link"
LATE = [["personal", "=", False], ["state", "=", "open"]]
TIMEOUT = 120


class Call(NamedTuple):
    """One call: its name, how it is made, and with what."""

    name: str
    make: callable


class Client:
    """One user of a served database, as web client and with an API key."""

    def __init__(self, site, person):
        self.site, self.person = site, person
        self.context = {"allowed_company_ids": person["companies"]}

    def web(self, model, method, *args, way="call_kw", **kwargs):
        """Call as the web client does; returns the result."""
        path = f"/web/dataset/{way}/{model}/{method}"
        kwargs.setdefault("context", self.context)
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = json.loads(self._ask("POST", path, body, self._cookie()))
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def json2(self, on, method, **arguments):
        """Call by JSON-2 with the API key; returns the answer."""
        headers = {
            "Authorization": f"bearer {self.person['key']}",
            "X-Odoo-Database": self.site.db,
        }
        path = f"/json/2/{on}/{method}"
        return json.loads(self._ask("POST", path, arguments, headers))

    def get(self, path, **parameters):
        """The content of an address, as the browser fetches it."""
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self._ask("GET", path + query, None, self._cookie())

    def _cookie(self):
        return {"Cookie": f"session_id={self.person['session']}"}

    def _ask(self, verb, path, body, headers):
        address = urlsplit(self.site.url).netloc
        connection = http.client.HTTPConnection(address, timeout=TIMEOUT)
        headers = {"Content-Type": "application/json", "Connection": "close", **headers}
        try:
            content = None if body is None else json.dumps(body)
            connection.request(verb, path, content, headers)
            answer = connection.getresponse()
            found = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, f"{verb} {path}: {answer.status} {found[:500]}"
        return found


def reads(client):
    """Every read of the product; each alone goes to the replica, and nowhere else."""
    contact = client.person["contact"]
    every = _fields_of_views(client)
    return [
        *_of_the_task_list(client),
        *_of_the_lists(client, every),
        *_of_a_contact_event(client, contact, every),
        *_of_labels(client),
        *_by_json2(client, contact),
    ]


def _fields_of_views(client):
    """What the list and the form of contact events ask for: all their fields."""
    views = [[False, "list"], [False, "form"], [False, "search"]]
    found = client.web(CONTACT, "get_views", views=views, options={})
    return {name: {} for name in found["models"][CONTACT]["fields"]}


def _of_the_task_list(client):
    def customers():
        return client.web(CONTACT, "get_task_list_customers", "organisation", "all")

    def pages():
        return client.web(CONTACT, "get_task_list_ids", "organisation", "all")

    customers_list = {
        "domain": [["kontakti_days_silent", ">=", 30]],
        "specification": {"complete_name": {}, "kontakti_days_silent": {}},
        "order": "kontakti_days_silent DESC",
        "limit": 80,
    }
    return [
        Call("task list", lambda: client.web(CONTACT, "get_task_list")),
        Call("own numbers", lambda: client.web(CONTACT, "get_own_task_list")),
        Call("analysis", lambda: client.web(CONTACT, "get_analysis")),
        Call(
            "customers",
            lambda: client.web("res.partner", "web_search_read", **customers_list),
        ),
        Call("customers of a cell", customers),
        Call("contact events of a cell", pages),
    ]


def _of_the_lists(client, every):
    def search_read(domain=()):
        paging = {"limit": 80, "count_limit": 10001}
        arguments = {"domain": list(domain), "specification": every, **paging}
        return client.web(CONTACT, "web_search_read", **arguments)

    def drill_down():
        arguments = {"domain": LATE, "groupby": ["customer_key"]}
        arguments |= {"aggregates": [], "limit": 80, "auto_unfold": False}
        return client.web(CONTACT, "web_read_group", **arguments)

    def pivot():
        groups = [[], ["contacted_by_id"], ["contacted_by_id", "date:month"]]
        arguments = {"domain": [], "grouping_sets": groups, "aggregates": ["__count"]}
        return client.web(CONTACT, "formatted_read_grouping_sets", **arguments)

    def graph():
        arguments = {"domain": [], "groupby": ["date:month"], "aggregates": ["__count"]}
        return client.web(CONTACT, "formatted_read_group", **arguments)

    def progress():
        bar = {"field": "state", "colors": {"open": "warning", "done": "success"}}
        arguments = {"domain": [], "group_by": "purpose_id", "progress_bar": bar}
        return client.web(CONTACT, "read_progress_bar", **arguments)

    cell = [["task_list_cell", "=", "organisation.all"]]
    return [
        Call("list of contact events", search_read),
        Call("a cell's list, by its address", lambda: search_read(cell)),
        Call("drill-down by customer", drill_down),
        Call("pivot", pivot),
        Call("graph", graph),
        Call("progress bars", progress),
        Call("search by name", lambda: client.web(CONTACT, "name_search", name="Call")),
    ]


def _of_a_contact_event(client, contact, every):
    ids = [contact]

    def form():
        return client.web(CONTACT, "web_read", ids, specification=every)

    def log_defaults():
        return client.web(CONTACT, "get_log_defaults", CONTACT, contact)

    def log_and_plan():
        return client.web(CONTACT, "action_open_log_and_plan", ids, way="call_button")

    return [
        Call("form", form),
        Call("log from anywhere", log_defaults),
        Call("dialog of log and plan", log_and_plan),
        Call("history", lambda: client.web(CONTACT, "get_history", ids)),
        Call("applications", lambda: client.web(CONTACT, "get_applications", ids)),
        Call(
            "Links menu", lambda: client.web(LINK, "get_links_menu", CONTACT, contact)
        ),
        Call(
            "links", lambda: client.web(LINK, "get_links", CONTACT, contact, limit=40)
        ),
        Call(
            "previous contact",
            lambda: client.web(CONTACT, "action_open_previous", ids, way="call_button"),
        ),
        Call(
            "follow-ups",
            lambda: client.web(
                CONTACT, "action_open_follow_ups", ids, way="call_button"
            ),
        ),
    ]


def _of_labels(client):
    sheets = client.web("kontakti.label.format", "search", [])

    def test_sheet():
        content = client.get(f"/kontakti/labels/test_sheet/{sheets[0]}")
        assert content.startswith(b"%PDF")
        return content

    def formats():
        arguments = {"domain": [], "specification": {"name": {}, "drawing": {}}}
        return client.web("kontakti.label.format", "web_search_read", **arguments)

    return [
        Call("label sheets", formats),
        Call("test sheet (PDF)", test_sheet),
    ]


def _by_json2(client, contact):
    def task_list():
        return client.json2(CONTACT, "get_task_list")

    def customers():
        cell = {"section": "organisation", "group": "late"}
        return client.json2(CONTACT, "get_task_list_customers", **cell)

    def search_read():
        arguments = {"domain": LATE, "fields": ["name", "next_date"], "limit": 80}
        return client.json2(CONTACT, "search_read", **arguments)

    def links():
        return client.json2(LINK, "get_links", model=CONTACT, res_id=contact)

    def applications():
        return client.json2(CONTACT, "get_applications", ids=[contact])

    return [
        Call("JSON-2 task list", task_list),
        Call("JSON-2 customers of a cell", customers),
        Call("JSON-2 search_read", search_read),
        Call("JSON-2 links", links),
        Call("JSON-2 applications", applications),
    ]


def writes(client):
    """What writes: it goes to the primary; a preview is read from both."""
    wizard = []

    def open_wizard():
        wizard.append(open_labels(client))
        return wizard[-1]

    return [
        Call("log a contact", lambda: log(client)),
        Call("open the labels", open_wizard),
        Call("preview of the labels", lambda: preview(client, wizard[-1])),
    ]


def log(client, name="Called"):
    """Log a contact, as the form saves it; returns its id."""
    values = {"name": name, "customer_name": "Replica Oy"}
    saved = client.web(CONTACT, "web_save", [], values, specification={"name": {}})
    return saved[0]["id"]


def open_labels(client):
    """Open the printing of labels for the mailing list; returns the wizard's id."""
    return client.web("kontakti.label.print", "action_open_mailing_list")["res_id"]


def preview(client, wizard):
    """What the form of the wizard shows: the drawn page and the numbers."""
    shown = dict.fromkeys(("page", "label_count", "sheet_count", "skipped"), {})
    return client.web(
        "kontakti.label.print", "web_read", [wizard], specification=shown
    )[0]
