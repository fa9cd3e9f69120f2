"""The addresses of the labels as a file for a mail merge (S4)."""

import csv
import io

import xlsxwriter

from .plan import Choices, Plan

LINES = 8
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(plan: Plan, choices: Choices, countries: dict) -> list[list[str]]:
    """Return a row a label, in the order of the labels: fields, then printed lines.

    :param countries: ``{id: name}`` in the language of who reads the file
    """
    return [
        [
            label.recipient.name or label.recipient.person,
            label.recipient.person,
            label.recipient.street,
            label.recipient.street2,
            label.recipient.zip,
            label.recipient.city,
            label.recipient.state_name,
            countries.get(label.recipient.country or choices.home, ""),
            *(label.address + [""] * LINES)[:LINES],
        ]
        for label in plan.labels
    ]


def defuse(text: str) -> str:
    """Return ``text`` so that a spreadsheet takes no typed name for a formula.

    >>> defuse("=HYPERLINK(1)"), defuse("Virtanen Oy")
    ("'=HYPERLINK(1)", 'Virtanen Oy')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def to_csv(header: list[str], body: list[list[str]], separator: str = ",") -> bytes:
    """Return CSV in UTF-8 with the mark that spreadsheets know it by.

    :param separator: a semicolon where a comma stands in numbers, as spreadsheets
        expect it there
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, quoting=csv.QUOTE_ALL)
    for row in [header, *body]:
        writer.writerow([defuse(text) for text in row])
    return file.getvalue().encode("utf-8-sig")


def to_xlsx(header: list[str], body: list[list[str]]) -> bytes:
    """Return a workbook of text cells: nothing typed becomes a formula or a number."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, bold)
        for number, row in enumerate(body, 1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(header) - 1, 20)
    return file.getvalue()
