"""Some months of a Finnish company's sales, made in its database as its users make them.

Runs inside Odoo. Everything comes from contact events by the product's own ways, so that
documents are linked; the same every time but for the dates, which end today.
"""

import heapq
from datetime import datetime, time, timedelta
from random import Random

from freezegun import freeze_time

from odoo import fields
from odoo.modules import Manifest
from odoo.tools import convert_file

from demonstration import steps

SEED, DEALS, FIRST = 19, 26, timedelta(days=126)
KEEP_IN_TOUCH = 60  # days
QUIET = ("Lehtolan Sisustus Oy", "Niemelän Kahvila Oy", "Rantasen Kukka Oy")
SATURDAY, SUNDAY = 5, 6
MEETINGS, SALESPERSON = 6, "sales_team.group_sale_salesman"
SELLERS = ("user_aino_demo", "user_eino_demo", "user_kaarina_demo")
LOST = "Valitsivat toisen toimittajan, soitetaan ensi vuonna uudestaan."
REMINDER = "Toivonen: kysy kuulumiset"


def fill(env, addons):
    """Load the addons' demo data, and make the history and what is open now."""
    _load_demo_data(env, addons)
    _prepare(env)
    # after the products: their names are the source of translations
    env = env(context={**env.context, "lang": "fi_FI", "tz": "Europe/Helsinki"})
    now = fields.Datetime.now()
    with freeze_time(now) as clock:
        _play(env, clock, now, _get_deals(env, Random(SEED), now))
        _set_clock(env, clock, now)
        _make_open_documents(env, now)
        _make_personal(env, now)
    _keep_in_touch(env, now)
    _keep_mail_inside(env)


def _load_demo_data(env, addons):
    for addon in addons:
        for name in Manifest.for_addon(addon).get("demo", ()):
            convert_file(env, addon, name, {}, mode="init", noupdate=True)


def _prepare(env):
    """Products, and what the addons' demo data leave to the database they come to."""
    for kind, rows in (("consu", steps.PRODUCTS), ("service", (steps.INSTALLATION,))):
        for name, price, cost in rows:
            values = {"name": name, "list_price": price, "standard_price": cost}
            env["product.product"].create({**values, "type": kind})
    rows = env["ir.model.data"].search(
        [("module", "=", "kontakti_contact"), ("model", "=", "res.partner")]
    )
    customers = env["res.partner"].browse(rows.mapped("res_id")).exists()
    swedish = customers.filtered(lambda rec: rec.country_id.code == "SE")
    swedish.lang, (customers - swedish).lang = "sv_SE", "fi_FI"
    term = env.ref("account.account_payment_term_15days")
    customers.property_payment_term_id = term
    partner = env.company.partner_id.id
    bank = {"acc_number": "FI21 1234 5600 0007 85", "partner_id": partner}
    env["res.partner.bank"].create(bank)


def _set_clock(env, clock, moment):
    """Now is `moment`, for Python and for what the transaction says of itself."""
    env.flush_all()
    clock.move_to(moment)
    env.cr._now = moment


def _play(env, clock, now, deals):
    """Let all deals go on side by side, each step at its time, as long as it is past."""
    queue = [(start, number, deal) for number, (start, deal) in enumerate(deals)]
    heapq.heapify(queue)
    while queue:
        moment, number, deal = heapq.heappop(queue)
        if moment > now - timedelta(days=1):
            continue
        _set_clock(env, clock, moment)
        pause = next(deal, None)
        if pause:
            later = _get_office_time(moment + timedelta(days=pause), number)
            heapq.heappush(queue, (later, number, deal))


def _get_office_time(moment, number):
    """A weekday's office hours in Finland, in UTC."""
    day = moment.date() - timedelta(days=max(moment.weekday() - 4, 0))
    return datetime.combine(day, time(6)) + timedelta(minutes=35 * (number % 14))


def _get_deals(env, choose, now):
    """Pairs of the start and the deal, a generator of the days until its next step."""
    customers = (
        env["res.partner"]
        .search(
            [("is_company", "=", True), ("email", "=like", "%.example")], order="id"
        )
        .filtered("child_ids")
    )
    for number in range(DEALS):
        seller = env.ref(f"kontakti_contact.{SELLERS[number % len(SELLERS)]}")
        customer = choose.choice(customers[number % len(customers)].child_ids)
        start = now - FIRST + number * FIRST / DEALS
        deal = _deal(env, Random(choose.random()), seller, customer)
        yield _get_office_time(start, number), deal


