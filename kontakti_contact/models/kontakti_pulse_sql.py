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


def get_up_sql(partner_ids, contact_ids=()):
    """Return the SELECT of the ids of all cards that show the partners or contact events.

    A contact event shows on the cards of whom it is with, and of all above them.
    """
    return SQL(
        """WITH RECURSIVE up(id) AS (
               (SELECT unnest(%(partners)s::int[])
                 UNION
                SELECT unnest(ARRAY[partner_id, commercial_partner_id])
                  FROM kontakti_contact WHERE id = ANY(%(contacts)s)
                 UNION
                SELECT res_partner_id FROM kontakti_contact_res_partner_rel
                 WHERE kontakti_contact_id = ANY(%(contacts)s))
             UNION
               SELECT partner.parent_id
                 FROM up JOIN res_partner AS partner ON partner.id = up.id
           )
           SELECT id FROM up WHERE id IS NOT NULL""",
        partners=list(partner_ids),
        contacts=list(contact_ids),
    )


# The ids of the contact events on ``card``, a row of ``res_partner``, as
# ``card_partner_id`` says. PostgreSQL guesses how many partners are below another one
# far too high: OFFSET 0, UNION and arrays have it look up each by the indexes, whatever
# it guesses, also in a table that is new or was filled a moment ago.
SHOWN = SQL(
    """ARRAY(
        WITH RECURSIVE below(id) AS (
            SELECT card.id
             UNION
            SELECT partner.id
              FROM below CROSS JOIN LATERAL (
                   SELECT id FROM res_partner WHERE parent_id = below.id OFFSET 0
                   ) AS partner
        )
        SELECT DISTINCT shown.id
          FROM unnest(ARRAY(SELECT id FROM below)) AS member(id)
         CROSS JOIN LATERAL (
               SELECT id FROM kontakti_contact
                WHERE commercial_partner_id = member.id
                  AND card.commercial_partner_id = card.id
                UNION
               SELECT id FROM kontakti_contact
                WHERE partner_id = member.id
                  AND (card.commercial_partner_id <> card.id OR member.id = card.id)
                UNION
               SELECT kontakti_contact_id FROM kontakti_contact_res_partner_rel
                WHERE res_partner_id = member.id
               ) AS shown)"""
)


def _get_found_sql(kept_from):
    """Return the table of what is counted, a row a card and company."""
    return SQL(
        """(
        SELECT card.id AS partner_id, counted.*
          FROM res_partner AS card
         CROSS JOIN LATERAL (
            SELECT contact.company_id,
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
              FROM kontakti_contact AS contact
             WHERE contact.id = ANY(%(shown)s)
               AND contact.personal IS NOT TRUE AND contact.active IS TRUE
          GROUP BY contact.company_id) AS counted
         WHERE card.id = ANY(ARRAY(SELECT id FROM cards)))""",
        shown=SHOWN,
        kept_from=kept_from,
    )


def _get_write_sql(kept_from):
    """Return the statement that writes what was found.

    A card without any contact event left keeps its row, for two transactions to meet at.
    """
    return SQL(
        """
        INSERT INTO kontakti_pulse AS pulse
               (partner_id, company_id, last_date, last_user_id, last_id, next_date,
                open_count, moments)
        SELECT coalesce(found.partner_id, known.partner_id) AS partner_id,
               coalesce(found.company_id, known.company_id) AS company_id,
               found.last_date, found.last_user_id, found.last_id, found.next_date,
               coalesce(found.open_count, 0), found.moments
          FROM %s AS found
          FULL JOIN (SELECT partner_id, company_id FROM kontakti_pulse
                      WHERE partner_id = ANY(ARRAY(SELECT id FROM cards))) AS known
                 ON known.partner_id = found.partner_id
                AND coalesce(known.company_id, 0) = coalesce(found.company_id, 0)
         ORDER BY 1, 2
            ON CONFLICT (partner_id, coalesce(company_id, 0)) DO UPDATE
           SET last_date = excluded.last_date, last_user_id = excluded.last_user_id,
               last_id = excluded.last_id,
               next_date = excluded.next_date, open_count = excluded.open_count,
               moments = excluded.moments""",
        _get_found_sql(kept_from),
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


def get_refresh_sql(cards, kept_from, only_wrong):
    """Return the statement that counts cards and writes their rows.

    :param SQL cards: a SELECT of ids of partners
    :param kept_from: ``datetime`` in UTC from which the moments are kept
    :param bool only_wrong: leave alone what is true
    """
    return SQL(
        "WITH cards(id) AS MATERIALIZED (%s)%s%s RETURNING partner_id",
        cards,
        _get_write_sql(kept_from),
        _get_wrong_sql(kept_from) if only_wrong else SQL(),
    )
