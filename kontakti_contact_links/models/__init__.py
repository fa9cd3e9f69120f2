# The link comes before the parts that extend it.
from . import kontakti_link
from . import (
    kontakti_link_access,
    kontakti_link_life,
    kontakti_link_menu,
    kontakti_link_participants,
)
from . import (
    base,
    ir_http,
    ir_model,
    ir_module_module,
    kontakti_application,
    kontakti_contact,
    kontakti_link_model,
    mail_message,
    mail_thread,
)
