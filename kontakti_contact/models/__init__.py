# The contact event comes before the parts that extend it.
from . import kontakti_application, kontakti_channel, kontakti_purpose, kontakti_tag
from . import kontakti_label_format, kontakti_label_source_mixin
from . import kontakti_contact
from . import (
    kontakti_contact_applications,
    kontakti_contact_calendar,
    kontakti_contact_customer,
    kontakti_contact_documents,
    kontakti_contact_drill_down,
    kontakti_contact_import,
    kontakti_contact_labels,
    kontakti_contact_locking,
    kontakti_contact_mailing,
    kontakti_contact_mailing_list,
    kontakti_contact_privacy,
    kontakti_contact_replica,
    kontakti_contact_saving,
    kontakti_contact_task_list,
    kontakti_contact_till,
    kontakti_contact_tracking,
)
from . import kontakti_hidden_document_mixin
from . import (
    calendar_event,
    ir_attachment,
    ir_fields_converter,
    mail_activity,
    mail_followers,
    mail_mail,
    mail_message,
    mail_notification,
    mail_render_mixin,
    mail_scheduled_message,
    res_partner,
    res_partner_labels,
    res_partner_mailing_list,
    res_users,
)
