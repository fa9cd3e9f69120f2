"""The SQL that counts the pulse of customers; see ``kontakti_pulse.py``."""

from odoo import fields
from odoo.tools import SQL

KEPT = 400  # days that the moments of contacts are kept: 12 months and some

COLUMNS = ("last_date", "last_user_id", "next_date", "open_count", "contacts_12m")


def get_columns(first, after):
    """Return ``{column: SQL}`` of a customer in several companies, from its rows.

    :param first: ``datetime`` in UTC from which the contacts of 12 months are counted
    :param after: the one before which they are
    """
    return {
        "last_date": SQL("max(last_date)"),
        "last_user_id": SQL(
            "(array_agg(last_user_id"
            " ORDER BY last_date DESC NULLS LAST, last_id DESC))[1]"
        ),
        "next_date": SQL("min(next_date)"),
        "open_count": SQL("sum(open_count)::int"),
        "contacts_12m": SQL(
            "sum((SELECT count(*) FROM unnest(moments) AS moment"
            " WHERE moment >= %s AND moment < %s))::int",
            first,
            after,
        ),
    }


class Moments(fields.Field):
    """When the contacts of the last months took place: an array of PostgreSQL.

    Written and read by SQL alone.
    """

    type = "binary"
    _column_type = ("_timestamp", "timestamp[]")
    prefetch = False
    exportable = False


def get_up_sql(started):
    """Return a WITH clause of the partners that ``started`` asks and all above them.

    :param SQL started: a condition on ``res_partner``
    """
    return SQL(
        """WITH RECURSIVE up(id, parent_id) AS (
               SELECT id, parent_id FROM res_partner WHERE %s
            UNION
               SELECT parent.id, parent.parent_id
                 FROM up JOIN res_partner AS parent ON parent.id = up.parent_id
           )""",
        started,
    )


def get_shown_sql():
    """Return the tables ``below``, each card with all partners below it, and ``shown``.

    The latter has each contact event once on each card, as ``card_partner_id`` says.
    """
    return SQL(
        """,
        below(card, id) AS (
            SELECT id, id FROM up
         UNION
            SELECT below.card, partner.id
              FROM below JOIN res_partner AS partner ON partner.parent_id = below.id
        ),
        shown(card, id) AS (
            SELECT below.card, contact.id
              FROM below
              JOIN res_partner AS card ON card.id = below.card
              JOIN kontakti_contact AS contact
                ON contact.commercial_partner_id = below.id
             WHERE card.commercial_partner_id = card.id
         UNION
            SELECT below.card, contact.id
              FROM below
              JOIN res_partner AS card ON card.id = below.card
              JOIN kontakti_contact AS contact ON contact.partner_id = below.id
             WHERE card.commercial_partner_id <> card.id OR below.id = below.card
         UNION
            SELECT below.card, participant.kontakti_contact_id
              FROM below
              JOIN kontakti_contact_res_partner_rel AS participant
                ON participant.res_partner_id = below.id
        )"""
    )


def _get_found_sql(kept_from):
    """Return the table ``found``: what ``shown`` counts, a row a card and company."""
    return SQL(
        """,
        found AS (
            SELECT shown.card AS partner_id,
                   contact.company_id,
                   max(contact.date) AS last_date,
                   (array_agg(contact.contacted_by_id
                              ORDER BY contact.date DESC NULLS LAST, contact.id DESC)
                    FILTER (WHERE contact.date IS NOT NULL))[1] AS last_user_id,
                   (array_agg(contact.id
                              ORDER BY contact.date DESC NULLS LAST, contact.id DESC)
                    FILTER (WHERE contact.date IS NOT NULL))[1] AS last_id,
                   min(contact.next_date)
                       FILTER (WHERE contact.state = 'open') AS next_date,
                   count(*) FILTER (WHERE contact.state = 'open') AS open_count,
                   array_agg(contact.date ORDER BY contact.date)
                       FILTER (WHERE contact.date >= %(kept_from)s) AS moments
              FROM shown JOIN kontakti_contact AS contact ON contact.id = shown.id
             WHERE contact.personal IS NOT TRUE AND contact.active IS TRUE
          GROUP BY shown.card, contact.company_id
        )""",
        kept_from=kept_from,
    )


def _get_write_sql():
    """Return the statement that writes what was found.

    A card without any contact event left keeps its row, for two transactions to meet at.
    """
    return SQL(
        """
        INSERT INTO kontakti_pulse AS pulse
               (partner_id, company_id, last_date, last_user_id, last_id, next_date,
                open_count, moments)
        SELECT known.partner_id, known.company_id, found.last_date, found.last_user_id,
               found.last_id, found.next_date, coalesce(found.open_count, 0), found.moments
          FROM (SELECT partner_id, company_id FROM found
                 UNION
                SELECT partner_id, company_id FROM kontakti_pulse
                 WHERE partner_id IN (SELECT id FROM up)) AS known
          LEFT JOIN found ON found.partner_id = known.partner_id
                         AND found.company_id IS NOT DISTINCT FROM known.company_id
         ORDER BY known.partner_id, known.company_id
            ON CONFLICT (partner_id, coalesce(company_id, 0)) DO UPDATE
           SET last_date = excluded.last_date, last_user_id = excluded.last_user_id,
               last_id = excluded.last_id,
               next_date = excluded.next_date, open_count = excluded.open_count,
               moments = excluded.moments"""
    )


def _get_wrong_sql(kept_from):
    """Return the condition that a row is not true."""
    return SQL(
        """
         WHERE (pulse.last_date, pulse.last_user_id, pulse.last_id, pulse.next_date,
                pulse.open_count,
                ARRAY(SELECT moment FROM unnest(pulse.moments) AS moment
                       WHERE moment >= %(kept_from)s ORDER BY moment))
            IS DISTINCT FROM
               (excluded.last_date, excluded.last_user_id, excluded.last_id,
                excluded.next_date, excluded.open_count,
                ARRAY(SELECT moment FROM unnest(excluded.moments) AS moment
                       ORDER BY moment))""",
        kept_from=kept_from,
    )


def get_refresh_sql(up, kept_from, only_wrong):
    """Return the statement that counts the cards of ``up`` and writes their rows.

    :param SQL up: a WITH clause that ends with a table ``up`` of cards
    :param kept_from: ``datetime`` in UTC from which the moments are kept
    :param bool only_wrong: leave alone what is true
    """
    return SQL(
        "%s%s%s%s%s RETURNING partner_id",
        up,
        get_shown_sql(),
        _get_found_sql(kept_from),
        _get_write_sql(),
        _get_wrong_sql(kept_from) if only_wrong else SQL(),
    )
