from odoo import api, models
from odoo.fields import Domain
from odoo.modules.module import get_module_icon

from ...tools.due import LATE, TODAY

REMINDED = (LATE, TODAY)
NOW = "now"  # late and today, as a phone shows them first
MINE = "mine"
ITEMS = 10  # of a digest, in each of its lists
DRILL_DOWN = "kontakti_contact.kontakti_contact_action_drill_down"


class KontaktiContact(models.Model):
    """What a user is reminded of: late and due today, mine and personal (S7).

    The numbers are the task list's: same domains, same count, one statement.
    """

    _inherit = "kontakti.contact"

    @api.model
    def _get_reminder_sections(self, keys):
        """Return the sections named by ``keys``, each with its late and today alone."""
        found = {section["key"]: section for section in self._get_task_list_sections()}
        return [
            {
                **found[key],
                "groups": [
                    group for group in found[key]["groups"] if group["key"] in REMINDED
                ],
            }
            for key in keys
        ]

    @api.model
    def _count_reminders(self, keys):
        """Return the sections with their numbers, by one statement.

        :return: ``[{"key", "name", "late": contact events, "today": the same,
            "domains": {"late": domain, "today": domain}}]``
        """
        sections = self._get_reminder_sections(keys)
        numbers = self._count_task_list(sections)
        return [
            {
                "key": section["key"],
                "name": section["name"],
                **{
                    group["key"]: contacts
                    for group, (contacts, _customers) in zip(
                        section["groups"], counts, strict=True
                    )
                },
                "domains": {
                    group["key"]: group["domain"] for group in section["groups"]
                },
            }
            for section, counts in zip(sections, numbers, strict=True)
        ]

    @api.model
    def _get_cell_domain(self, section, group):
        """Add: late and today as one cell."""
        if group == NOW:
            return Domain.OR(self._get_cell_domain(section, key) for key in REMINDED)
        return super()._get_cell_domain(section, group)

    @api.model
    def _get_cell_url(self, section, group):
        """Return the path of the drill-down of one cell."""
        return f"/odoo/action-{DRILL_DOWN}?active_id={section}.{group}"

    @api.model
    def _format_activity_group(self, section):
        """Return a section as a group of Odoo's activity menu."""
        late, today = section["late"], section["today"]
        return {
            "id": self.env["ir.model"]._get_id(self._name),
            "name": self.env._("Kontakti: %s", section["name"]),
            "model": self._name,
            "type": "activity",
            "icon": get_module_icon("kontakti_contact"),
            "domain": [],
            "overdue_count": late,
            "today_count": today,
            "planned_count": 0,
            "total_count": late + today,
            "view_type": "list",
            "kontakti_section": section["key"],
        }

    @api.model
    def _make_digest(self):
        """Return what the user's digest tells; ``None`` when there is nothing (S7).

        Of personal ones it tells their numbers and leads to them: an e-mail waits in a
        queue that administrators read.
        """
        sections = self._count_reminders((MINE, "personal", "organisation"))
        if not any(section[key] for section in sections for key in REMINDED):
            return None
        base = self.get_base_url()
        for section in sections:
            domains = section.pop("domains")
            for key in REMINDED:
                path = self._get_cell_url(section["key"], key)
                section[f"{key}_url"] = f"{base}{path}"
            if section["key"] == MINE:
                items = self.search(
                    Domain.OR(domains.values()), order="next_date, id", limit=ITEMS
                )
        return {
            "sections": sections,
            "url": f"{base}/odoo/kontakti",
            "items": [contact._format_digest_item(base) for contact in items],
        }

    def _format_digest_item(self, base):
        self.ensure_one()
        is_own = self.responsible_id == self.env.user
        return {
            "name": self.name,
            "customer": self.customer_name or "",
            "phone": self.phone or "",
            # sudo: the name of a colleague whose deputy the user is
            "whose": "" if is_own else self.responsible_id.sudo().name,
            "next_date": self.next_date,
            "is_late": self.due == LATE,
            "url": f"{base}/odoo/contact-events/{self.id}",
        }
