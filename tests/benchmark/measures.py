"""What is measured, each beside its peer in one run. Runs inside Odoo."""

from datetime import date

from odoo.modules.registry import Registry

from odoo.addons.kontakti_contact.tools.due import DUE_KEYS, due_leaves

from benchmark import handwritten
from benchmark.fill import MAILING
from benchmark.quantiles import quantile
from benchmark.side import Side, compare, result

OPEN_LEADS = [["won_status", "=", "pending"], ["active", "=", True]]
OPPORTUNITIES = ["type", "=", "opportunity"]
CREATED = 1000


def measure(env, user, small, screens, repeats):
    """Measure everything that one process can.

    :param str user: the login that everything is called as
    :param str small: the database with the same open contact events and less history
    :param dict screens: what :mod:`benchmark.screens` recorded
    :return: a list of ``{"key", "name", "peer", "limit", "ours": numbers, "theirs":
        numbers, "ratio"}``
    """
    here = Side(env.registry, user)
    there = Side(Registry(small), user)
    return [
        _task_list(here, repeats),
        _flat(here, there, repeats),
        _screen(here, "list", "Opening the list", screens, repeats, 0.4),
        _customers(here, screens, repeats),
        _history(here, screens, repeats),
        *_drill_downs(here, screens, max(3, repeats // 2)),
        _creating(here, max(3, repeats // 4), _get_created(env)),
    ]


def _task_list(side, repeats):
    def ours():
        return side.run(lambda env: env["kontakti.contact"].get_task_list())

    values = side.run(handwritten.parameters)[0]

    def theirs():
        return side.run(lambda env: handwritten.task_list(env, values))

    counted, written = ours()[0], theirs()[0]
    expected = {
        (section["key"], group["key"]): (group["contacts"], group["customers"])
        for section in counted["sections"]
        for group in section["groups"]
    }
    assert expected == written, f"not the same numbers: {expected} and {written}"
    numbers = compare(ours, theirs, repeats)
    counts = {".".join(cell): found for cell, found in expected.items()}
    name = "Task list"
    return result(
        *("task_list", name, "one hand-written SQL", 1.0, numbers), counts=counts
    )


def _flat(here, there, repeats):
    def call(env):
        return env["kontakti.contact"].get_task_list()

    one, other = here.run(call)[0], there.run(call)[0]
    assert _counts(one) == _counts(other), "not the same open contact events"
    numbers = compare(lambda: here.run(call), lambda: there.run(call), repeats)
    name = "Task list with long history"
    return result("flat", name, "the same with little history", 1.3, numbers)


def _counts(answer):
    return [
        (group["contacts"], group["customers"])
        for section in answer["sections"]
        if section["key"] != "silent"  # of all customers, whose number differs
        for group in section["groups"]
    ]


def _screen(side, key, name, screens, repeats, limit):
    request, peer = only(screens[key]), only(screens[f"crm_{key}"])
    numbers = compare(lambda: side.replay(request), lambda: side.replay(peer), repeats)
    return result(key, name, "the same of the CRM", limit, numbers)


def _customers(side, screens, repeats):
    """Both lists of the same customers: those of Kontakti's own action."""
    ours, theirs = only(screens["customers"]), only(screens["odoo_customers"])
    domain = ours["kwargs"]["domain"]
    assert "kontakti_days_silent" in ours["kwargs"]["order"]
    read = [len(side.replay(one, domain)[0]["records"]) for one in (ours, theirs)]
    assert read[0] == read[1] > 0, f"not as many customers: {read}"
    numbers = compare(
        lambda: side.replay(ours, domain),
        lambda: side.replay(theirs, domain),
        repeats,
    )
    name = "Customers by days silent"
    return result("customers", name, "Odoo's list of them by name", 0.5, numbers)


def _history(side, screens, repeats):
    """What was said before, beside reading the form itself."""
    [history] = [
        request
        for request in screens["form"]
        if request["method"] in ("get_history", "get_customer_history")
    ]
    [form] = [one for one in screens["form"] if one["method"] == "web_read"][:1]
    numbers = compare(lambda: side.replay(history), lambda: side.replay(form), repeats)
    name = "History on the form"
    return result("history", name, "reading the form itself", 1, numbers)


def only(requests):
    """The one call that loads a list, grouped or not."""
    loading = [
        r for r in requests if r["method"] in ("web_search_read", "web_read_group")
    ]
    assert len(loading) == 1, f"recorded: {[r['method'] for r in requests]}"
    return loading[0]


def _drill_downs(side, screens, repeats):
    peer = only(screens["crm_drill_down"])
    campaign = side.run(
        lambda env: env["utm.campaign"].sudo().search([("title", "=", MAILING)]).id
    )[0]
    answer = side.run(lambda env: env["kontakti.contact"].get_task_list())[0]
    for section in answer["sections"]:
        for group in section["groups"]:
            cell = (section["key"], group["key"])
            if cell == ("personal", "unassigned"):
                continue  # my leads that are nobody's: the CRM knows none
            if section["key"] == "silent":
                continue  # customers: measured as a list of them
            is_mailing = section["key"] == "mailing_list"
            request = only(screens["mailing_list" if is_mailing else "drill_down"])
            assert request["method"] == peer["method"] == "web_read_group"
            leads = _lead_domain(*cell, answer["today"], side.uid, campaign)
            domain = [*group["domain"]]
            yield _drill_down(side, cell, (request, domain), (peer, leads), repeats)


def _drill_down(side, cell, ours, theirs, repeats):
    groups = [side.replay(*one)[0]["length"] for one in (ours, theirs)]
    numbers = compare(lambda: side.replay(*ours), lambda: side.replay(*theirs), repeats)
    name = f"Drill-down {'.'.join(cell)}"
    key = f"drill_down.{'.'.join(cell)}"
    return result(key, name, "the same of the CRM", 0.2, numbers, groups=groups)


def _lead_domain(section, group, today, uid, campaign):
    """The leads that one would call late, unassigned and so on, as a salesperson would."""
    if section == "mailing_list":
        return [
            OPPORTUNITIES,
            ["campaign_id", "=", campaign],
            ["active", "in", [True, False]],
        ]
    mine = [["user_id", "=", uid]] if section == "personal" else []
    leaves = []
    if group in DUE_KEYS:
        leaves = due_leaves("date_deadline", group, date.fromisoformat(today))
    if group == "unassigned":
        leaves = [["user_id", "=", False]]
    return [OPPORTUNITIES, *OPEN_LEADS, *mine, *map(list, leaves)]


def _get_created(env):
    """Return how many are created in one call: fewer where there are few."""
    return min(CREATED, env["kontakti.contact"].search_count([]) // 20)


def _creating(side, repeats, count):
    def contacts(env):
        return env["kontakti.contact"].create(
            [
                {
                    "name": f"Call {place}",
                    "partner_id": partner,
                    "next_date": "2030-01-01",
                }
                for place, partner in enumerate(_partners(env, count))
            ]
        )

    def leads(env):
        return env["crm.lead"].create(
            [
                {
                    "name": f"Call {place}",
                    "partner_id": partner,
                    "date_deadline": "2030-01-01",
                }
                for place, partner in enumerate(_partners(env, count))
            ]
        )

    def written(create):
        def call(env):
            create(env)
            env.flush_all()

        return lambda: side.run(call)

    numbers = compare(written(contacts), written(leads), repeats)
    name = f"Creating {count:,} in one call"
    return result("create", name, "the same of the CRM", 0.2, numbers)


def _partners(env, count):
    env.cr.execute(
        "SELECT id FROM res_partner WHERE name LIKE 'Customer %%' ORDER BY id LIMIT %s",
        [count],
    )
    found = [row[0] for row in env.cr.fetchall()]
    return (found * (count // len(found) + 1))[:count]


def growth(env, user, repeats):
    """Return ``{operation: median seconds}`` of the main operations."""
    side = Side(env.registry, user)
    values = side.run(handwritten.parameters)[0]
    late = side.run(
        lambda env: list(
            env["kontakti.contact"]._get_cell_domain("organisation", "late")
        )
    )[0]
    read = dict.fromkeys(("name", "customer_name", "date", "next_date"), {})
    partner = side.run(_partners)[0][0]

    def contacts(method, *args, **kwargs):
        return lambda env: getattr(env["kontakti.contact"], method)(*args, **kwargs)

    operations = {
        "task list": contacts("get_task_list"),
        "by hand": lambda env: handwritten.task_list(env, values),
        "list": contacts("web_search_read", [], read, limit=80, count_limit=10001),
        "late customers": contacts(
            "web_read_group",
            *(late, ["customer_key"]),
            limit=80,
            order="next_date ASC, id ASC",
        ),
        "panel of late": contacts("get_task_list_customers", "organisation", "late"),
        "logging": contacts("web_save", {"name": "Call", "partner_id": partner}, read),
    }
    return {name: _median(side, call, repeats) for name, call in operations.items()}


def _median(side, call, repeats):
    side.run(call)
    taken = [side.run(call)[1]["seconds"] for _round in range(repeats)]
    return quantile(sorted(taken), 0.5)
