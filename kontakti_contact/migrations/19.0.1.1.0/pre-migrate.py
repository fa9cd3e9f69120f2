"""Rules whose domain changed go, and are made anew; those on mail tables go for good."""

from odoo import SUPERUSER_ID, api

GONE = (
    "kontakti_contact_rule_company",
    "mail_followers_rule_hidden",
    "mail_message_rule_hidden",
    "mail_notification_rule_hidden",
)


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in GONE:
        rule = env.ref(f"kontakti_contact.{name}", raise_if_not_found=False)
        if rule:
            rule.unlink()
