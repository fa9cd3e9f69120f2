from odoo import models
from odoo.tools import SQL

# What a contact event fills in, and so may tell of it.
TOLD_FIELDS = frozenset({"name", "description", "notes", "kontakti_tab_id"})
# What Odoo shows of a private event to those who take part in it alone.
PRIVATE_FIELDS = frozenset(
    {
        "access_token",
        "location",
        "res_id",
        "res_model",
        "res_model_id",
        "videocall_location",
    }
)


class CalendarEvent(models.Model):
    """What the user may not see of an event is not there for the database either (S8)."""

    _inherit = "calendar.event"

    def _field_to_sql(self, alias, field_expr, query=None):
        """Add: what the user may not see of an event is not there.

        Neither to be read nor for a search, an order, a grouping or a sum, from
        wherever it comes. The title of every private event is like that, or the others
        would tell which ones are of contact events.
        """
        value = super()._field_to_sql(alias, field_expr, query)
        if self.env.su:
            return value
        if field_expr == "name":
            busy = self.env._("Busy")
            hidden = self._is_busy_sql(alias)
            return SQL("CASE WHEN %s THEN %s ELSE %s END", hidden, busy, value)
        if field_expr in TOLD_FIELDS:
            hidden = self._is_closed_sql(alias)
        elif field_expr in PRIVATE_FIELDS:
            hidden = self._is_others_private_sql(alias)
        else:
            return value
        tab = self._kontakti_column(alias, "kontakti_tab_id")
        return SQL(
            "CASE WHEN %s IS NOT NULL AND %s THEN NULL ELSE %s END", tab, hidden, value
        )

    def _is_busy_sql(self, alias):
        """Return the SQL condition that the event ``alias`` has no title to show."""
        return SQL(
            "(%s = 'private' AND %s OR %s IS NOT NULL AND %s)",
            self._kontakti_column(alias, "privacy"),
            self._is_others_sql(alias),
            self._kontakti_column(alias, "kontakti_tab_id"),
            self._is_closed_sql(alias),
        )

    def _is_closed_sql(self, alias):
        """Return the condition that an event with a tab tells the user nothing.

        Of a personal contact event it tells its owner, and whom the owner invites.
        """
        tabs = self.env["kontakti.calendar.tab"]
        # what is pending for the tab reaches the event's row when it is flushed
        owner = SQL.identifier(
            alias, "kontakti_owner_id", to_flush=tabs._fields["owner_id"]
        )
        company = SQL.identifier(
            alias, "kontakti_company_id", to_flush=tabs._fields["company_id"]
        )
        return SQL(
            "(%(private)s OR (%(open)s OR %(owner)s = %(organizer)s AND %(attends)s)"
            " IS NOT TRUE)",
            private=self._is_others_private_sql(alias),
            open=tabs._is_open_sql(owner, company),
            owner=owner,
            organizer=self._kontakti_column(alias, "user_id"),
            attends=self._attends_sql(alias),
        )

    def _is_others_private_sql(self, alias):
        """Return the condition that the event is private, for others than the user."""
        return SQL(
            "((%(privacy)s = 'private' OR %(privacy)s IS NULL AND %(organizer)s IN"
            " (SELECT user_id FROM res_users_settings"
            " WHERE calendar_default_privacy = 'private')) AND %(others)s)",
            privacy=self._kontakti_column(alias, "privacy"),
            organizer=self._kontakti_column(alias, "user_id"),
            others=self._is_others_sql(alias),
        )

    def _is_others_sql(self, alias):
        """Return the condition that the user takes no part in the event."""
        return SQL(
            "%s IS DISTINCT FROM %s AND NOT %s",
            self._kontakti_column(alias, "user_id"),
            self.env.uid,
            self._attends_sql(alias),
        )

    def _attends_sql(self, alias):
        """Return the condition that the user is invited; looked up once a statement."""
        return SQL(
            "%s IN (SELECT kontakti_rel.calendar_event_id"
            " FROM calendar_event_res_partner_rel kontakti_rel"
            " JOIN res_users ON res_users.partner_id = kontakti_rel.res_partner_id"
            " WHERE res_users.id = %s)",
            SQL.identifier(alias, "id", to_flush=self._fields["partner_ids"]),
            self.env.uid,
        )

    def _kontakti_column(self, alias, fname):
        return SQL.identifier(alias, fname, to_flush=self._fields[fname])
