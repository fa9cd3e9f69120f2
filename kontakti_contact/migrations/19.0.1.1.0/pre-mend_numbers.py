from odoo.tools import SQL
from odoo.tools.sql import table_exists

LARGEST = 1_000_000
SIZES = (
    "paper_width",
    "paper_height",
    "label_width",
    "label_height",
    "margin_left",
    "margin_top",
    "gap_x",
    "gap_y",
    "padding",
    "offset_x",
    "offset_y",
    "font_size",
)


def migrate(cr, version):
    """Set numbers that were none to 0: one of them broke every list it was summed in.

    A label sheet with such a size is archived: what it measures is not known.
    """
    cr.execute(
        "UPDATE kontakti_contact SET duration = 0 WHERE duration NOT BETWEEN 0 AND %s",
        [LARGEST],
    )
    # the first databases had no label sheets
    sizes = SIZES if table_exists(cr, "kontakti_label_format") else ()
    for name in sizes:
        cr.execute(
            SQL(
                "UPDATE kontakti_label_format SET %(size)s = 0, active = FALSE"
                " WHERE %(size)s NOT BETWEEN %(least)s AND %(most)s",
                size=SQL.identifier(name),
                least=-LARGEST,
                most=LARGEST,
            )
        )
