from odoo import fields, models


class TestKontaktiTicket(models.Model):
    """A ticket of an integrator's helpdesk, whose customer is called ``client_id``."""

    _name = "test.kontakti.ticket"
    _description = "Test: Ticket"

    name = fields.Char(required=True, default="Ticket")
    client_id = fields.Many2one("res.partner")
    client_phone = fields.Char()
    origin_subject = fields.Char()
    is_received = fields.Boolean()
