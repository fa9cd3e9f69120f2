from odoo import fields, models
from odoo.tools import SQL


class CalendarAttendee(models.Model):
    """The token opens a page that shows the event to anybody (S8)."""

    _inherit = "calendar.attendee"

    # not with the other fields: whose token it is to see takes a look at each event
    access_token = fields.Char(prefetch=False, export_string_translation=False)

    def _field_to_sql(self, alias, field_expr, query=None):
        """Add: the token of an event that the user sees as Busy is not there."""
        value = super()._field_to_sql(alias, field_expr, query)
        if self.env.su or field_expr != "access_token":
            return value
        return SQL(
            "CASE WHEN EXISTS (SELECT FROM calendar_event kontakti_event"
            " WHERE kontakti_event.id = %s AND %s) THEN NULL ELSE %s END",
            SQL.identifier(alias, "event_id", to_flush=self._fields["event_id"]),
            self.env["calendar.event"]._is_busy_sql("kontakti_event"),
            value,
        )
