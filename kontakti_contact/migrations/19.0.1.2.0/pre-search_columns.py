from odoo.tools.sql import column_exists, create_column

TABLE = "kontakti_contact"
COLUMNS = {"phone_key": "varchar", "plain_text": "text"}


def migrate(cr, version):
    """Make the columns that searches use; Odoo would fill all rows of new ones at once."""
    for name, column_type in COLUMNS.items():
        if not column_exists(cr, TABLE, name):
            create_column(cr, TABLE, name, column_type)
