from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    """Who may fetch the files of labels: people and programs."""

    _inherit = "ir.http"

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
