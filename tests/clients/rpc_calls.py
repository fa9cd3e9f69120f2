"""A right call of every public method that the addons give their models.

A method of `kontakti_contact` or `kontakti_contact_links` that is not here makes
`test_rpc_clients.py` fail: add it.
"""

from typing import NamedTuple

CONTACT, PARTNER, LINK = "kontakti.contact", "res.partner", "kontakti.link"
LABELS, SHEET = "kontakti.label.print", "kontakti.label.format"
CREATE, BULK = "kontakti.customer.create", "kontakti.bulk"
HAND_OVER = "kontakti.hand.over"
LINK_MODEL, APPLICATION = "kontakti.link.model", "kontakti.application"
READ = {"name": {}, "customer_name": {}, "tag_ids": {"fields": {"name": {}}}}
LOGGED = {"discussion": "<p>Yes</p>", "duration": 0.5, "next_date": "2026-11-30"}
ROWS = [["A", "Kivi Oy"], ["B", "Joki Oy"]]


class Call(NamedTuple):
    """What a method is called with.

    `records(client)` makes the records it is called on, no function: it is the model's.
    `arguments` may hold functions of the client, called when the method is.
    """

    records: callable
    arguments: dict

    def make_on(self, client, model, method):
        """Call the method by a client; return what it answers."""
        ids = self.records(client) if self.records else None
        given = {
            name: value(client) if callable(value) else value
            for name, value in self.arguments.items()
        }
        return client.call(model, method, ids, **given)


def on(records, **arguments):
    """A call on records that `records(client)` makes."""
    return Call(records, arguments)


def of_model(**arguments):
    """A call of the model itself."""
    return Call(None, arguments)


def contact(client, **values):
    """A typed customer's contact event with a date."""
    typed = {"name": "Offer", "customer_name": "Joki Oy", "next_date": "2026-11-20"}
    return client.make(CONTACT, **{**typed, **values})


def registered(client):
    return contact(client, partner_id=partner(client)[0])


def follow_up(client):
    return contact(client, previous_id=contact(client)[0])


def followed(client):
    first = contact(client)
    contact(client, previous_id=first[0])
    return first


def with_calendar_event(client):
    return contact(client, calendar_request="entry")


def made_follow_up(client):
    """What a follow-up made and closed, as its action says."""
    action = client.call(CONTACT, "action_follow_up", contact(client))
    return action["context"]["kontakti_follow_up"]


def hand_over(client):
    """The dialog that hands the administrator's work over to the user."""
    found = client.call(
        "res.users",
        "web_search_read",
        domain=[["login", "=", "admin"]],
        specification={"name": {}},
    )
    [admin] = [record["id"] for record in found["records"]]
    return client.make(HAND_OVER, from_user_id=admin, to_user_id=client.uid)


def partner(client):
    return client.make(
        PARTNER,
        name="Kivi Oy",
        is_company=True,
        street="Katu 1",
        zip="00100",
        city="HELSINKI",
    )


def labels(client):
    """The label printing of one contact event with an address."""
    ids = contact(client, street="Katu 1", zip="00100", city="HELSINKI")
    return [client.call(CONTACT, "action_print_labels", ids)["res_id"]]


def printed_labels(client):
    ids = labels(client)
    client.call(LABELS, "action_print", ids)
    return ids


def dialog(client):
    """The dialog on a contact event that may be a customer's of the register."""
    known = partner(client)
    return client.make(CREATE, contact_id=contact(client)[0], partner_id=known[0])


def question(client):
    """The question before many contact events are marked as done."""
    chosen = {"res_model": CONTACT, "res_ids": contact(client)}
    return client.make(BULK, operation="done", **chosen)


def sheet(client):
    found = client.call(
        SHEET, "web_search_read", domain=[], specification={"name": {}}, limit=1
    )
    return [found["records"][0]["id"]]


def link_model(client):
    return client.make(LINK_MODEL, res_model=f"x.{next(numbers)}", name="Own")


def application(client):
    return client.make(APPLICATION, **new_application(client)[0])


def new_application(_client):
    code = f"own_{next(numbers)}"
    return [{"name": "Own", "code": code, "res_model": PARTNER, "mode": "search"}]


def new_link_model(_client):
    return [{"res_model": f"x.{next(numbers)}", "name": "Own"}]


def pair(client):
    """The ids of two linked contact events, named as the methods ask."""
    one, other = contact(client)[0], contact(client)[0]
    ends = {"model": CONTACT, "res_id": one}
    others = {"other_model": CONTACT, "other_id": other}
    client.call(LINK, "link_between", **ends, **others)
    return {**ends, **others}


class OfPair(Call):
    """A call of the model of links, about two records that are linked."""

    def make_on(self, client, model, method):
        found = pair(client)
        named = {name: found[name] for name in self.arguments}
        return client.call(model, method, **named)


def of_pair(*names):
    return OfPair(None, dict.fromkeys(names))


def dates(client):
    return client.call(CONTACT, "action_postpone", contact(client), days=2)


def log_and_plan(client):
    """What logging and planning returned."""
    return client.call(CONTACT, "action_log_and_plan", contact(client), values=LOGGED)


def no_answer(client):
    return client.call(CONTACT, "action_no_answer", contact(client))


