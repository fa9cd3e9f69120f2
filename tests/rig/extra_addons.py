"""Addons of others, from the Python registry, that the tests need."""

import sys

from kontakti_setup import paths
from kontakti_setup.machine import external, venv

REQUIREMENTS = paths.TESTS / "rig" / "requirements-addons.txt"
NEIGHBOURS = paths.TESTS / "rig" / "requirements-neighbours.txt"
HINT = "fetching addons failed: check the network and pip's settings"


def folder(requirements=REQUIREMENTS):
    """The addons_path entry with the addons of a file of requirements."""
    target = paths.cache() / "addons" / paths.digest(requirements.read_text())
    with external.made_once(target, "fetching addons for the tests") as part:
        if part:
            _fetch(part, requirements)
    return target / "odoo" / "addons"


def _fetch(part, requirements):
    options = ["install", "--disable-pip-version-check", "--no-deps"]
    command = [
        sys.executable,
        "-m",
        "pip",
        *options,
        "--target",
        part,
        "-r",
        requirements,
    ]
    external.run(command, "addons", HINT, env=external.without(venv.MISLEADING))
