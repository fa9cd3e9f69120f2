from odoo.service.model import call_kw

from odoo.addons.kontakti_contact.tests.common import KONTAKTI_USER
from odoo.addons.kontakti_contact.tests.common_applications import (
    INVOICING,
    SALES,
    ApplicationsCommon,
)

LINK = "kontakti.link"
CONTACT = "kontakti.contact"


class LinksCommon(ApplicationsCommon):
    """Contact events and documents to link; see who sees which link.

    seller sees the own sales orders, clerk sells and invoices, admin is a settings
    administrator and a manager of Kontakti.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = f"{KONTAKTI_USER},{SALES},{INVOICING}"
        cls.clerk = cls._create_user("clerk", groups)
        cls.admin = cls._create_user(
            "admin", "base.group_system,kontakti_contact.group_kontakti_manager"
        )
        cls.other = cls._create_partner("Korhonen Ab")

    @classmethod
    def _links(cls, user, **context):
        """Return the model of links as ``user`` sees it, caches empty."""
        cls.env.flush_all()
        cls.env.invalidate_all()
        return cls.env[LINK].with_user(user).with_context(**context)

    @classmethod
    def _link(cls, record, others):
        """Link as superuser."""
        return cls.env[LINK].sudo().link(record.sudo(), others.sudo())

    @classmethod
    def _create_order(cls, user=None, **vals):
        orders = cls.env["sale.order"].with_user(user or cls.seller)
        order = orders.create({"partner_id": cls.customer.id, **vals})
        order.flush_recordset()
        return order

    def _call(self, user, method, *args, **kwargs):
        """Call a method of links as the web client does, with nothing in the cache."""
        context = {"context": {"lang": "en_US"}}
        result = call_kw(self._links(user), method, list(args), {**kwargs, **context})
        self.env.flush_all()
        return result

    def _linked(self, user, record):
        """Return the ends (model, id) that ``user`` is shown as linked with a record."""
        rows = self._call(user, "get_links", record._name, record.id)
        return [(row["model"], row["id"]) for row in rows]

    def _all_linked(self, record):
        """Return the ends that are linked with a record, whoever may see them."""
        links = self._links(self.env.user).sudo()
        found = links.search(links._get_links_domain(record._name, [record.id]))
        ends = (link._get_other_end(record._name, record.id) for link in found)
        return set(ends)

    @staticmethod
    def _end(record):
        return (record._name, record.id)

    def _traces(self, contact):
        """Return the chatter's messages on what was linked and is gone."""
        messages = self._seen_by(self.env.user, contact).sudo().message_ids
        return [body for body in messages.mapped("body") if "deleted" in body]
