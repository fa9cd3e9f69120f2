from . import kontakti_contact, test_kontakti_ticket
