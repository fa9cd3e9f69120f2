"""How countries write the line of the postal town, where Odoo does not say (S4).

Odoo gives a country that it knows nothing of the layout of the United States. These,
by the Universal Postal Union, have the postal code before the town.
"""

CODE_FIRST = frozenset(
    "AD AX BA BG BL BY CY CZ DZ EE FO GE GF GL GP GR HU IS IT LT MA MC MD ME MF MK MQ"
    " NC PF PM PT RE RO RS SI SJ SK SM TN UA VA XK YT".split()
)
STREET = "%(street)s\n%(street2)s\n"
SPECIAL = {
    "IT": f"{STREET}%(zip)s %(city)s %(state_code)s",
    "LV": f"{STREET}%(city)s, %(zip)s",
}


def layout(code: str, address_format: str, unknown: str) -> str:
    """Return the layout of a country's addresses.

    :param code: of the country
    :param address_format: Odoo's layout of it, which the user may have changed
    :param unknown: the layout that Odoo gives countries it knows nothing of

    >>> us = "%(city)s %(zip)s"
    >>> layout("EE", us, us).split()[-2:], layout("US", us, us)
    (['%(zip)s', '%(city)s'], '%(city)s %(zip)s')
    >>> layout("EE", "%(city)s", us)
    '%(city)s'
    """
    if address_format and address_format != unknown:
        return address_format
    if code in SPECIAL:
        return SPECIAL[code]
    return f"{STREET}%(zip)s %(city)s" if code in CODE_FIRST else address_format