def _deal(env, choose, seller, customer):
    """A request, its quotation, the order, the invoice and its payment."""
    product = choose.choice(steps.get_goods(env))
    first = steps.log(env(user=seller.id), 0, product, partner_id=customer.id)
    order = steps.create_document(first, "quotation")
    steps.add_lines(env, choose, order, product)
    order.action_quotation_sent()
    yield choose.randint(5, 9)
    second = steps.follow_up(first, 1, product)
    second._register_document(order)
    if choose.random() < 0.2:
        second.discussion = f"<p>{LOST}</p>"
        order._action_cancel()
        second.action_done()
        return
    order.action_confirm()
    steps.send_message(second)
    yield choose.randint(10, 18)
    third = steps.follow_up(second, 2, product)
    # as the administrator: salespeople may not invoice
    invoice = order.with_user(env.ref("base.user_admin"))._create_invoices()
    invoice.action_post()
    third._register_document(invoice)
    third.action_done()
    yield choose.randint(9, 20)
    if choose.random() < 0.8:
        steps.pay(invoice)


def _make_open_documents(env, now):
    """Meetings of the next days, and salespeople's quotations that await an answer."""
    choose, goods = Random(7), steps.get_goods(env)
    domain = [("state", "=", "open"), ("personal", "=", False)]
    with_customer = [*domain, ("partner_id", "!=", False)]
    opened = env["kontakti.contact"].search(with_customer, order="id")
    for responsible, contacts in opened.grouped("responsible_id").items():
        own = contacts.with_user(responsible)[:MEETINGS] if responsible else ()
        for number, contact in enumerate(own):
            _make_meeting(contact, now, number)
            if number % 2 == 0 and responsible.has_group(SALESPERSON):
                order = steps.create_document(contact, "quotation")
                steps.add_lines(env, choose, order, choose.choice(goods))
                _register_before(contact, order)


def _register_before(contact, order):
    """The quotation belongs to the contact events that led to it, too."""
    while contact := contact.previous_id:
        contact._register_document(order)


def _make_meeting(contact, now, number):
    """On the working days to come: whenever one looks, all are still ahead."""
    meeting = steps.create_document(contact, "calendar")
    day = now + timedelta(days=number + 1)
    day += timedelta(days={SATURDAY: 2, SUNDAY: 1}.get(day.weekday(), 0))
    start = _get_office_time(day, number * 3)
    meeting.write({"start": start, "stop": start + timedelta(hours=1)})


def _make_personal(env, now):
    """Whoever has no personal contact event yet gets one for tomorrow."""
    everybody = env.ref("kontakti_contact.group_kontakti_user").all_user_ids
    mine = [("personal", "=", True), ("state", "=", "open")]
    for user in everybody.filtered("active"):
        contacts = env["kontakti.contact"].with_user(user)
        if not contacts.search_count(mine, limit=1):
            customer = env.ref("kontakti_contact.partner_toivonen_demo")
            values = {"name": REMINDER, "partner_id": customer.id, "personal": True}
            contacts.create({**values, "next_date": now.date() + timedelta(days=1)})


def _keep_in_touch(env, now):
    """Customers are to be contacted every other month; some have gone silent."""
    contacts = env["kontakti.contact"].search([("partner_id", "!=", False)])
    contacts.commercial_partner_id.kontakti_interval_days = KEEP_IN_TOUCH
    seller = env.ref("kontakti_contact.user_aino_demo")
    for number, name in enumerate(QUIET):
        customer = env["res.partner"].create(
            {"name": name, "is_company": True, "kontakti_interval_days": KEEP_IN_TOUCH}
        )
        last = now - timedelta(days=KEEP_IN_TOUCH + 10 * number + 7)
        contact = env(user=seller.id)["kontakti.contact"].create(
            {
                "name": "Uutuudet esitelty",
                "partner_id": customer.id,
                "date": last,
                "channel_id": env.ref("kontakti_contact.kontakti_channel_phone").id,
                "discussion": "<p>Kiinnostui terassikalusteista.</p>",
            }
        )
        contact.action_done()


def _keep_mail_inside(env):
    """There is no mail server: what was written counts as sent."""
    env["mail.mail"].search([("state", "=", "outgoing")]).state = "sent"
    waiting = env["mail.notification"].search([("notification_status", "=", "ready")])
    waiting.notification_status = "sent"
