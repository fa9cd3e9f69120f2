"""The record rules of the companies, of which data files change none that is there.

A rule that an administrator has changed stays.
"""

from odoo import SUPERUSER_ID, api

CHOSEN = "('company_id', 'in', company_ids + [False])"
OWN = "'&', ('personal', '=', True), ('contacted_by_id', '=', user.id)"
FOLLOWED = ", ('previous_id.personal', '=', True), ('previous_id.contacted_by_id', '=', user.id)"
LEFT = "('company_id', 'not in', user.company_ids.ids)"
OTHERS = (
    "('company_id', 'in', user.company_ids.with_context(active_test=False)"
    ".search([('id', 'not in', user.company_ids.ids)]).ids)"
)
READ = f"['|', {CHOSEN}, '&', {OWN}, %s]"
CREATE = f"['|', {CHOSEN}, '&', '&', '&', {OWN}, %s{FOLLOWED}]"
# identifier: (the domains shipped before, the present one)
RULES = {
    "kontakti_contact_rule_company": ((f"[{CHOSEN}]", READ % LEFT), READ % OTHERS),
    "kontakti_contact_rule_company_create": ((CREATE % LEFT,), CREATE % OTHERS),
}


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for identifier, (before, now) in RULES.items():
        rule = env.ref(f"kontakti_contact.{identifier}", raise_if_not_found=False)
        if rule and (rule.domain_force or "").strip() in before:
            is_read = identifier == "kontakti_contact_rule_company"
            rule.write({"domain_force": now, "perm_create": not is_read})
