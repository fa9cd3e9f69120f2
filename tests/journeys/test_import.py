"""S2, S3, S6-S14: a CSV of 200 contacts through the web client's import."""

import csv
import datetime
import random
import zoneinfo

import pytest

SEED = 20261123
ROWS = 200
COLUMNS = (
    "name customer_name contact_person phone email city date duration next_date"
    " discussion responsible_id purpose_id mailing_list"
).split()
CUSTOMERS = [f"{name} Oy" for name in "Ääkkönen Järvi Kivi Lampi Mäki Niemi".split()]
CUSTOMERS += ["  järvi oy", "KIVI OY ", ""]
LABELS = """
import json
contacts = env["kontakti.contact"].with_context(lang="fi_FI")
print("JSON:" + json.dumps({name: field["string"]
    for name, field in contacts.fields_get(attributes=["string"]).items()}))
"""


def today_in_helsinki():
    return datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Helsinki")).date()


def make_rows(today):
    """200 believable rows, the same at every run but for the day they start from."""
    draw = random.Random(SEED)
    rows = []
    for number in range(ROWS):
        shift = draw.choice([None, *range(-20, 21), 0, 0, 1])
        next_date = today + datetime.timedelta(days=shift) if shift is not None else ""
        rows.append(
            {
                "name": f"Tarjouspyyntö {number}; ”kiireinen”",
                "customer_name": draw.choice(CUSTOMERS),
                "contact_person": draw.choice(["Liisa Åkerblom", "Ville Öhman", ""]),
                "phone": f"+358 40 {draw.randrange(10**6, 10**7)}",
                "email": f"asiakas{number}@kontakti.example",
                "city": draw.choice(["Hämeenlinna", "Järvenpää", "Porvoo"]),
                "date": f"{today - datetime.timedelta(days=number % 30)} 08:30:00",
                "duration": draw.choice(["0.25", "0.5", "1.0"]),
                "next_date": str(next_date),
                "discussion": "Puhuttiin hinnasta.\nTarjous luvattu.",
                "responsible_id": draw.choice(["Aino", "Eino", ""]),
                "purpose_id": draw.choice(["Myynti", "Markkinointi", ""]),
                "mailing_list": draw.choice(["True", "False"]),
            }
        )
    return rows


def count_independently(rows, today):
    """The task list's numbers of the organisation, from the CSV's rows alone."""
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    day, last = str(today), str(sunday)
    tests = {
        "all": lambda row: True,
        "late": lambda row: row["next_date"] and row["next_date"] < day,
        "today": lambda row: row["next_date"] == day,
        "week": lambda row: day < row["next_date"] <= last,
        "later": lambda row: row["next_date"] > last,
        "undated": lambda row: not row["next_date"],
        "unassigned": lambda row: not row["responsible_id"],
    }
    return {
        key: count([row for row in rows if test(row)]) for key, test in tests.items()
    }


def count(rows):
    names = {row["customer_name"].strip().lower() for row in rows}
    return {"customers": len(names), "contacts": len(rows)}


@pytest.fixture
def csv_file(site, tmp_path):
    """The file with Finnish headers, and its rows."""
    today = today_in_helsinki()
    rows = make_rows(today)
    labels = site.run(LABELS)
    path = tmp_path / "kontaktit.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(labels[column] for column in COLUMNS)
        writer.writerows([row[column] for column in COLUMNS] for row in rows)
    return path, rows, today


def test_200_contacts_imported_in_finnish_give_the_task_list_their_numbers(
    site, csv_file
):
    path, rows, today = csv_file
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.click(".o_control_panel .o_cp_action_menus button")
    page.click(".o_import_menu")
    page.set_input_files("input[type=file]", str(path))
    page.wait_for_selector(".o_import_data_content table")
    page.get_by_role("button", name="Tuo", exact=True).click()
    page.wait_for_selector(".o_list_view .o_data_row", timeout=120_000)
    task_list = page.evaluate(
        "() => odoo.__WOWL_DEBUG__.root.env.services.orm"
        ".call('kontakti.contact', 'get_task_list', [])"
    )
    sections = {section["key"]: section for section in task_list["sections"]}
    found = {
        group["key"]: {key: group[key] for key in ("customers", "contacts")}
        for group in sections["organisation"]["groups"]
    }
    assert task_list["today"] == str(today)
    assert found == count_independently(rows, today)
    listed = [row for row in rows if row["mailing_list"] == "True"]
    group = sections["mailing_list"]["groups"][0]
    assert {key: group[key] for key in ("customers", "contacts")} == count(listed)
    assert sections["personal"]["groups"][0]["contacts"] == 0
    page.goto(f"{site.url}/odoo/kontakti")
    late = found["late"]["customers"]
    cell = page.locator(".o_kontakti_section_organisation .o_kontakti_cell_late")
    shown = cell.locator(".o_kontakti_customers").inner_text()
    assert int(shown) == late


def test_contacts_are_exported_from_the_list(site):
    site.run('env["kontakti.contact"].create({"name": "Viedään"})')
    page = site.page_of("aino")
    page.goto(f"{site.url}/odoo/contact-events")
    page.wait_for_selector(".o_list_view .o_data_row")
    page.click(".o_list_view thead .o_list_record_selector input")
    page.click(".o_control_panel_actions .o_cp_action_menus .dropdown-toggle")
    page.locator(".o-dropdown--menu").get_by_text("Vienti", exact=True).click()
    page.wait_for_selector(".modal .o_export_field, .modal .o_fields_list")
    with page.expect_download() as download:
        page.click(".modal .o_select_button")
    assert download.value.suggested_filename.endswith((".xlsx", ".csv"))
