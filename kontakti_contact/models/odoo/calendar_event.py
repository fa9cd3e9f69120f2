from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL, Query

from ...tools import arguments
from ..contact.applications import ORIGIN_KEY
from ..kontakti_calendar_tab import CUSTOMER_FIELDS, FROM_REGISTER


def _search_in_tab(fname):
    """Return the search method of ``fname``: it finds what the user may see."""

    def search(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return self._search_kontakti_tab(fname, operator, value)

    return search


def _tab_field(field_class, fname, *args, **kwargs):
    """Return a field of the Customer tab: the event's own, kept out of its table."""
    return field_class(
        *args,
        compute="_compute_kontakti_customer",
        inverse="_inverse_kontakti_customer",
        search=_search_in_tab(fname),
        readonly=False,
        **kwargs,
    )


def _copied_from_tab(comodel):
    """Return a field that says in the event's own row whom its tab is open to.

    Read in SQL alone; ``_follow_kontakti_tab`` writes it.
    """
    return fields.Many2one(
        comodel,
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )


class CalendarEvent(models.Model):
    """A calendar event made from a contact event, with its customer (S22, S33).

    The customer is data on the event: never an attendee, never mailed. Who may not see
    the contact event reads no more of the event than of a private one, and finds
    nothing by it (S8): what may not be seen is not there for the database either.
    """

    _inherit = "calendar.event"

    kontakti_tab_id = fields.Many2one(
        "kontakti.calendar.tab",
        "Customer tab",
        index="btree_not_null",
        ondelete="set null",
        export_string_translation=False,
    )
    kontakti_contact_id = fields.Many2one(
        "kontakti.contact",
        "Contact event",
        compute="_compute_kontakti_contact_id",
        search="_search_kontakti_contact_id",
        compute_sudo=True,
        groups=fields.NO_ACCESS,
        help="For superuser code: an attendee may not even see the contact's subject.",
    )
    kontakti_owner_id = _copied_from_tab("res.users")
    kontakti_company_id = _copied_from_tab("res.company")
    customer_id = _tab_field(
        fields.Many2one,
        "customer_id",
        "res.partner",
        "Customer",
        help="The customer in the register. Is not invited.",
    )
    customer_name = _tab_field(fields.Char, "customer_name", "Customer's name")
    customer_phone = _tab_field(fields.Char, "customer_phone", "Customer's phone")
    customer_email = _tab_field(fields.Char, "customer_email", "Customer's e-mail")
    customer_address = _tab_field(fields.Char, "customer_address", "Customer's address")

    @api.depends("kontakti_tab_id.contact_id")
    def _compute_kontakti_contact_id(self):
        for event in self:
            event.kontakti_contact_id = event.kontakti_tab_id.contact_id

    def _search_kontakti_contact_id(self, operator, value):
        """Find for superuser code alone: Odoo asks nobody's rights to a computed field.

        :raise AccessError: for users
        """
        self._check_field_access(self._fields["kontakti_contact_id"], "read")
        return Domain("kontakti_tab_id", "any", [("contact_id", operator, value)])

    @api.depends_context("uid")
    @api.depends(*(f"kontakti_tab_id.{fname}" for fname in CUSTOMER_FIELDS))
    def _compute_kontakti_customer(self):
        """Show the customer to whom may see it."""
        # sudo: no user reads a tab; the domain leaves what this one may see
        tabs = self.kontakti_tab_id.sudo()
        shown = tabs and tabs.search(
            Domain("id", "in", tabs.ids) & self._get_open_tabs_domain()
        )
        for event in self:
            # sudo: as above
            tab = shown & event.kontakti_tab_id.sudo()
            for fname in CUSTOMER_FIELDS:
                event[fname] = tab[fname]

    def _search_kontakti_tab(self, fname, operator, value):
        """Return the domain of the events whose tab shows the user what is sought."""
        if fname == "customer_id" and operator != "in":
            operator, value = "in", self._search_kontakti_customer(operator, value)
        # sudo: no user reads a tab; the domain leaves what this one may see
        tabs = self.env["kontakti.calendar.tab"].sudo()
        shown, sought = self._get_open_tabs_domain(), Domain(fname, operator, value)
        if operator == "in" and not isinstance(value, Query) and False in value:
            return Domain("kontakti_tab_id", "not in", tabs._search(shown & ~sought))
        return Domain("kontakti_tab_id", "in", tabs._search(shown & sought))

    def _get_open_tabs_domain(self):
        if self.env.su:
            return Domain.TRUE
        return self.env["kontakti.calendar.tab"]._get_open_domain()

    def _search_kontakti_customer(self, operator, value):
        """Return the query of the customers sought, as the user may search them."""
        if operator in ("any", "any!"):
            domain = Domain(value)
        else:
            by = "display_name" if operator.endswith("like") else "id"
            domain = Domain(by, operator, value)
        return self.env["res.partner"]._search(
            domain, active_test=False, bypass_access=operator == "any!"
        )

    def _inverse_kontakti_customer(self):
        """Keep what was given; the register says the rest of a customer chosen."""
        for tab, found in self._group_by_kontakti_tab():
            events = self & found.with_env(self.env)
            if tab:
                if not self.env.su:
                    tab._check_open()
                own = tab._get_own(events)
                own.write(events[0]._get_given_customer())
                if own != tab:
                    found.kontakti_tab_id = own
            else:
                events._create_kontakti_tabs()

    def _create_kontakti_tabs(self):
        given = {event: event._get_given_customer() for event in self}
        events = self.filtered(lambda event: any(given[event].values()))
        # sudo: no user makes a tab; it gets what the user gave
        tabs = self.env["kontakti.calendar.tab"].sudo()
        created = tabs.create([given[event] for event in events])
        # sudo: as above; the reference is closed to users
        for event, tab in zip(events.sudo(), created, strict=True):
            event.kontakti_tab_id = tab

    def _get_given_customer(self):
        """Return what the user gave of the Customer tab, and nothing computed."""
        write = self._convert_to_write
        return write({n: self[n] for n in CUSTOMER_FIELDS if n in self._cache})

    def _group_by_kontakti_tab(self):
        """Return pairs of a tab and its events among these, both for superuser code.

        From the database: the cache may hold what a user is shown instead of a tab.
        """
        # sudo: the tab that the user may not see is not to be replaced
        events = self.sudo().with_context(active_test=False)
        return events._read_group(
            [("id", "in", self.ids)], ["kontakti_tab_id"], ["id:recordset"]
        )

    @api.onchange("customer_id")
    def _onchange_customer_id(self):
        """Show the register's data of the customer chosen, before it is saved."""
        customer, context = self.customer_id, self.env.context
        is_as_opened = (
            context.get("default_customer_id") == customer.id
            and context.get("default_customer_name") == self.customer_name
        )
        if customer and not is_as_opened:
            self.update({name: get(customer) for name, get in FROM_REGISTER.items()})

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        if any(vals.get("kontakti_tab_id") for vals in vals_list):
            events._follow_kontakti_tab()
        events._keep_with_kontakti_document()
        return events

    def write(self, vals):
        arguments.values(self.env, vals)
        if "kontakti_tab_id" in vals and not self.env.su:
            raise AccessError(
                self.env._("A calendar event stays with its contact event.")
            )
        if not vals.keys().isdisjoint(CUSTOMER_FIELDS):
            # so that the cache has what is given now, and nothing else
            self.invalidate_recordset(CUSTOMER_FIELDS, flush=False)
        linked = "res_id" in vals or "res_model_id" in vals
        result = super().write(vals)
        if "kontakti_tab_id" in vals:
            self._follow_kontakti_tab()
        if linked:
            self._keep_with_kontakti_document()
        return result

    def _follow_kontakti_tab(self):
        """Note in each row whom the tab is open to: the calendar is read by it."""
        if not self:
            return
        # sudo: the tab that the user may not see is noted all the same
        tabs = self.sudo().env["kontakti.calendar.tab"]
        self.env.execute_query(
            SQL(
                "UPDATE calendar_event SET kontakti_owner_id = tab.owner_id,"
                " kontakti_company_id = tab.company_id FROM calendar_event AS event"
                " LEFT JOIN kontakti_calendar_tab AS tab ON tab.id = %s"
                " WHERE event.id IN %s AND calendar_event.id = event.id RETURNING 1",
                self._kontakti_column("event", "kontakti_tab_id"),
                self._ids,
                to_flush=tabs._fields["owner_id"],
            )
        )

    def _keep_with_kontakti_document(self):
        """What Odoo links to a contact event is of it: a meeting from an activity."""
        for event in self:
            if event.res_id and event.res_model == "kontakti.contact":
                contact = self.env["kontakti.contact"].browse(event.res_id).exists()
                event._keep_with_kontakti_contact(contact)

    def _keep_with_kontakti_contact(self, contact):
        """Make these the calendar events of ``contact``, private if it is personal.

        Nothing comes of a contact event that the user may not read.
        """
        if not contact or not contact.has_access("read"):
            return
        # sudo: the link is closed to users, whoever they are
        if self.sudo().kontakti_contact_id == contact:
            return
        contact._keep_shared_meanwhile()
        for tab, events in self._group_by_kontakti_tab():
            own = tab._get_own(events) if tab else tab.create({})
            own.contact_id = contact
            if own != tab:
                events.kontakti_tab_id = own
        if contact.personal:
            contact._make_events_private()

    @api.model
    def _get_contact_details_description(self, organizer, partners):
        """Leave the description empty: it would go to attendees (S27, S32)."""
        if ORIGIN_KEY in self.env.context:
            return Markup()
        return super()._get_contact_details_description(organizer, partners)
