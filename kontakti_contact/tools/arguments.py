"""What a client hands to a public method, checked: the one place that says no.

Whatever comes over RPC, the answer is a result or a sentence, never a traceback.
"""

from datetime import date, datetime

from odoo import fields
from odoo.exceptions import UserError

from .checked import LARGEST_INTEGER, is_id, is_storable

MOST_DAYS = 36_500


def whole_number(env, name, value, least=0, most=LARGEST_INTEGER):
    """Return ``value``, an ``int`` from ``least`` to ``most``.

    :param str name: of the argument, for the message
    :raise UserError: when it is anything else

    >>> whole_number(None, "days", 7, least=1)
    7
    """
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if not is_whole or not least <= value <= most:
        raise UserError(
            env._(
                "“%(name)s” has to be a whole number from %(least)s to %(most)s.",
                name=name,
                least=least,
                most=most,
            )
        )
    return value


def one(records):
    """Return ``records``, of which there is one, with what can be an id.

    :raise UserError: when there are none or several
    """
    if len(records) != 1 or not is_id(records.id):
        raise UserError(records.env._("This works on exactly one record at a time."))
    return records


def values(env, vals):
    """Return ``vals``, a dictionary of the values of a record.

    :raise UserError: when it is anything else
    """
    return mapping(env, "vals", vals)


def mapping(env, name, value):
    """Return ``value``, a ``dict``.

    :raise UserError: when it is anything else
    """
    if not isinstance(value, dict):
        raise UserError(env._("“%s” has to be a dictionary.", name))
    return value


def text(env, name, value):
    """Return ``value``, a text that can be stored; nothing is the empty one.

    :raise UserError: when it is anything else

    >>> text(None, "discussion", "<p>Äijälä</p>"), text(None, "discussion", False)
    ('<p>Äijälä</p>', '')
    """
    found = value or ""
    if not isinstance(found, str) or not is_storable(found):
        raise UserError(env._("“%s” has to be a text.", name))
    return found


def specification(env, name, value):
    """Return ``value``, what ``web_read`` reads: ``{field: {"fields": the same, …}}``.

    :raise UserError: when it is anything else

    >>> specification(None, "specification", {"tag_ids": {"fields": {"name": {}}}})
    {'tag_ids': {'fields': {'name': {}}}}
    """
    for inner in mapping(env, name, value).values():
        inner_fields = mapping(env, name, inner).get("fields", {})
        specification(env, name, inner_fields)
    return value


def sequence(env, name, value):
    """Return ``value``, a list or tuple.

    :raise UserError: when it is anything else
    """
    if not isinstance(value, list | tuple):
        raise UserError(env._("“%s” has to be a list.", name))
    return value


def texts(env, name, value):
    """Return ``value``, a list or tuple of texts.

    :raise UserError: when it is anything else

    >>> texts(None, "groupby", ["state", "date:month"])
    ['state', 'date:month']
    """
    if not all(isinstance(text, str) for text in sequence(env, name, value)):
        raise UserError(env._("“%s” has to be a list of texts.", name))
    return value


def ids(env, name, found):
    """Return ``found``, a list of ids, as a tuple.

    :raise UserError: when one of them cannot be an id

    >>> ids(None, "contacts", [7, 8])
    (7, 8)
    """
    found = tuple(found)
    if not all(map(is_id, found)):
        raise UserError(env._("“%s” has to be a list of ids.", name))
    return found


def one_id(env, name, value):
    """Return ``value``, an id; ``False`` when it is empty.

    :raise UserError: when it cannot be an id

    >>> one_id(None, "channel_id", 7), one_id(None, "channel_id", None)
    (7, False)
    """
    return ids(env, name, [value])[0] if value else False


def day(env, name, value):
    """Return ``value``, a date in text; ``False`` when it is empty.

    :raise UserError: when it is anything else

    >>> day(None, "next_date", "2026-11-23"), day(None, "next_date", None)
    ('2026-11-23', False)
    """
    return fields.Date.to_string(_date_or_false(env, name, value))


def moment(env, name, value):
    """Return ``value``, a date and time in text (UTC); ``False`` when it is empty.

    :raise UserError: when it is anything else

    >>> moment(None, "date", "2026-11-23 10:00:00"), moment(None, "date", "")
    ('2026-11-23 10:00:00', False)
    """
    try:
        is_text = isinstance(value, str | datetime)
        found = fields.Datetime.to_datetime(value) if is_text else None
    except (ValueError, OverflowError):
        found = None
    if value and not found:
        raise UserError(
            env._(
                "“%s” has to be a date and time, for example 2026-11-23 10:00:00.", name
            )
        )
    return fields.Datetime.to_string(found) if found else False


def dates_by_id(env, name, value):
    """Return ``{id (int): datetime.date or False}``.

    :param value: the same in JSON: the ids may be text, the dates are
    :raise UserError: when it is anything else

    >>> dates_by_id(None, "dates", {"7": "2026-11-23", 8: False})
    {7: datetime.date(2026, 11, 23), 8: False}
    """
    return {
        _id_of_key(env, name, key): _date_or_false(env, name, day)
        for key, day in mapping(env, name, value).items()
    }


def _id_of_key(env, name, key):
    is_text = isinstance(key, str) and key.isascii() and key.isdecimal()
    # ten digits hold any id; a text of thousands is none, and slow to read
    number = int(key) if is_text and len(key) <= 10 else key
    return ids(env, name, [number])[0]


def _date_or_false(env, name, day):
    if not day:
        return False
    try:
        found = fields.Date.to_date(day) if isinstance(day, str | date) else None
    except ValueError:
        found = None
    if not found:
        raise UserError(env._("“%s” has to hold dates, for example 2026-11-23.", name))
    return found
