# The link comes before the parts that extend it.
from . import kontakti_link_cache_mixin
from . import kontakti_link
from . import (
    kontakti_link_access,
    kontakti_link_arguments,
    kontakti_link_later,
    kontakti_link_life,
    kontakti_link_menu,
    kontakti_link_merge,
    kontakti_link_participants,
)
from . import (
    base,
    ir_http,
    ir_module_module,
    kontakti_application,
    kontakti_contact,
    kontakti_contact_analysis,
    kontakti_link_model,
    mail_thread,
)