def link_values(client):
    one, other = contact(client)[0], contact(client)[0]
    ends = {"source_model": CONTACT, "source_id": one}
    return [{**ends, "target_model": CONTACT, "target_id": other}]


ENDS = ("model", "res_id", "other_model", "other_id")
numbers = iter(range(1, 10_000))
CALLS = {
    CONTACT: {
        "action_create_customer": on(
            lambda client: contact(client, customer_name=f"Uusi {next(numbers)}")
        ),
        "action_create_documents": on(registered, code="calendar"),
        "action_done": on(contact),
        "action_end_repeat": on(contact),
        "action_follow_up": on(contact),
        "action_hand_over_cell": of_model(section="organisation", group="all"),
        "action_log_and_plan": on(contact, values=LOGGED),
        "action_log_new": of_model(values={"customer_name": "Joki Oy", **LOGGED}),
        "action_no_answer": on(contact),
        "action_open_calendar_event": on(with_calendar_event),
        "action_open_customer": on(registered),
        "action_open_follow_ups": on(followed),
        "action_open_log_and_plan": on(contact),
        "action_open_previous": on(follow_up),
        "action_postpone": on(contact, days=2),
        "action_print_labels": on(contact),
        "action_put_on_mailing_list": on(contact),
        "action_reopen": on(contact),
        "action_restore_next_dates": of_model(dates=dates),
        "action_take_off_mailing_list": on(contact),
        "action_undo_follow_up": of_model(follow_up=made_follow_up),
        "action_undo_log_and_plan": of_model(result=log_and_plan),
        "action_undo_no_answer": of_model(dates=no_answer),
        "copy_data": on(contact),
        "create": of_model(vals_list=[{"name": "Offer", "personal": True}]),
        "export_data": on(contact, fields_to_export=["name", "phone", "next_date"]),
        "formatted_read_group": of_model(
            domain=[], groupby=["customer_key"], aggregates=["__count", "duration:sum"]
        ),
        "formatted_read_grouping_sets": of_model(
            domain=[], grouping_sets=[["customer_key"], ["state"], []]
        ),
        "get_analysis": of_model(period="quarter"),
        "get_applications": on(contact),
        "get_customer_history": of_model(
            partner_id=lambda client: partner(client)[0], text="Offer"
        ),
        "get_history": on(contact, limit=5, offset=0),
        "get_import_templates": of_model(),
        "share_live_numbers": of_model(told=0),
        "get_log_defaults": of_model(model=PARTNER, res_id=1),
        "get_own_task_list": of_model(),
        "get_task_list": of_model(),
        "get_task_list_customers": of_model(section="organisation", group="all"),
        "get_task_list_ids": of_model(section="organisation", group="all"),
        "load": of_model(fields=["name", "customer_name"], data=ROWS),
        "mail_allowed_qweb_expressions": of_model(),
        "message_post": on(contact, body="Hello"),
        "open_application": on(registered, code="calendar", choice="entry"),
        "read_progress_bar": of_model(
            domain=[],
            group_by="customer_key",
            progress_bar={"field": "state", "colors": {"open": "success"}},
        ),
        "save_document": on(
            contact,
            code="calendar",
            values={"name": "Visit"},
            specification={"name": {}, "partner_ids": {"fields": {"name": {}}}},
        ),
        "unlink": on(contact),
        "web_read": on(contact, specification=READ),
        "web_save_multi": on(contact, vals_list=[{"duration": 1}], specification=READ),
        "write": on(contact, vals={"duration": 0.5, "actions": "<p>Call</p>"}),
    },
    PARTNER: {
        "action_log_kontakti_contact": on(partner),
        "action_open_kontakti_contacts": on(partner),
        "action_plan_kontakti_contacts": on(partner),
        "action_print_kontakti_labels": on(partner),
        "action_put_on_kontakti_mailing_list": on(partner),
        "action_take_off_kontakti_mailing_list": on(partner),
    },
    CREATE: {
        "action_create_anyway": on(dialog),
        "action_use": on(dialog),
    },
    BULK: {"action_confirm": on(question)},
    HAND_OVER: {"action_hand_over": on(hand_over)},
    LABELS: {
        "action_export_csv": on(labels),
        "action_export_xlsx": on(labels),
        "action_open_mailing_list": of_model(),
        "action_print": on(labels),
        "action_print_test_sheet": on(labels),
        "print_part": on(printed_labels, number=0),
        "web_read": on(labels, specification={"skipped": {}, "page": {}}),
    },
    SHEET: {"action_print_test_sheet": on(sheet)},
    APPLICATION: {
        "create": of_model(vals_list=new_application),
        "unlink": on(application),
        "write": on(application, vals={"sequence": 200}),
    },
    LINK: {
        "create": of_model(vals_list=link_values),
        "get_links": of_pair("model", "res_id"),
        "get_links_count": of_pair("model", "res_id"),
        "get_links_menu": of_pair("model", "res_id"),
        "link_between": of_pair(*ENDS),
        "unlink_between": of_pair(*ENDS),
    },
    LINK_MODEL: {
        "create": of_model(vals_list=new_link_model),
        "unlink": on(link_model),
        "write": on(link_model, vals={"sequence": 200}),
    },
}
