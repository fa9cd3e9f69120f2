"""Several pytest processes at once."""

import sys

from odoo.tests.common import get_db_name


def test_each_process_tests_in_a_database_of_its_own(request, kontakti):
    """Two in one database would wait for each other's locks, and deadlock."""
    name = get_db_name()
    assert name == kontakti.database == request.config.option.odoo_database
    beside = getattr(request.config, "workerinput", None)
    arguments = beside["mainargv"] if beside else sys.argv
    assert (f"--odoo-database={name}" in arguments) is not bool(beside)
