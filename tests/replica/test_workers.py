"""Several workers and the bus: what one does, the others see without asking (S7, S8).

A proxy stands before Odoo, as on every server with workers: the bus has its own port.
"""

import re
import select
import socket
import threading
import time

import pytest

from replica import calls

ORGANISATION = (
    ".o_kontakti_section_organisation .o_kontakti_cell_all .o_kontakti_customers"
)
TIMEOUT = 90_000
LEAST_CHANGES, MOST_CHANGES = 8, 60  # more only until both workers took part


class Proxy:
    """Passes each connection on: `/websocket` to the bus, all else to the workers."""

    def __init__(self, port, websocket_port):
        self._ports = {True: websocket_port, False: port}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.websockets = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_exception):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client):
        with client:
            head = b""
            while b"\r\n\r\n" not in head:
                received = client.recv(65536)
                if not received:
                    return
                head += received
            is_bus = head.startswith(b"GET /websocket")
            self.websockets += is_bus
            # the workers answer one request a connection
            if not is_bus:
                head = re.sub(rb"(?im)^Connection: .*?\r\n", b"", head)
                head = head.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
            with socket.create_connection(("127.0.0.1", self._ports[is_bus])) as server:
                server.sendall(head)
                _relay(client, server)


def _relay(one, other):
    """Pass on what each says until one hangs up."""
    while True:
        for source in select.select([one, other], [], [])[0]:
            try:
                received = source.recv(65536)
                (other if source is one else one).sendall(received)
            except OSError:
                return
            if not received:
                return


def savers(server):
    """The processes that have saved contact events."""
    line = r" (\d+) INFO .*kontakti\.contact[/.]web_save"
    return set(re.findall(line, server.log()))


@pytest.fixture
def proxy(site):
    with Proxy(site.server.port, site.server.gevent_port) as running:
        yield running


@pytest.fixture
def task_list(proxy, browser, colleague):
    """The task list of a colleague, open in Chromium."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    session = colleague.person["session"]
    context.add_cookies([{"name": "session_id", "value": session, "url": proxy.url}])
    page = context.new_page()
    page.goto(f"{proxy.url}/odoo/kontakti", timeout=TIMEOUT)
    page.wait_for_selector(ORGANISATION, timeout=TIMEOUT)
    yield page
    context.close()


def number(page):
    return int(page.locator(ORGANISATION).inner_text())


def log(client, customer):
    values = {"name": "Bus", "customer_name": customer}
    spec = {"specification": {"name": {}}}
    client.web(calls.CONTACT, "web_save", [], values, **spec)


def wait_until_shown(client, page):
    """The page shows the number that the primary knows; return it."""
    sections = client.web(calls.CONTACT, "get_task_list")["sections"]
    [section] = [one for one in sections if one["key"] == "organisation"]
    wanted = section["groups"][0]["customers"]
    page.wait_for_function(
        "([cell, wanted]) => document.querySelector(cell).innerText === wanted",
        arg=[ORGANISATION, str(wanted)],
        timeout=TIMEOUT,
    )
    return wanted


def wait_until_it_listens(client, page):
    """The page has told nobody yet that it listens: try until it hears."""
    shown, end = number(page), time.monotonic() + TIMEOUT / 1000
    while number(page) == shown:
        assert time.monotonic() < end, "the bus was never heard"
        log(client, f"Is anybody there {time.monotonic()}")
        page.wait_for_timeout(2000)


def test_a_change_by_any_worker_reaches_an_open_task_list(
    site, proxy, client, task_list
):
    """The numbers are read on the replica: the primary waits until it has them."""
    site.pair.wait_for_standby(True)
    try:
        wait_until_it_listens(client, task_list)
        shown = wait_until_shown(client, task_list)
        for place in range(1, MOST_CHANGES):
            log(client, f"Bus Oy {place}")
            assert wait_until_shown(client, task_list) == shown + place
            if place >= LEAST_CHANGES and len(savers(site.server)) > 1:
                break
    finally:
        site.pair.wait_for_standby(False)
    assert proxy.websockets, "the bus was reached"
    assert len(savers(site.server)) == 2, "both workers took part"
