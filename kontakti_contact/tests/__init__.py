from . import (
    test_access_http,
    test_access_matrix,
    test_access_methods,
    test_access_sweep,
    test_contact,
    test_customer,
    test_customer_create,
    test_js,
    test_nothing_lost,
    test_task_list,
    test_task_list_customers,
    test_today,
)
