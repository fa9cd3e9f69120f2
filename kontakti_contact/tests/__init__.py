from . import test_contact, test_customer, test_customer_create
