"""The product with a primary, a standby that streams from it, and several workers."""

import pytest

from replica import calls, served_site

SIZE, USERS, WORKERS = 2000, 4, 2


@pytest.fixture(scope="session")
def site(kontakti):
    with served_site.filled(kontakti, SIZE, USERS) as made:
        with made.served(WORKERS) as served:
            yield served


@pytest.fixture(scope="session")
def client(site):
    """A salesperson who calls as the web client and with an API key."""
    return calls.Client(site, site.people[0])


@pytest.fixture(scope="session")
def colleague(site):
    """Another salesperson of the same company."""
    return calls.Client(site, site.people[3])
