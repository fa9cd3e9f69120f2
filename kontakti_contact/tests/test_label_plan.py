from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common_labels import LabelsCommon


@tagged("post_install", "-at_install")
class TestLabelPlan(LabelsCommon):
    """Who gets a label, in which order, and what it says (S4)."""

    def _addresses(self, wizard):
        return [label.address for label in wizard._make_plan().labels]

    def test_the_labels_are_of_the_contacts_chosen(self):
        chosen = self._create_address("Chosen Oy", 1)
        self._create_address("Other Oy", 2, mailing_list=True)
        self.assertEqual(self._names(self._open_wizard(chosen)), ["Chosen Oy"])

    def test_all_on_the_mailing_list_are_those_of_the_task_list_s_row(self):
        self._create_address("Open Oy", 1, mailing_list=True)
        self._create_address("Done Oy", 2, mailing_list=True, state="done")
        self._create_address("Secret Oy", 3, mailing_list=True, personal=True)
        self._create_address("Not Oy", 4)
        action = self._contacts(self.anna).env["kontakti.label.print"]
        action = action.action_open_mailing_list()
        wizard = self.env["kontakti.label.print"].with_user(self.anna)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual(self._names(wizard), ["Open Oy", "Done Oy"])
        task_list = self._contacts(self.anna).get_task_list()["sections"]
        row = next(row for row in task_list if row["key"] == "mailing_list")
        self.assertEqual(row["groups"][0]["contacts"], wizard.label_count)
        found = self._contacts(self.anna).search(row["groups"][0]["domain"])
        filtered = self._contacts(self.anna).search(
            [("task_list_cell", "=", "mailing_list.all")]
        )
        self.assertEqual(found, filtered)

    def test_the_order_is_by_postal_code_or_by_name(self):
        contacts = (
            self._create_address("Öljy Oy", 20, zip="00200")
            + self._create_address("Ahti Oy", 30, zip="90100")
            + self._create_address("Åbo Ab", 40, zip="00100")
            + self._create_address("Zorro Oy", 50, zip="33100")
            + self._create_address("Älä Oy", 60, zip="00300")
        )
        self.assertEqual(
            self._names(self._open_wizard(contacts)),
            ["Åbo Ab", "Öljy Oy", "Älä Oy", "Zorro Oy", "Ahti Oy"],
        )
        self.assertEqual(
            self._names(self._open_wizard(contacts, sort_by="name")),
            ["Ahti Oy", "Zorro Oy", "Åbo Ab", "Älä Oy", "Öljy Oy"],
        )

    def test_addresses_abroad_come_after_those_at_home_by_country(self):
        contacts = (
            self._create_address(
                "Sven", 1, zip="111 22", country_id=self.env.ref("base.se").id
            )
            + self._create_address(
                "Jaan", 2, zip="10111", country_id=self.env.ref("base.ee").id
            )
            + self._create_address("Aino", 3, zip="99999")
        )
        self.assertEqual(
            self._names(self._open_wizard(contacts)), ["Aino", "Jaan", "Sven"]
        )

    def test_a_shared_address_gets_one_label_and_the_newest_wins(self):
        old = self._create_address("Virtanen Anna", date="2026-01-01 10:00:00")
        new = self._create_address(
            "Virtanen Matti", zip="FI-00001", street=" MANNERHEIMINTIE  1"
        )
        wizard = self._open_wizard(old + new)
        self.assertEqual(self._names(wizard), ["Virtanen Matti"])
        self.assertEqual(self._reasons(wizard), {"duplicate": ["Virtanen Anna"]})

    def test_one_label_a_customer_or_a_contact_event_when_so_chosen(self):
        first = self._create_address("Virtanen Anna")
        again = self._create_address("virtanen anna")
        other = self._create_address("Virtanen Matti")
        contacts = first + again + other
        wizard = self._open_wizard(contacts, one_label_per="customer")
        self.assertEqual(
            sorted(self._names(wizard)), ["Virtanen Matti", "virtanen anna"]
        )
        wizard.one_label_per = "contact"
        self.assertEqual(wizard.label_count, 3)

    def test_two_addresses_in_one_street_are_not_the_same(self):
        contacts = self._create_address(street="Katu 1") + self._create_address(
            street="Katu 11"
        )
        self.assertEqual(self._open_wizard(contacts).label_count, 2)

    def test_what_cannot_be_printed_is_listed_with_the_reason(self):
        partner = self._create_partner(
            "Archived Oy", street="Katu 1", zip="1", city="Turku"
        )
        archived = self._create_contact(partner_id=partner.id)
        partner.active = False
        self.env["mail.blacklist"].create({"email": "no@more.example"})
        contacts = (
            archived
            + self._create_address("Gone Oy", 2, email="Gone <NO@more.example>")
            + self._create_address("Homeless Oy", 3, street=False, zip=False)
            + self._create_address(False, 4)
            + self._create_address("x" * 250, 5)
            + self._create_address("Fine Oy", 6)
        )
        wizard = self._open_wizard(contacts)
        self.assertEqual(self._names(wizard), ["Fine Oy"])
        self.assertEqual(
            self._reasons(wizard),
            {
                "archived": ["Archived Oy"],
                "opted_out": ["Gone Oy"],
                "no_address": ["Homeless Oy"],
                "no_name": ["No name"],
                "too_long": ["x" * 250],
            },
        )

    def test_numbers_that_differ_are_other_addresses(self):
        contacts = self._create_address("A", street="Katu 1 12", zip="1")
        contacts += self._create_address("B", street="Katu 11 2", zip="1")
        contacts += self._create_address("C", street="Katu 1", street2="12", zip="1")
        self.assertEqual(self._open_wizard(contacts).label_count, 2)

    def test_customers_without_a_street_are_no_neighbours(self):
        town = {"street": False, "zip": "20100", "city": "TURKU"}
        contacts = self._create_address("Aho Oy", **town)
        contacts += self._create_address("Bo Oy", **town)
        contacts += self._create_address("bo oy", **town)
        self.assertEqual(self._open_wizard(contacts).label_count, 2)

    def test_archived_customers_chosen_are_listed(self):
        address = {"street": "Katu 1", "zip": "20100", "city": "Turku"}
        partners = self._create_partner("Archived Oy", **address)
        partners.active = False
        for more in (self.env["res.partner"], self._create_partner("Fine", **address)):
            partners |= more
            chosen = self._seen_by(self.anna, partners)
            action = chosen.action_print_kontakti_labels()
            wizard = chosen.env["kontakti.label.print"].browse(action["res_id"])
            self.assertTrue(wizard.has_chosen)
            self.assertEqual(self._reasons(wizard), {"archived": ["Archived Oy"]})
            self.assertEqual(self._names(wizard), more.mapped("name"))

    def test_any_address_of_a_customer_opts_out(self):
        self.env["mail.blacklist"].create({"email": "no@more.example"})
        contact = self._create_address(email="yes@fi.example, no@more.example")
        self.assertEqual(
            self._reasons(self._open_wizard(contact)), {"opted_out": ["Virtanen Oy"]}
        )

    def test_a_sender_that_cannot_be_printed_is_refused_and_named(self):
        wizard = self._open_wizard(self._create_address(), sender="A")
        with self.assertRaisesRegex(ValidationError, "שלום"):
            wizard.write({"with_sender": True, "sender": "Oy שלום"})
        wizard.write({"with_sender": True, "sender": "Kukka \t💐 Oy"})
        self.assertEqual(wizard.label_count, 1)
        form = Form(wizard)
        form.sender = "Oy שלום"
        self.assertEqual(form.label_count, 1)

    def test_the_opted_out_are_printed_when_the_user_says_so(self):
        self.env["mail.blacklist"].create({"email": "no@more.example"})
        contact = self._create_address(email="no@more.example")
        wizard = self._open_wizard(contact, skip_opted_out=False)
        self.assertEqual(wizard.label_count, 1)

    def test_every_contact_chosen_is_a_label_or_has_a_reason(self):
        """Nothing is dropped in silence."""
        contacts = self.env["kontakti.contact"].union(
            *(
                self._create_address(f"C{n % 5}", n % 3, zip=n % 4 and "1")
                for n in range(30)
            )
        )
        wizard = self._open_wizard(contacts)
        skipped = sum(map(len, self._reasons(wizard).values()))
        self.assertEqual(wizard.label_count + skipped, 30)

    def test_the_contact_person_s_line_is_a_choice(self):
        contact = self._create_address(contact_person="Maija Meikäläinen")
        wizard = self._open_wizard(contact)
        self.assertEqual(
            self._addresses(wizard),
            [
                [
                    "Virtanen Oy",
                    "Maija Meikäläinen",
                    "Mannerheimintie 1",
                    "00001 HELSINKI",
                ]
            ],
        )
        wizard.with_person = False
        self.assertEqual(len(self._addresses(wizard)[0]), 3)

    def test_a_person_who_is_the_customer_is_named_once(self):
        contact = self._create_address("Maija", contact_person=" maija ")
        self.assertEqual(len(self._addresses(self._open_wizard(contact))[0]), 3)
        contact = self._create_address(False, contact_person="Maija")
        self.assertEqual(self._names(self._open_wizard(contact)), ["Maija"])

    def test_the_country_is_last_in_capitals_and_english_abroad_and_absent_at_home(
        self,
    ):
        home = self._create_address("Koti Oy", 1, country_id=self.finland.id)
        germany = self._create_address(
            "Haus GmbH",
            2,
            zip="10115",
            city="Berlin",
            country_id=self.env.ref("base.de").id,
        )
        states = self._create_address(
            "House Inc",
            3,
            zip="10001",
            city="New York",
            country_id=self.env.ref("base.us").id,
        )
        wizard = self._open_wizard(home + germany + states).with_context(lang="fi_FI")
        self.assertEqual(
            self._addresses(wizard),
            [
                ["Koti Oy", "Mannerheimintie 1", "00001 HELSINKI"],
                ["Haus GmbH", "Mannerheimintie 2", "10115 Berlin", "GERMANY"],
                ["House Inc", "Mannerheimintie 3", "New York 10001", "UNITED STATES"],
            ],
        )

    def test_the_postal_town_is_written_as_the_country_does(self):
        for code, line in (
            ("SE", "111 22 X"),
            ("EE", "111 22 X"),
            ("LV", "X, 111 22"),
            ("IT", "111 22 X"),
            ("GB", "111 22"),
            ("US", "X 111 22"),
        ):
            with self.subTest(country=code):
                country = self.env["res.country"].search([("code", "=", code)])
                contact = self._create_address(
                    zip="111 22", city="X", country_id=country.id
                )
                lines = self._addresses(self._open_wizard(contact))[0]
                self.assertEqual(lines[-2], line)
                self.assertEqual(lines[-1], country.name.upper())

    def test_a_country_s_layout_changed_by_the_user_counts(self):
        estonia = self.env.ref("base.ee")
        estonia.address_format = "%(city)s %(zip)s\n%(street)s"
        contact = self._create_address(country_id=estonia.id)
        self.assertEqual(
            self._addresses(self._open_wizard(contact)),
            [["Virtanen Oy", "HELSINKI 00001", "Mannerheimintie 1", "ESTONIA"]],
        )

    def test_a_field_that_an_addon_added_to_a_layout_is_on_the_label(self):
        """As l10n_pe does with the district."""
        partners = self.env.registry["res.partner"]
        own = partners._formatting_address_fields
        with patch.object(
            partners, "_formatting_address_fields", lambda rec: [*own(rec), "function"]
        ):
            estonia = self.env.ref("base.ee")
            estonia.address_format = "%(street)s\n%(function)s\n%(zip)s %(city)s"
            partner = self._create_partner(
                "Tamm OÜ",
                street="Narva mnt 5",
                function="Kesklinn",
                zip="10117",
                city="TALLINN",
                country_id=estonia.id,
            )
            expected = [
                "Tamm OÜ",
                "Narva mnt 5",
                "Kesklinn",
                "10117 TALLINN",
                "ESTONIA",
            ]
            contact = self._create_contact(partner_id=partner.id)
            self.assertEqual(self._addresses(self._open_wizard(contact)), [expected])
            typed = self._create_address("Typed", country_id=estonia.id)
            lines = self._addresses(self._open_wizard(typed))[0]
            self.assertEqual(lines[1:3], ["Mannerheimintie 1", "00001 HELSINKI"])

    def test_a_layout_of_numbers_that_odoo_accepts_is_filled_in(self):
        self.finland.address_format = "%(street)s\n%(zip)d %(city)s"
        contact = self._create_address(zip="00100")
        self.assertEqual(
            self._addresses(self._open_wizard(contact)),
            [["Virtanen Oy", "Mannerheimintie 1", "00100 HELSINKI"]],
        )

    def test_a_person_without_an_address_gets_the_company_s(self):
        company = self._create_partner(
            "Kivi Oy", street="Katu 1", zip="00100", city="HELSINKI"
        )
        person = self._create_partner(
            "Liisa", is_company=False, parent_id=company.id, type="other"
        )
        self.assertFalse(person.street)
        contact = self._create_contact(partner_id=person.id)
        expected = [["Kivi Oy", "Liisa", "Katu 1", "00100 HELSINKI"]]
        self.assertEqual(self._addresses(self._open_wizard(contact)), expected)
        own = self._seen_by(self.anna, person).action_print_kontakti_labels()
        wizard = self.env["kontakti.label.print"].with_user(self.anna)
        wizard = wizard.browse(own["res_id"])
        wizard.format_id = self.sheet
        self.assertEqual(self._addresses(wizard), expected)

    def test_the_preview_follows_every_choice(self):
        contacts = self._create_address("Kivi Oy") + self._create_address("Joki Oy")
        wizard = self._open_wizard(contacts)
        with Form(wizard) as form:
            self.assertEqual(form.label_count, 1)
            form.one_label_per = "contact"
            self.assertEqual(form.label_count, 2)

    def test_the_country_posted_in_can_be_chosen(self):
        germany = self.env.ref("base.de")
        contact = self._create_address(country_id=germany.id)
        wizard = self._open_wizard(contact, country_id=germany.id)
        self.assertEqual(len(self._addresses(wizard)[0]), 3)

    def test_the_state_of_a_registered_customer_is_on_the_label(self):
        partner = self._create_partner(
            "House Inc",
            street="Broadway 1",
            zip="10001",
            city="New York",
            state_id=self.env.ref("base.state_us_27").id,
            country_id=self.env.ref("base.us").id,
        )
        contact = self._create_contact(partner_id=partner.id)
        self.assertEqual(
            self._addresses(self._open_wizard(contact)),
            [["House Inc", "Broadway 1", "New York NY 10001", "UNITED STATES"]],
        )

    def test_home_is_the_country_of_the_organisation(self):
        self.company.country_id = self.env.ref("base.se")
        contact = self._create_address(country_id=self.finland.id)
        lines = self._addresses(self._open_wizard(contact))[0]
        self.assertEqual(lines[-1], "FINLAND")

    def test_customers_of_the_register_have_labels_too(self):
        company = self._create_partner(
            "Virtanen Oy", street="Katu 1", zip="20100", city="Turku"
        )
        person = self._create_partner(
            "Maija",
            is_company=False,
            parent_id=company.id,
            type="other",
            street="Katu 2",
            zip="20100",
            city="Turku",
        )
        alone = self._create_partner(
            "Matti", is_company=False, street="Katu 3", zip="20200", city="Turku"
        )
        action = (
            (company + person + alone)
            .with_user(self.anna)
            .action_print_kontakti_labels()
        )
        wizard = self.env["kontakti.label.print"].with_user(self.anna)
        wizard = wizard.browse(action["res_id"])
        self.assertEqual(
            sorted(self._addresses(wizard)),
            [
                ["Matti", "Katu 3", "20200 Turku"],
                ["Virtanen Oy", "Katu 1", "20100 Turku"],
                ["Virtanen Oy", "Maija", "Katu 2", "20100 Turku"],
            ],
        )

    def test_the_first_label_has_to_be_on_the_sheet(self):
        wizard = self._open_wizard(self._create_address())
        for place in (0, 25, -1):
            with self.subTest(place=place), self.assertRaises(ValidationError):
                wizard.first_place = place
        wizard.first_place = 24
        self.assertEqual(wizard.page["labels"][0]["place"], 24)

    def test_the_sheets_are_counted_from_the_first_free_label(self):
        contacts = self.env["kontakti.contact"].union(
            *(self._create_address(f"C{number}", number) for number in range(1, 25))
        )
        wizard = self._open_wizard(contacts)
        self.assertEqual((wizard.label_count, wizard.sheet_count), (24, 1))
        wizard.first_place = 2
        self.assertEqual(wizard.sheet_count, 2)

    def test_the_sheet_used_last_is_offered_next(self):
        sheet = self.env.ref("kontakti_contact.kontakti_label_format_letter_3x10")
        contact = self._create_address()
        self._open_wizard(contact, format_id=sheet.id).action_print()
        action = contact.with_user(self.anna).action_print_labels()
        wizard = self.env["kontakti.label.print"].with_user(self.anna)
        self.assertEqual(wizard.browse(action["res_id"]).format_id, sheet)

    def test_nothing_to_print_is_said(self):
        wizard = self._open_wizard(self._create_address(street=False, city=False))
        with self.assertRaises(UserError):
            wizard.action_print()

    def test_the_queries_do_not_grow_with_the_labels(self):
        def count(contacts):
            wizard = self._open_wizard(contacts)
            self._seen_by(self.anna, wizard)
            before = self.env.cr.sql_log_count
            wizard._make_plan()
            return self.env.cr.sql_log_count - before

        partner = self._create_partner(
            "P", street="Katu 1", zip="1", city="Turku", email="p@example.com"
        )
        few = self._create_address("A", 1) + self._create_contact(partner_id=partner.id)
        many = few.union(
            *(
                self._create_contact(
                    partner_id=self._create_partner(
                        f"P{n}",
                        street=f"Katu {n}",
                        zip="1",
                        city="Turku",
                        email=f"p{n}@example.com",
                    ).id
                )
                for n in range(30)
            )
        )
        count(few)  # what is read once a process
        self.assertEqual(count(many), count(few))


