from . import base_partner_merge, kontakti_bulk, kontakti_customer_create
from . import kontakti_hand_over
from . import kontakti_label_print
from . import kontakti_label_print_files, mail_compose_message
