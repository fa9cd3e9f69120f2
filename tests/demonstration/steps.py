"""What the users of the demonstration do, by the product's own ways."""

PRODUCTS = (
    ("Leipomovaunu, 18 peltiä", 389.0, 171.0),
    ("Pukukaappi, kaksiosainen", 249.0, 118.0),
    ("Pyöräkatos, 12 paikkaa", 2890.0, 1540.0),
    ("Terassituoli, pinottava", 79.0, 31.0),
    ("Terassipöytä 120 × 70", 189.0, 84.0),
    ("Työkaluvaunu, 7 laatikkoa", 459.0, 215.0),
    ("Työpöytä, säädettävä", 549.0, 262.0),
    ("Varastohylly, 5 tasoa", 199.0, 92.0),
)
INSTALLATION = ("Asennus, tunti", 68.0, 39.0)
STEPS = (
    ("Tarjouspyyntö: %s", "phone", "Pyysi tarjousta, toimitus kuukauden kuluessa."),
    ("Tarjous hyväksytty: %s", "meeting", "Hinta ja toimitusaika sopivat."),
    ("Toimitus ja lasku: %s", "email", "Toimitus on perillä, kaikki kunnossa."),
)
GREETING = "<p>Hei!</p><p>Kiitos tilauksesta. Toimitamme sovitusti.</p>"


def get_goods(env):
    names = [name for name, _price, _cost in PRODUCTS]
    return env["product.product"].search([("name", "in", names)], order="id")


def log(env, step, product, **values):
    return env["kontakti.contact"].create({**_describe(env, step, product), **values})


def follow_up(contact, step, product):
    contact.action_follow_up()
    follow_up = contact.follow_up_ids
    follow_up.write(_describe(contact.env, step, product))
    return follow_up


def _describe(env, step, product):
    subject, channel, said = STEPS[step]
    return {
        "name": subject % product.name.split(",")[0].lower(),
        "channel_id": env.ref(f"kontakti_contact.kontakti_channel_{channel}").id,
        "purpose_id": env.ref("kontakti_contact.kontakti_purpose_sales").id,
        "responsible_id": env.uid,
        "discussion": f"<p>{said}</p>",
        "duration": (0.25, 0.75, 0.1)[step],
    }


def create_document(contact, code):
    action = contact.action_create_documents(code)
    return contact.env[action["res_model"]].browse(action["res_id"])


def add_lines(env, choose, order, product):
    service = env["product.product"].search([("name", "=", INSTALLATION[0])])
    wanted = ((product, choose.choice((2, 4, 6, 10))), (service, choose.randint(2, 8)))
    order.order_line = [
        (0, 0, {"product_id": goods.id, "product_uom_qty": count})
        for goods, count in wanted
    ]


def send_message(contact):
    action = contact.open_application("message")
    composer = contact.env["mail.compose.message"].with_context(action["context"])
    composer.create({"body": GREETING}).action_send_mail()


def pay(invoice):
    register = invoice.env["account.payment.register"].with_context(
        active_model="account.move", active_ids=invoice.ids
    )
    register.create({}).action_create_payments()
