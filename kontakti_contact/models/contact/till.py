from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...exceptions import TillNotOpen
from ...tools import checked

TILLS = "point_of_sale.action_pos_config_kanban"
# A draft that nobody has touched for so long is abandoned.
ABANDONED_AFTER = timedelta(days=1)


class KontaktiContact(models.Model):
    """From a contact event to the till, where point of sale is installed (T2)."""

    _inherit = "kontakti.contact"

    # The pos.order made for this contact event that may still be empty: a number alone,
    # point of sale need not be installed.
    till_order_id = checked.Integer(
        copy=False,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    def _application_pos_open(self, application):
        """The till, with a draft order of the customer in it (T2).

        The contact event's own draft is used again as long as it is empty. A typed
        customer transfers nothing: the till opens as it is (S17).
        """
        sessions = self._get_open_pos_sessions()
        till = sessions[0].config_id
        if self.partner_id:
            order = self._get_empty_pos_order(sessions.config_id)
            till = (order or self._create_pos_order(sessions[0])).config_id
        url = f"/pos/ui/{till.id}"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}

    def _get_open_pos_sessions(self):
        """Return the open sessions of the company, the user's own and newest first.

        :raise TillNotOpen: when there is none, which offers to open a till
        """
        company = [("company_id", "=", self.env.company.id)]
        opened = Domain(company) & Domain(
            [("state", "=", "opened"), ("rescue", "=", False)]
        )
        sessions = self.env["pos.session"].search(opened, order="id desc")
        if not sessions:
            self._offer_to_open_a_till(self.env["pos.config"].search(company))
        return sessions.sorted(lambda session: session.user_id != self.env.user)

    def _offer_to_open_a_till(self, tills):
        if not tills:
            raise UserError(self.env._("There is no till in this organisation."))
        action = self.env.ref(TILLS).id
        if len(tills) == 1:
            url = f"/pos/ui/{tills.id}"
            action = {"type": "ir.actions.act_url", "url": url, "target": "self"}
        message = self.env._(
            "The till is not open. Open it first, then choose Point of sale again."
        )
        raise TillNotOpen(message, action, self.env._("Open the till"))

    def _get_empty_pos_order(self, tills):
        """Return the contact event's own draft with nothing in it, of one of ``tills``."""
        # sudo: the number is closed to users; the order is found with their rights
        own = Domain("id", "=", self.sudo().till_order_id)
        order = self.env["pos.order"].search(
            own & self._get_empty_pos_domain() & Domain("config_id", "in", tills.ids)
        )
        if order and order.partner_id != self.partner_id:
            order.write(self._prepare_pos_customer_values())
            self._show_in_till(order)
        return order

    @api.model
    def _get_empty_pos_domain(self):
        nothing = [("lines", "=", False), ("payment_ids", "=", False)]
        return Domain("state", "=", "draft") & Domain(nothing)

    def _create_pos_order(self, session):
        """Return a draft order that shows in the till, and waits in no session.

        As Odoo does with orders of later days: the till that takes it in hand puts it
        in its session, and an abandoned one keeps no session from being closed.
        """
        order = self.env["pos.order"].create(self._prepare_till_order_values(session))
        order.session_id = False
        # sudo: opening an application asks for no right to change the contact event;
        # of two clicks at once the second waits here, is retried and finds the first's
        self.sudo().till_order_id = order.id
        self._show_in_till(order)
        self._register_document(order)
        return order

    def _show_in_till(self, order):
        till = order.config_id
        till.notify_synchronisation(till.current_session_id.id, 0)

    def _prepare_till_order_values(self, session):
        """Return the values of the draft ``pos.order``; extend to add."""
        amounts = ("amount_tax", "amount_total", "amount_paid", "amount_return")
        return {
            "session_id": session.id,
            "config_id": session.config_id.id,
            "user_id": self.env.uid,
            **self._prepare_pos_customer_values(),
            **dict.fromkeys(amounts, 0),
        }

    def _prepare_pos_customer_values(self):
        return {
            "partner_id": self.partner_id.id,
            "floating_order_name": self.partner_id.display_name,
        }

    @api.autovacuum
    def _gc_empty_pos_orders(self):
        """Cancel the drafts of the menu that were abandoned, empty, in a till."""
        if "pos.order" not in self.env:
            return
        contacts = self.search([("till_order_id", "!=", False)])
        ours = Domain("id", "in", contacts.mapped("till_order_id"))
        empty = self.env["pos.order"].search(ours & self._get_empty_pos_domain())
        before = fields.Datetime.now() - ABANDONED_AFTER
        abandoned = empty.filtered(lambda order: order.write_date < before)
        for orders in abandoned.grouped("config_id").values():
            orders.action_pos_order_cancel()
        waiting = set((empty - abandoned).ids)
        done = contacts.filtered(lambda rec: rec.till_order_id not in waiting)
        done.till_order_id = False
