from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo import fields

from .common import KontaktiCommon

PAGE = 4
PULSE = [
    "kontakti_last_date",
    "kontakti_last_user_id",
    "kontakti_next_date",
    "kontakti_contacts_12m",
    "kontakti_days_silent",
]


class PulseCommon(KontaktiCommon):
    """The numbers of customers as the contract says them, in plain Python."""

    @classmethod
    def _partners(cls, user, partners, **context):
        """Return ``partners`` as ``user`` sees them, caches empty."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return partners.with_user(user).with_context(**context)

    def _get_chain(self, partner):
        found = set()
        while partner:
            found.add(partner.id)
            partner = partner.parent_id
        return found

    def _is_on_card(self, contact, card):
        """Whether a contact event shows on a card of the register."""
        people = contact.with_context(active_test=False).participant_ids
        if any(card.id in self._get_chain(person) for person in people):
            return True
        if card == card.commercial_partner_id:
            of_company = card.id in self._get_chain(contact.commercial_partner_id)
            return of_company or contact.partner_id == card
        return card.id in self._get_chain(contact.partner_id)

    def _get_shared(self, companies):
        contacts = self.env["kontakti.contact"].search([("personal", "=", False)])
        return contacts.filtered(
            lambda rec: not rec.company_id or rec.company_id in companies
        )

    def _get_expected(self, user, card, shared):
        """Return ``{field: value}`` of a card, from the shared ones of the companies."""
        found = shared.filtered(lambda rec: self._is_on_card(rec, card))
        dated = found.filtered("date").sorted(lambda rec: (rec.date, rec.id))
        last = dated[-1:]
        dates = found.filtered(lambda rec: rec.state == "open").mapped("next_date")
        today = user._get_kontakti_today()
        first = user._get_kontakti_midnight(today - relativedelta(months=12))
        after = user._get_kontakti_midnight(today + relativedelta(days=1))
        lately = dated.filtered(lambda rec: first <= rec.date < after)
        return {
            "kontakti_last_date": last.date,
            "kontakti_last_user_id": last.contacted_by_id.id,
            "kontakti_next_date": min(filter(None, dates), default=False),
            "kontakti_contacts_12m": len(lately),
            "kontakti_days_silent": max((after - last.date).days, 0) if last else False,
        }

    def _get_shown(self, partner):
        return {
            fname: partner[fname].id if fname.endswith("_id") else partner[fname]
            for fname in PULSE
        }

    def assert_pulse(self, user, companies, cards):
        """Check every number of ``cards`` as ``user`` with ``companies`` chosen."""
        self.env.flush_all()
        self.env.invalidate_all()
        shared = self._get_shared(companies)
        expected = {
            card.id: self._get_expected(user, card.sudo(), shared) for card in cards
        }
        seen = self._partners(user, cards, allowed_company_ids=companies.ids)
        shown = {partner.id: self._get_shown(partner) for partner in seen}
        self.assertEqual(shown, expected)
        self.assert_order_and_search(seen, expected)

    def _get_order(self, expected, fname, sign):
        """Return the ids by a field, up or down (-1), those without it last."""

        def key(partner_id):
            value = expected[partner_id][fname]
            if isinstance(value, datetime):
                value = value.timestamp()
            return (value is False, sign * (value or 0), partner_id)

        return sorted(expected, key=key)

    def assert_order_and_search(self, seen, expected):
        """Check that sorting and searching say what reading says."""
        among = [("id", "in", seen.ids)]
        seen = seen.with_context(active_test=False)
        for fname, order, sign in (
            ("kontakti_last_date", "kontakti_last_date", 1),
            ("kontakti_last_date", "kontakti_days_silent desc", 1),
            ("kontakti_last_date", "kontakti_last_date desc", -1),
            ("kontakti_last_date", "kontakti_days_silent", -1),
            ("kontakti_contacts_12m", "kontakti_contacts_12m", 1),
        ):
            wanted = self._get_order(expected, fname, sign)
            order = f"{order}, id"
            self.assertEqual(seen.search(among, order=order).ids, wanted, order)
            paged = [
                partner_id
                for offset in range(0, len(wanted), PAGE)
                for partner_id in seen.search(
                    among, order=order, limit=PAGE, offset=offset
                ).ids
            ]
            self.assertEqual(paged, wanted, order)
        for fname, operator, value, is_found in (
            ("kontakti_days_silent", ">=", 30, lambda v: v is not False and v >= 30),
            ("kontakti_days_silent", ">", 90, lambda v: v is not False and v > 90),
            ("kontakti_days_silent", "<", 90, lambda v: v is not False and v < 90),
            ("kontakti_days_silent", "=", False, lambda v: v is False),
            ("kontakti_last_date", "=", False, lambda v: v is False),
            ("kontakti_next_date", "!=", False, lambda v: v is not False),
            ("kontakti_contacts_12m", "=", 0, lambda v: v == 0),
            (
                "kontakti_last_user_id",
                "=",
                self.anna.id,
                lambda v: v == self.anna.id,
            ),
            (
                "kontakti_last_date",
                ">=",
                "2026-11-01",
                lambda v: v and v >= fields.Datetime.to_datetime("2026-11-01"),
            ),
        ):
            found = seen.search([*among, (fname, operator, value)])
            wanted = {key for key in seen.ids if is_found(expected[key][fname])}
            self.assertEqual(set(found.ids), wanted, (fname, operator, value))