@tagged("post_install", "-at_install")
class TestLabelAccess(LabelsCommon):
    """Labels show nothing that their user may not read (S8)."""

    def test_others_personal_contacts_are_on_no_label(self):
        shared = self._create_address("Shared Oy", 1, mailing_list=True)
        secret = self._create_address("Secret Oy", 2, mailing_list=True, personal=True)
        for user in (self.bertta, self.manager):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._open_wizard(shared + secret, user=user)
                wizard = self._open_wizard(shared, user=user, source="mailing_list")
                self.assertEqual(self._names(wizard), ["Shared Oy"])
                chosen = {"contact_ids": [(6, 0, (shared + secret).ids)]}
                with self.assertRaises(AccessError):
                    wizard.write(chosen)
                wizard.sudo().write({"source": "chosen", **chosen})
                wizard = self._seen_by(user, wizard)
                self.assertEqual(self._names(wizard), ["Shared Oy"])
                self.assertNotIn("Secret", str(wizard.read()))
                self.assertEqual(wizard._make_labels(secret.ids), [None])

    def test_a_contact_made_personal_after_it_was_chosen_is_left_out(self):
        contact = self._create_address("Secret Oy", 1)
        wizard = self._open_wizard(contact, user=self.bertta)
        self.assertEqual(self._names(wizard), ["Secret Oy"])
        contact.personal = True
        wizard = self._seen_by(self.bertta, wizard)
        self.assertEqual(self._names(wizard), [])
        self.assertFalse(wizard.skipped)

    def test_the_owner_prints_the_own_personal_contact_when_chosen(self):
        secret = self._create_address("Secret Oy", personal=True)
        self.assertEqual(self._names(self._open_wizard(secret)), ["Secret Oy"])

    def test_other_organisations_contacts_are_on_no_label(self):
        self._create_address("Mine Oy", 1, mailing_list=True)
        self._create_address(
            "Theirs Oy",
            2,
            user=self.stranger,
            mailing_list=True,
            company_id=self.other_company.id,
        )
        wizard = self.env["kontakti.label.print"].with_user(self.stranger)
        wizard = wizard.browse(wizard.action_open_mailing_list()["res_id"])
        self.assertEqual(self._names(wizard), ["Theirs Oy"])

    def test_a_wizard_is_its_user_s_own(self):
        wizard = self._open_wizard(self._create_address())
        wizard.action_print()
        for user in (self.bertta, self.manager, self.env.ref("base.user_admin")):
            with self.subTest(user=user.login):
                other = self._seen_by(user, wizard)
                for method, args in (
                    ("read", [["label_count"]]),
                    ("write", [{"first_place": 2}]),
                    ("action_print", []),
                    ("print_part", [0]),
                    ("action_export_csv", []),
                    ("action_export_xlsx", []),
                    ("unlink", []),
                ):
                    with self.assertRaises(AccessError):
                        getattr(other, method)(*args)
                documents = (
                    self.env["ir.attachment"]
                    .with_user(user)
                    .search(
                        [("res_model", "=", wizard._name), ("res_field", "!=", False)]
                    )
                )
                self.assertFalse(documents)

    def test_users_without_kontakti_print_nothing(self):
        contact = self._create_address()
        for user in (self.employee, self.portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._open_wizard(contact, user=user)
                with self.assertRaises(AccessError):
                    self.env["kontakti.label.format"].with_user(user).search([])

    def test_users_read_the_sheets_and_managers_write_them(self):
        sheet = self.sheet.with_user(self.anna)
        self.assertTrue(sheet.read(["name"]))
        for change in (
            lambda: sheet.write({"offset_x": 1}),
            lambda: sheet.create({"name": "Own"}),
            lambda: sheet.unlink(),
        ):
            with self.assertRaises(AccessError):
                change()
        self.sheet.with_user(self.manager).write({"offset_x": 1})
