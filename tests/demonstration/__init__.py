"""The demonstration: a Finnish company with some months of history, in a new database."""

import datetime

from kontakti_setup import paths
from kontakti_setup.machine.odoo_process import LANGUAGES

HINT = "making the database failed"
COMPANY = """
finland, euro = env.ref("base.fi"), env.ref("base.EUR")
company, admin = env.company, env.ref("base.user_admin")
euro.active = True
company.write({
    "name": "Järvisuomen Kaluste Oy", "country_id": finland.id, "currency_id": euro.id,
    "street": "Kauppakatu 12", "zip": "40100", "city": "Jyväskylä",
    "phone": "+358 14 012 3300", "email": "myynti@jarvisuomi.example",
    "website": "https://jarvisuomi.example", "vat": "FI12345671"})
finnish = {"lang": "fi_FI", "tz": "Europe/Helsinki"}
company.partner_id.write(finnish)
admin.write({"name": "Mikko Laine", "email": "mikko.laine@myynti.example", **finnish})
"""
HISTORY = """
from demonstration import history
history.fill(env, {addons!r})
"""


def make(odoo, database, modules, addons):
    """Make a database with the demonstration.

    The company is Finnish before its accounting is installed: that takes the chart of
    accounts of the company's country. Of demo data only the addons' own are loaded;
    Odoo's are an American company's.

    :param list modules: what Odoo's own and others' modules to install
    :param list addons: ours, the demo data of which are loaded
    """
    languages = f"--load-language={LANGUAGES}"
    odoo.checked("-i", "base", languages, db=database, hint=HINT)
    odoo.shell(database, COMPANY)
    names = ",".join(["l10n_fi", *modules, *addons])
    odoo.checked("-i", names, db=database, hint=HINT)
    if addons:
        odoo.shell(database, HISTORY.format(addons=list(addons)))


def signature():
    """Changes when the demonstration would be another one: each day, as it ends today."""
    folder = paths.TESTS / "demonstration"
    texts = (path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    return paths.digest(datetime.date.today(), *texts)
