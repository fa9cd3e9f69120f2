from odoo.exceptions import RedirectWarning


class TillNotOpen(RedirectWarning):
    """Its dialog has a title of its own (static/src/applications_menu)."""
