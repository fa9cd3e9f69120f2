"""Puts what a benchmark measured into the README, between its markers."""

from . import paths
from .errors import SetupError

README = paths.CHECKOUT / "README.md"


def put(name, text):
    """Replace what the README shows of the benchmark called ``name``."""
    whole = README.read_text("utf-8")
    before, after = _around(whole, name)
    README.write_text(f"{before}\n\n{text}\n\n{after}", "utf-8")


def shown(name):
    """Return what the README shows of the benchmark called ``name``."""
    whole = README.read_text("utf-8")
    before, after = _around(whole, name)
    return whole[len(before) : len(whole) - len(after)].strip()


def _around(whole, name):
    start, end = f"<!-- benchmark: {name} -->", f"<!-- /benchmark: {name} -->"
    if start not in whole or end not in whole:
        raise SetupError(f"the README has no markers {start} and {end}")
    place, last = whole.index(start) + len(start), whole.index(end)
    return whole[:place], whole[last:]
