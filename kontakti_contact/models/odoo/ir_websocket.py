from odoo import models

from ..contact.people import KONTAKTI_USER


class IrWebsocket(models.AbstractModel):
    """Which numbers of organisations a user's open screens are told (S7)."""

    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Add: the user's companies', for Kontakti users; no statement for others."""
        channels = super()._build_bus_channel_list(channels)
        if self.env.user.has_group(KONTAKTI_USER):
            channels.extend(self.env["kontakti.contact"]._get_live_channels())
        return channels
