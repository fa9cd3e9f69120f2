"""Address labels beside as many of Odoo's own product labels. Runs inside Odoo."""

import json
import os

from benchmark.side import Side, compare, result

LABELS, PRODUCTS = 10_000, 1_000
FORMAT = "4x7xprice"


def measure(env, user, programs, url, repeats):
    """Return the measure of 10,000 labels, as :func:`benchmark.measures.measure` does.

    :param str programs: the folder of wkhtmltopdf
    :param str url: of a server with this database, which Odoo's report takes its styles
        from
    """
    os.environ["PATH"] += os.pathsep + programs
    env["ir.config_parameter"].set_param("report.url", url)
    env.cr.commit()
    side = Side(env.registry, user)
    contacts = _choose(env, side.uid)
    report, data = _prepare_product_labels(env)

    def ours():
        return side.run(lambda env: _print(env, contacts))

    def theirs():
        return side.run(lambda env: _print_products(env(su=True), report, data))

    numbers = compare(ours, theirs, repeats)
    name = f"{LABELS:,} address labels"
    return result("labels", name, "Odoo's product labels", 0.1, numbers)


def _choose(env, uid):
    contacts = env["kontakti.contact"].with_user(uid)
    domain = [("partner_id.street", "!=", False), ("personal", "=", False)]
    found = contacts.search(domain, limit=LABELS, order="id")
    assert len(found) == LABELS, f"only {len(found)} contact events with an address"
    return found.ids


def _print(env, contact_ids):
    """From the contact events chosen to the PDF, each request of the browser in turn."""
    wizard = env["kontakti.label.print"].create(
        {"source": "chosen", "contact_ids": contact_ids, "one_label_per": "contact"}
    )
    action = wizard.action_print()
    assert action["params"]["total"] == LABELS, action
    part, url = 0, False
    while not url:
        env.flush_all()
        env.invalidate_all()
        url = wizard.print_part(part)["url"]
        part += 1
    assert wizard._get_pdf().startswith(b"%PDF")


def _prepare_product_labels(env):
    templates = env["product.template"]
    products = templates.search([("name", "=like", "Label %")], limit=PRODUCTS)
    products |= templates.create(
        [{"name": f"Label {n}"} for n in range(PRODUCTS - len(products))]
    )
    layout = env["product.label.layout"].create(
        {
            "product_tmpl_ids": products.ids,
            "custom_quantity": LABELS // PRODUCTS,
            "print_format": FORMAT,
        }
    )
    report, data = layout._prepare_report_data()
    env.cr.commit()
    return report, json.dumps(data)


def _print_products(env, report, data):
    name = env.ref(report).report_name
    pdf, kind = env["ir.actions.report"]._render_qweb_pdf(name, data=json.loads(data))
    assert kind == "pdf", kind
    assert pdf.startswith(b"%PDF"), pdf[:20]
