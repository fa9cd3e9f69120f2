# The contact event comes before the parts that extend it.
from . import kontakti_application, kontakti_channel, kontakti_purpose, kontakti_tag
from . import kontakti_label_format, kontakti_label_source_mixin
from . import kontakti_contact
from . import kontakti_calendar_tab
from . import (
    kontakti_contact_applications,
    kontakti_contact_calendar,
    kontakti_contact_customer,
    kontakti_contact_deletion,
    kontakti_contact_documents,
    kontakti_contact_drill_down,
    kontakti_contact_import,
    kontakti_contact_labels,
    kontakti_contact_locking,
    kontakti_contact_mailing,
    kontakti_contact_mailing_list,
    kontakti_contact_messages,
    kontakti_contact_ownership,
    kontakti_contact_personal_data,
    kontakti_contact_pictures,
    kontakti_contact_privacy,
    kontakti_contact_privacy_chatter,
    kontakti_contact_register,
    kontakti_contact_replica,
    kontakti_contact_saving,
    kontakti_contact_task_list,
    kontakti_contact_till,
    kontakti_contact_tracking,
)
from . import (
    calendar_attendee,
    calendar_event,
    ir_attachment,
    ir_fields_converter,
    ir_rule,
    mail_activity,
    mail_activity_meeting,
    mail_followers,
    mail_mail,
    mail_message,
    mail_render_mixin,
    mail_scheduled_message,
    res_partner,
    res_partner_labels,
    res_partner_mailing_list,
    res_partner_register,
    res_users,
)
