{
    "name": "Kontakti: Example of an Integrator's Addon",
    "summary": "Applications of its own in the menu of contact events; only for tests",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "author": "Kontakti",
    "license": "LGPL-3",
    "depends": ["kontakti_contact"],
    "data": [
        "security/ir.model.access.csv",
        "data/kontakti_application_data.xml",
    ],
}
