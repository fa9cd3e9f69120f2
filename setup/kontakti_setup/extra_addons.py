"""Addons of others, from the Python registry, that the tests need."""

from . import commands, paths, venv

REQUIREMENTS = paths.SETUP / "requirements-addons.txt"
HINT = "fetching addons failed: check the network and pip's settings"


def folder():
    """The addons_path entry with the addons of requirements-addons.txt."""
    target = paths.cache() / "addons" / paths.digest(REQUIREMENTS.read_text())
    with commands.made_once(target, "fetching addons for the tests") as part:
        if part:
            _fetch(part)
    return target / "odoo" / "addons"


def _fetch(part):
    options = ["install", "--disable-pip-version-check", "--no-deps"]
    command = [*venv.pip(), *options, "--target", part, "-r", REQUIREMENTS]
    commands.run(command, "addons", HINT, env=commands.without(venv.MISLEADING))
