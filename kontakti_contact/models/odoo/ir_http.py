from odoo import models
from odoo.http import request

from ..contact.people import KONTAKTI_USER


class IrHttp(models.AbstractModel):
    """Who may fetch the files of labels: people and programs. And where the user is."""

    _inherit = "ir.http"

    def session_info(self):
        """Add ``kontakti_tz``: the time zone of the user's today (S7, S13)."""
        info = super().session_info()
        user = self.env.user
        if user.has_group(KONTAKTI_USER):
            info["kontakti_tz"] = user._in_kontakti_zone().env.context["tz"]
        return info

    @classmethod
    def _auth_method_kontakti_file(cls):
        """A session, as browsers have one, or an API key, as programs send it.

        Odoo's ``bearer`` takes a session for a page that somebody opens, and not for
        a file that a page of the web client fetches.
        """
        header = request.httprequest.headers.get("Authorization") or ""
        if header.lower().startswith("bearer "):
            return cls._auth_method_bearer()
        return cls._auth_method_user()
