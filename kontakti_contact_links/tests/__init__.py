from . import (
    test_js,
    test_link,
    test_link_access,
    test_link_analysis,
    test_link_fuzz,
    test_link_life,
    test_link_menu,
    test_link_merge,
    test_link_methods,
    test_link_models,
    test_link_queries,
    test_link_register,
)
