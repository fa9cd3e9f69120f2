from . import kontakti_customer_create
