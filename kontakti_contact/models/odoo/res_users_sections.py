from odoo import fields, models, tools

HIDING = {
    "personal": "kontakti_hide_personal",
    "mine": "kontakti_hide_mine",
    "organisation": "kontakti_hide_organisation",
    "mailing_list": "kontakti_hide_mailing_list",
    "silent": "kontakti_hide_silent",
}


class Hiding(fields.Boolean):
    """A choice of the user's; read with the others of its kind, not with the user."""

    prefetch = "kontakti_sections"


class ResUsers(models.Model):
    """Which sections of the task list a user does not want to see (Preferences)."""

    _inherit = "res.users"

    kontakti_hide_personal = Hiding("Hide personal contact events")
    kontakti_hide_mine = Hiding("Hide my responsibility")
    kontakti_hide_organisation = Hiding("Hide the organisation")
    kontakti_hide_mailing_list = Hiding("Hide the mailing list")
    kontakti_hide_silent = Hiding("Hide customers gone silent")

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + list(HIDING.values())

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + list(HIDING.values())

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(HIDING.values()):
            self.env.registry.clear_cache()
        return result

    @tools.ormcache("self.id")
    def _get_hidden_kontakti_sections(self):
        """Return the keys of the sections of the task list that the user hides (S5).

        Kept from one request to the next: opening the task list reads no user.
        """
        return frozenset(key for key, fname in HIDING.items() if self[fname])
