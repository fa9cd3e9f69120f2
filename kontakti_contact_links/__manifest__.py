{
    "name": "Kontakti Links",
    "summary": "Links between a contact event and its documents, and the way back",
    "version": "19.0.1.2.0",
    "category": "Sales/CRM",
    "author": "Kontakti",
    "license": "LGPL-3",
    "depends": ["kontakti_contact", "web"],
    "data": [
        "security/ir.model.access.csv",
        "data/kontakti_link_model_data.xml",
        "views/kontakti_link_model_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "assets": {
        "web.assets_backend": [
            # before all others: templates made from the control panel get it too
            (
                "prepend",
                "kontakti_contact_links/static/src/links_menu/control_panel.xml",
            ),
            "kontakti_contact_links/static/src/**/*",
        ],
        "web.assets_unit_tests": [
            "kontakti_contact_links/static/tests/**/*.test.js",
        ],
    },
}
