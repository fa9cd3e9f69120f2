"""What every test of the project gets: the prepared Odoo, a server, a browser."""

import pytest

from rig.environment import Environment

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def kontakti():
    """Databases, servers and command lines: see rig.environment."""
    return Environment.current()


@pytest.fixture(scope="session")
def server(kontakti):
    """A running Odoo without demo data; user admin, password admin."""
    with kontakti.serve(kontakti.clone("server")) as running:
        yield running


@pytest.fixture(scope="session")
def browser(kontakti):
    """Playwright's Chromium, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=kontakti.chromium, args=BROWSER_ARGUMENTS
        )
        yield launched
        launched.close()
