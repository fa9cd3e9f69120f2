from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import arguments

# in the context of get_task_list: the id of the user whose list is shown
WHOSE_KEY = "kontakti_whose"
OF = "@"  # organisation@12: what user 12 is responsible for
ORGANISATION = "organisation"
UNASSIGNED = "unassigned"


class KontaktiContact(models.Model):
    """The task list as of one person, and handing it over from there (S7, S14).

    What somebody is responsible for in the organisation is no secret; personal contact
    events are never in it.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _get_task_list_sections(self):
        """Show one person's, when asked for by ``kontakti_whose`` in the context."""
        sections = super()._get_task_list_sections()
        whose = self.env.context.get(WHOSE_KEY)
        if not whose:
            return sections
        [user_id] = arguments.ids(self.env, WHOSE_KEY, [whose])
        [section] = [one for one in sections if one["key"] == ORGANISATION]
        return [self._narrow_section(section, user_id)]

    @api.model
    def _get_silent_sections(self):
        """Show none of them: who has gone silent is nobody's."""
        return [] if self.env.context.get(WHOSE_KEY) else super()._get_silent_sections()

    @api.model
    def _narrow_section(self, section, user_id):
        """Return the section of the organisation, of one responsible person."""
        of_user = Domain("responsible_id", "=", user_id)
        # sudo: the name of a user, which Odoo shows beside what he is responsible for
        user = self.env["res.users"].browse(user_id).sudo().exists()
        return {
            **section,
            "key": f"{ORGANISATION}{OF}{user_id}",
            "name": user.name or "",
            "domain": section["domain"] & of_user,
            "groups": [
                {**group, "domain": group["domain"] & of_user}
                for group in section["groups"]
                if group["key"] != UNASSIGNED
            ],
        }

    @api.model
    def _get_cell_domain(self, section, group):
        """Add: cells of one person's list, ``organisation@12.late``."""
        name, at, number = str(section).partition(OF)
        if not at:
            return super()._get_cell_domain(section, group)
        if name != ORGANISATION or not number.isdecimal() or len(number) > 10:
            raise UserError(self.env._("The task list has no such cell."))
        narrowed = self.with_context(**{WHOSE_KEY: int(number)})
        return super(KontaktiContact, narrowed)._get_cell_domain(section, group)

    @api.model
    def action_hand_over_cell(self, section, group):
        """Ask whom the contact events of a cell are handed over to.

        :param str section: key of a section of :meth:`get_task_list`
        :param str group: key of one of its groups
        :return: the window action of the dialog
        :raise AccessError: when the user is no Kontakti manager
        """
        domain = self._get_cell_domain(section, group)
        return self.env["kontakti.hand.over"]._start(self.search(domain))
