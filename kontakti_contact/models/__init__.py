# Our own models, then the contact event in a package of its own, then Odoo's models.
from . import kontakti_choice_mixin
from . import (
    kontakti_application,
    kontakti_calendar_tab,
    kontakti_channel,
    kontakti_deputy,
    kontakti_pulse,
    kontakti_purpose,
    kontakti_tag,
)
from . import labels
from . import contact
from . import odoo
