from odoo.tests import freeze_time, tagged

from odoo.addons.kontakti_contact.tests.common import NOW
from odoo.addons.kontakti_contact.tests.common_fuzz import FuzzCommon

CONTACT, LINK, LINK_MODEL = "kontakti.contact", "kontakti.link", "kontakti.link.model"
TIMES = 25


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestLinkFuzz(FuzzCommon):
    """Whatever a client sends to the links, it gets a result or a sentence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner = cls._create_partner()
        cls.contact = cls._create_contact()
        cls.other = cls._create_contact()
        cls.examples = {
            CONTACT: cls.contact,
            LINK: cls.env[LINK].link(cls.contact, cls.partner),
            LINK_MODEL: cls.env[LINK_MODEL].create({"res_model": "res.country"}),
            "kontakti.application": cls.env["kontakti.application"].search([], limit=1),
            "res.partner": cls.partner,
        }

    def _right_calls(self):
        """Return right calls: ``{model: {method: (arguments, named arguments)}}``."""
        record = {"model": CONTACT, "res_id": self.contact.id}
        pair = {**record, "other_model": "res.partner", "other_id": self.partner.id}
        many = {**record, "other_model": CONTACT, "other_id": self.other.ids}
        vals = {
            "source_model": CONTACT,
            "source_id": self.contact.id,
            "target_model": CONTACT,
            "target_id": self.other.id,
        }
        application = {"name": "A", "code": "a", "res_model": "res.partner"}
        return {
            LINK: {
                "create": ([[vals]], {}),
                "get_links": ([], {**record, "limit": 5, "offset": 0}),
                "get_links_menu": ([], record),
                "link_between": ([], many),
                "unlink_between": ([], pair),
                "unlink": ([], {}),
            },
            LINK_MODEL: {
                "create": ([[{"res_model": "res.bank", "name": "B"}]], {}),
                "write": ([{"name": "B", "sequence": 1, "active": False}], {}),
                "unlink": ([], {}),
            },
            "kontakti.application": {
                "create": ([[application]], {}),
                "write": ([application], {}),
                "unlink": ([], {}),
            },
        }

    def test_nothing_that_a_client_sends_ends_in_a_traceback(self):
        right = self._right_calls()
        vals = right[LINK]["create"][0][0][0]
        domain = [["source_model", "=", CONTACT], ["source_id", "in", [1]]]
        spec = dict.fromkeys(vals, {})
        odoo_s = {
            LINK: {
                "read": ([list(vals)], {}),
                "write": ([vals], {}),
                "web_search_read": ([], {"domain": domain, "specification": spec}),
                "web_read_group": ([domain, ["source_model"], ["__count"]], {}),
                "web_save": ([], {"vals": vals, "specification": spec}),
                "onchange": ([vals, [], spec], {}),
                "load": ([list(vals), [[CONTACT, "1", CONTACT, "2"]]], {}),
            },
            LINK_MODEL: {
                "web_save": (
                    [{"res_model": "res.bank", "icon": "x"}, {"name": {}}],
                    {},
                ),
                "onchange": ([{"res_model": "x"}, [], {"takes_part": {}}], {}),
            },
            CONTACT: {"message_change_thread": ([], {"new_thread": 1})},
        }
        calls = self._make_own_calls("kontakti_contact_links", right)
        self._fuzz([*calls, *self._make_odoo_calls(odoo_s)], TIMES)
