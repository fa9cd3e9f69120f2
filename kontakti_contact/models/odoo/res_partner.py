from itertools import product

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import arguments
from ...tools.phones import international_number, national_digits
from ..contact.kontakti_contact import ALL_OF_DOMAIN, STATE_DONE
from ..contact.privacy import SHARED
from ..contact.register import CUSTOMER, FOLLOWERS, NUMBER
from .res_partner_silence import INTERVAL

MARKETING = "kontakti_contact.kontakti_purpose_marketing"
# what moves a partner, and those below it, to another commercial entity
MOVING = frozenset(["parent_id", "is_company"])
# computed a moment after the row of a new partner was made
LATE = frozenset([CUSTOMER, NUMBER])
NEW = "kontakti_new_partners"
BY_PHONE = "kontakti_by_phone"


class ResPartner(models.Model):
    """A customer's contact events, its people's included (S3).

    A customer is on the mailing list by one contact event (S4): the newest shared one,
    or, without any, a new one that is done and so never shows as a task. Taking off
    takes off all. Personal contact events are left alone.

    Contact events are told what changed in the register, and not by ``@api.depends``:
    the ORM would search them at every change and deletion of a partner. A new partner,
    which has none, costs nothing.
    """

    _inherit = "res.partner"

    kontakti_contact_count = fields.Integer(
        "Contact Events",
        compute="_compute_kontakti_contacts",
        groups="kontakti_contact.group_kontakti_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_kontakti_contacts(self):
        """Count what the user may read; personal ones of others never shift it."""
        contacts = self.env["kontakti.contact"]
        seen = contacts._search([])
        rows = self.env.execute_query(
            SQL(
                "SELECT card, count(*) FROM (%s) AS shown WHERE id IN %s GROUP BY card",
                contacts._get_cards_sql(self._origin.ids),
                seen.subselect(),
            )
        )
        counts = dict(rows)
        for partner in self:
            partner.kontakti_contact_count = counts.get(partner._origin.id, 0)

    @api.readonly
    def action_open_kontakti_contacts(self):
        """Open the contact events of the customer and its people."""
        arguments.one(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "kontakti_contact.kontakti_contact_action_customer"
        )
        return {
            **action,
            "domain": [("card_partner_id", "=", self.id)],
            "context": {
                **ALL_OF_DOMAIN,
                "active_id": self.id,
                "default_partner_id": self.id,
            },
        }

    @api.readonly
    def action_log_kontakti_contact(self):
        """Open a new contact event with the customer filled in."""
        arguments.one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log contact"),
            "res_model": "kontakti.contact",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_partner_id": self.id},
        }

    def action_put_on_kontakti_mailing_list(self):
        """Put these customers on the mailing list.

        :return: the client action that says what was done and offers to undo it
        :raise AccessError: when a contact event may not be changed; then none is
        """
        self.check_access("read")
        contacts = self.env["kontakti.contact"]
        chosen, missing, unchanged = [], [], 0
        for partner, found in self._get_shared_contacts().items():
            if any(found.mapped("mailing_list")):
                unchanged += 1
            elif found:
                own = found.filtered(
                    lambda rec, person=partner: rec.partner_id == person
                )
                chosen.append((own or found)[0].id)
            else:
                missing.append(partner.id)
        chosen = contacts.browse(chosen)
        chosen.mailing_list = True
        missing = self.browse(missing)
        # two who put the same customer on the list at once make one contact event
        contacts._touch_in_order(missing.sudo().commercial_partner_id | missing)
        chosen |= contacts.create(
            [partner._prepare_mailing_list_values() for partner in missing]
        )
        return chosen._notify_mailing_list(True, len(self) - unchanged, unchanged)

    def action_take_off_kontakti_mailing_list(self):
        """Take these customers off the mailing list; else as the one above."""
        self.check_access("read")
        found = self._get_shared_contacts()
        listed = {
            partner: contacts.filtered("mailing_list")
            for partner, contacts in found.items()
        }
        done = sum(map(bool, listed.values()))
        contacts = self.env["kontakti.contact"].union(*listed.values())
        contacts.mailing_list = False
        return contacts._notify_mailing_list(False, done, len(self) - done)

    def _get_shared_contacts(self):
        """Return ``{partner: its shared contact events, the newest first}``."""
        contacts = self.env["kontakti.contact"].search_fetch(
            SHARED
            & (
                Domain("partner_id", "in", self.ids)
                | Domain("commercial_partner_id", "in", self.ids)
            ),
            ["partner_id", "commercial_partner_id", "mailing_list"],
        )
        found = {partner: [] for partner in self}
        for contact in contacts:
            for partner in contact.partner_id | contact.commercial_partner_id:
                if partner in found:
                    found[partner].append(contact.id)
        return {partner: contacts.browse(ids) for partner, ids in found.items()}

    def _prepare_mailing_list_values(self):
        """Return the values of the contact event of a customer without one; extend."""
        self.ensure_one()
        purpose = self.env.ref(MARKETING, raise_if_not_found=False)
        return {
            "name": self.env._("Mailing list"),
            "partner_id": self.id,
            "purpose_id": purpose.id if purpose else False,
            "company_id": (self.company_id or self.env.company).id,
            "mailing_list": True,
            "state": STATE_DONE,
        }

    @api.private
    def modified(self, fnames, create=False, before=False):
        """Add: what contact events hold of it is read anew. Costs no statement."""
        super().modified(fnames, create=create, before=before)
        if before:
            return
        new = self.env.cr.precommit.data.setdefault(NEW, set())
        if create:
            new.update(product(self._ids, LATE))
            return
        changed = FOLLOWERS.keys() & set(fnames)
        if not MOVING.isdisjoint(fnames):
            new.clear()
            changed.add(CUSTOMER)
        if changed:
            self.env["kontakti.contact"]._forget_register(changed)

    def _write_multi(self, vals_list):
        """Add: contact events follow, in one statement, what they hold of it."""
        proposed = self._get_names_replaced(vals_list)
        self._note_kontakti_moves(vals_list)
        super()._write_multi(vals_list)
        new = self.env.cr.precommit.data.get(NEW, set())
        partner_ids, fnames = [], set()
        for partner_id, vals in zip(self._ids, vals_list, strict=True):
            changed = self._get_followed(
                new, partner_id, FOLLOWERS.keys() & vals.keys()
            )
            if changed:
                partner_ids.append(partner_id)
                fnames |= changed
        if partner_ids:
            contacts = self.env["kontakti.contact"]
            contacts._follow_register(partner_ids, fnames, proposed)

    def _get_names_replaced(self, vals_list):
        """Return ``{id: [name]}`` of the people renamed, while their rows still say it.

        What is known to be a company is nobody's contact person, and is not asked.
        """
        renamed = [
            partner.id
            for partner, vals in zip(self, vals_list, strict=True)
            if "name" in vals and not partner._cache.get("is_company")
        ]
        if not renamed:
            return {}
        rows = self.env.execute_query(
            SQL(
                "SELECT id, name FROM res_partner kontakti_renamed WHERE id IN %s",
                tuple(renamed),
            )
        )
        return {partner_id: [name] for partner_id, name in rows if name}

    def _note_kontakti_moves(self, vals_list):
        """Before they are written: have those counted anew that partners leave."""
        moved = [
            partner_id
            for partner_id, vals in zip(self._ids, vals_list, strict=True)
            if not MOVING.isdisjoint(vals)
        ]
        pulse = self.env["kontakti.pulse"]
        above = pulse._find_above(moved) if moved else []
        pulse._note(partners=above)
        if above or any(INTERVAL in vals for vals in vals_list):
            self.env["kontakti.contact"]._signal_shared_change()

    @api.model
    def _get_followed(self, new, partner_id, changed):
        """Return which of ``changed`` contact events have to follow.

        What is computed a moment after the row was made they have already: theirs, if
        there are any, were computed from the same. After any other change they have not.
        """
        late = {(partner_id, fname) for fname in LATE}
        if changed - LATE:
            new -= late
            return changed
        known = new & late
        new -= {(partner_id, fname) for fname in changed}
        return {fname for fname in changed if (partner_id, fname) not in known}

    @api.model
    def _search_display_name(self, operator, value):
        """Add: by phone, written in any way, with ``kontakti_by_phone`` in the context."""
        domain = super()._search_display_name(operator, value)
        is_sought = operator == "ilike" and isinstance(value, str)
        if is_sought and self.env.context.get(BY_PHONE):
            domain = Domain(domain) | self._get_kontakti_phone_domain(value)
        return domain

    @api.model
    def _get_kontakti_phone_domain(self, text):
        """Return the domain of the partners whose number ``text`` is, or is in.

        By Odoo's index of the digits, which are the same in every way of writing but for
        what stands for the country; with a country in ``text``, of that country or of
        none that is known.
        """
        # sudo: the country alone, of the user's own organisation
        digits = national_digits(text, self.env.company.sudo().country_id.code)
        if not digits:
            return Domain.FALSE
        domain = Domain("phone_mobile_search", "ilike", digits)
        number = international_number(text)
        if number:
            domain &= Domain("phone_sanitized", "in", [number, False])
        return domain
