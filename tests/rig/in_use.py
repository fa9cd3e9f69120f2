"""A database that others have worked in: what no test of the addons may stumble on."""

from kontakti_setup.errors import say

CONTACTS, CUSTOMERS, LINKS = 100, 20, 30
PEOPLE = (
    ("Irja", "Europe/Helsinki", "fi_FI"),
    ("Ulf", "America/Los_Angeles", "sv_SE"),
    ("Mia", False, "en_US"),
)
RIGHTS = ("kontakti_contact.group_kontakti_user", "sales_team.group_sale_salesman")


def fill(run, database):
    """Put contact events, links, defaults and changed settings in, as people do."""
    say("filling the database as if it had been in use")
    run.shell(database, "from rig import in_use\nin_use.work(env)")


def work(env):
    """What a few users would have done. Runs inside Odoo."""
    company = env["res.company"].create({"name": "In Use Oy"})
    users = _users(env, company)
    partners = env["res.partner"].create([_customer(env, n) for n in range(CUSTOMERS)])
    contacts = env["kontakti.contact"]
    for number in range(CONTACTS):
        user = users[number % len(users)]
        values = _contact(env, number, user, partners, company)
        contacts |= contacts.with_user(user).create(values)
    shared = contacts.sudo().filtered(lambda contact: not contact.personal)
    _talk(shared[:10], users[0])
    _link(shared[:LINKS], partners)
    _change_settings(env)


def _users(env, company):
    groups = [(4, env.ref(name).id) for name in RIGHTS]
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "name": name,
                    "login": f"in.use.{name.lower()}",
                    "email": f"{name.lower()}@in-use.example.com",
                    "group_ids": groups,
                    "company_ids": [(6, 0, [env.company.id, company.id])],
                    "tz": zone,
                    "lang": lang,
                }
                for name, zone, lang in PEOPLE
            ]
        )
    )


def _customer(env, number):
    return {
        "name": f"In Use Customer {number}",
        "is_company": True,
        "phone": f"+358 40 {number:07d}",
        "email": f"office{number}@in-use.example.com",
        "street": f"Käyttökatu {number}",
        "zip": f"{number:05d}",
        "city": "Helsinki",
        "country_id": env.ref("base.fi").id,
    }


def _contact(env, number, user, partners, company):
    """Every kind: done, personal, late, of the other company, without a customer."""
    purposes = env["kontakti.purpose"].search([])
    channels = env["kontakti.channel"].search([])
    year = env.cr.now().year - 1 + number % 3
    customer = {"customer_name": f"Typed {number}"}
    if number % 4:
        customer = {"partner_id": partners[number % len(partners)].id}
    return {
        **customer,
        "name": f"In use {number}",
        "responsible_id": user.id if number % 5 else False,
        "company_id": (env.company if number % 7 else company).id,
        "purpose_id": purposes[number % len(purposes)].id,
        "channel_id": channels[number % len(channels)].id,
        "next_date": f"{year}-{1 + number % 12:02d}-15" if number % 10 else False,
        "mailing_list": number % 6 == 0,
        "personal": number % 8 == 0,
        "state": "done" if number % 3 == 0 else "open",
    }


def _talk(contacts, user):
    contacts.tag_ids = contacts.env["kontakti.tag"].create({"name": "In use"})
    for contact in contacts:
        contact.with_user(contact.create_uid).action_follow_up()
        contact.activity_schedule("mail.mail_activity_data_call", user_id=user.id)
        contact.message_post(body="In use")


def _link(contacts, partners):
    env = contacts.env
    orders = env["sale.order"].create([{"partner_id": p.id} for p in partners[:5]])
    day = env.cr.now().date()
    event = env["calendar.event"].create(
        {"name": "In use", "start": f"{day} 10:00:00", "stop": f"{day} 11:00:00"}
    )
    if "kontakti.link" in env:
        links = env["kontakti.link"]
        links.link(partners[0], contacts)
        for others in (orders, event):
            links.link(contacts[0], others)


def _change_settings(env):
    channels = env["kontakti.channel"].search([])
    env["ir.default"].set("kontakti.contact", "channel_id", channels[-1].id)
    env["ir.default"].set("kontakti.contact", "duration", 0.25)
    formats = env["kontakti.label.format"].search([])
    formats[0].write({"offset_x": 1.5, "offset_y": -0.5, "font_size": 9})
    formats[1].name = "Office labels"
    formats[1].copy({"name": "Our own", "sequence": 1})
    formats[-1].active = False
    env["kontakti.purpose"].search([], limit=1).name = "Renamed"
    channels[0].active = False
    env["kontakti.application"].search([], limit=1).sequence = 99
