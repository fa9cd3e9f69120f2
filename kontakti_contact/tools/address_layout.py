"""Postal addresses as countries write them: the layouts of ``res.country``, filled in.

The one place for address labels, the Customer tab and the notes of calendar events.
"""

import re

# A field of a layout, of whatever kind Odoo lets it be; or a percent sign.
FIELD = re.compile(r"%\((\w+)\)[-#0 +]*\d*(?:\.\d+)?[hlL]?[a-zA-Z]|%%")
STRAY = " ,;/-"  # left over in a layout when a field of it is empty


def layout_lines(layout: str, values: dict, clean=lambda line: " ".join(line.split())):
    """Return the lines of an address, without those that are empty.

    :param clean: what makes a line fit to be shown

    >>> layout_lines("%(street)s\\n%(street2)s\\n%(city)s, %(zip)s", {"city": "Turku"})
    ['Turku']
    """
    lines = (clean(line).strip(STRAY) for line in fill(layout, values).split("\n"))
    return [line for line in lines if line]


def fill(layout: str, values: dict) -> str:
    """Return a country's layout with its fields filled in, whatever their kind.

    >>> fill("%(zip)d %(city)s 100%% %(no_such)s.", {"zip": "00100", "city": "Turku"})
    '00100 Turku 100% .'
    """
    return FIELD.sub(
        lambda found: str(values.get(found[1]) or "") if found[1] else "%", layout
    )


def layout_fields(layout: str) -> set:
    """Return the names of the fields in a country's layout.

    >>> sorted(layout_fields("%(zip)d %(city)s 100%%"))
    ['city', 'zip']
    """
    return {found[1] for found in FIELD.finditer(layout or "") if found[1]}
