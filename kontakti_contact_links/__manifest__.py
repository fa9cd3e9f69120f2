{
    "name": "Kontakti Links",
    "summary": "Links between a contact event and its documents, and the way back",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Kontakti",
    "license": "LGPL-3",
    "depends": ["kontakti_contact", "web"],
}
