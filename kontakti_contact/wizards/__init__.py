from . import base_partner_merge, kontakti_bulk, kontakti_customer_create
from . import kontakti_hand_over, mail_compose_message
from . import labels
