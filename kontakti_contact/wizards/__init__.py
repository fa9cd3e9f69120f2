from . import base_partner_merge, kontakti_customer_create, mail_compose_message
