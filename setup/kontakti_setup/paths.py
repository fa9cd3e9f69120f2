"""Where things are: the checkout, the cache and the data."""

import ast
import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SETUP, TESTS = CHECKOUT / "setup", CHECKOUT / "tests"
# What programs of ours import from.
PYTHON = (SETUP, TESTS)
# The variable that names the clock ./setup/test --clock has set.
CLOCK = "KONTAKTI_CLOCK"


def _home_folder(variable, default):
    base = os.environ.get(variable) or Path(os.environ["HOME"]) / default
    folder = Path(base).absolute() / "kontakti"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache():
    """What can be fetched or made again."""
    return _home_folder("XDG_CACHE_HOME", ".cache")


def tests():
    """Databases and files that tests make; those of a set clock are kept apart."""
    clock = os.environ.get(CLOCK)
    return cache() / "clocks" / clock if clock else cache() / "test"


def data():
    """What belongs to the user: the database and files of ./setup/run."""
    return _home_folder("XDG_DATA_HOME", ".local/share")


def logs():
    folder = cache() / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def digest(*parts):
    """Ten characters that name a content."""
    text = "\0".join(str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def addons(folder=CHECKOUT):
    """Names of the addons directly below a folder."""
    return sorted(path.parent.name for path in folder.glob("*/__manifest__.py"))


# Addons for tests only: beside the addons in every test; and what brings the addons of
# the whole transfer table, for the few tests that need them.
TEST_ADDONS, TARGET_ADDONS = TESTS / "addons", TESTS / "target_addons"


def manifest(addon_folder):
    return ast.literal_eval((Path(addon_folder) / "__manifest__.py").read_text("utf-8"))
