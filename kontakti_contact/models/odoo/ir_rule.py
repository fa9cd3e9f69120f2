from odoo import api, models

OWN_DIALOG = (
    "['|', ('res_model', '!=', 'kontakti.contact'), ('create_uid', '=', user.id)]"
)
# few in number and read by administrators alone
OWN_MESSAGE = (
    "[('mail_message_id', 'not any', [('kontakti_owner_id', '!=', False),"
    " ('kontakti_owner_id', '!=', user.id)])]"
)
NO_CONTACTS = "[('res_model_name', '!=', 'kontakti.contact')]"
# model: (identifier, name, domain); of addons that need not be installed
SOFT_RULES = {
    "base_import.import": (
        "base_import_rule_own",
        "Importing contact events: one's own file",
        OWN_DIALOG,
    ),
    "data_recycle.record": (
        "data_recycle_record_rule_hidden",
        "Record to recycle: no contact events",
        NO_CONTACTS,
    ),
    "sms.composer": (
        "sms_composer_rule_own",
        "Text messages from contact events: one's own",
        OWN_DIALOG,
    ),
    "sms.sms": (
        "sms_rule_hidden",
        "Text message: none of others' personal contact events",
        OWN_MESSAGE,
    ),
}


class IrRule(models.Model):
    """Record rules of models that need not be installed (S8)."""

    _inherit = "ir.rule"

    def _register_hook(self):
        """Make the rules that lack; those of the addons we depend on are data files."""
        super()._register_hook()
        for model, (identifier, name, domain) in SOFT_RULES.items():
            xmlid = f"kontakti_contact.{identifier}"
            if model in self.env and not self.env.ref(xmlid, raise_if_not_found=False):
                self._create_soft_rule(model, xmlid, name, domain)

    @api.model
    def _create_soft_rule(self, model, xmlid, name, domain):
        values = {
            "name": name,
            "model_id": self.env["ir.model"]._get_id(model),
            "domain_force": domain,
            "perm_create": False,
        }
        rule = {"xml_id": xmlid, "values": values, "noupdate": True}
        # sudo: the registry is loaded by the system
        self.sudo()._load_records([rule])
