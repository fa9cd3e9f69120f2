# The contact event, a room a concern. Its fields come first, then what other rooms extend:
# the task list (live, reminders, whose_list). The order of the others changes nothing.
#
# ``saving.py`` alone overrides create, write and unlink. It calls, in this order,
#
#   before     lock (bulk), refuse a text changed meanwhile (texts), tell those who see it
#              (live), remember the owners (privacy), clear the proposed person
#              (customer), check who may hand over (people), cut the chain (follow_up),
#              note which of them repeat (repeat) and the customers they leave (pulse)
#   writing    without what the register says better (customer)
#   after      make calendar events (calendar), follow the company (customer), date what
#              was planned (kontakti_contact), claim pictures (texts), keep personal ones
#              to the owner (privacy), check who is responsible (people), make the next of
#              those that repeat (repeat), note the customers to count anew (pulse), tell
#              those who see it now (live), note who changed the texts (texts)
from . import kontakti_contact
from . import task_list
from . import task_list_shown
from . import (
    address_labels,
    analysis,
    application_hooks,
    applications,
    attempts,
    bulk,
    calendar,
    cards,
    customer,
    customer_create,
    documents,
    drill_down,
    email_marketing,
    finding,
    follow_up,
    history,
    import_export,
    live,
    log_and_plan,
    log_anywhere,
    mail,
    mailing_list,
    people,
    personal_data,
    privacy,
    privacy_chatter,
    pulse,
    purpose_texts,
    register,
    reminders,
    repeat,
    replica,
    saving,
    texts,
    till,
    whose_list,
)
