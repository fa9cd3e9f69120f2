"""Puts what a benchmark measured into readme/PERFORMANCE.md, between its markers."""

from kontakti_setup import paths
from kontakti_setup.errors import SetupError

README = paths.CHECKOUT / "kontakti_contact" / "readme" / "PERFORMANCE.md"


def put(name, text):
    """Replace what the README shows of the benchmark called ``name``."""
    whole = README.read_text("utf-8")
    before, after = _around(whole, name)
    README.write_text(f"{before}\n\n{text}\n\n{after}", "utf-8")


def place(name, after):
    """Make room for the benchmark called ``name`` after another, unless there is."""
    whole = README.read_text("utf-8")
    start, end = _markers(name)
    if start in whole:
        return
    _start, last = _markers(after)
    README.write_text(whole.replace(last, f"{last}\n\n{start}\n\n{end}"), "utf-8")


def has(name):
    """Tell whether the README has room for the benchmark called ``name``."""
    return _markers(name)[0] in README.read_text("utf-8")


def shown(name):
    """Return what the README shows of the benchmark called ``name``."""
    whole = README.read_text("utf-8")
    before, after = _around(whole, name)
    return whole[len(before) : len(whole) - len(after)].strip()


def _around(whole, name):
    start, end = _markers(name)
    if start not in whole or end not in whole:
        raise SetupError(f"the README has no markers {start} and {end}")
    place, last = whole.index(start) + len(start), whole.index(end)
    return whole[:place], whole[last:]


def _markers(name):
    return f"<!-- benchmark: {name} -->", f"<!-- /benchmark: {name} -->"
