from odoo.tests import freeze_time

from .common import NOW, TODAY, KontaktiCommon

SECRET = "Zsalaisuus"


@freeze_time(NOW)
class PrivacyCommon(KontaktiCommon):
    """A contact event of anna that everybody knew, until she made it personal.

    While it was shared, bertta and the manager followed it, wrote and were mentioned
    on it, had activities on it, attached files and followed it up. Everything that is
    nobody else's business has SECRET in it. (Its customer is in everybody's register;
    that the customer was contacted is the secret.)
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # settings administers the database, every_right may do all that can be granted
        cls.settings = cls._create_user("settings", "base.group_system")
        cls.every_right = cls._create_user("every_right", "base.group_user")
        cls.every_right.group_ids = cls._get_compatible_groups()
        cls.partner = cls._create_partner("Virtanen Oy")
        cls.other_partner = cls._create_partner("Korhonen Ab")
        cls.contact = cls._create_contact(
            name=f"{SECRET} subject before",
            partner_id=cls.other_partner.id,
            next_date="2026-12-01",
        )
        cls._end_transaction()
        cls._share_widely()
        cls._end_transaction()
        cls._turn_personal()
        cls._end_transaction()

    @classmethod
    def _get_compatible_groups(cls):
        """Return the groups that an internal user may have all at once."""
        others = cls.env.ref("base.group_portal") + cls.env.ref("base.group_public")
        return (
            cls.env["res.groups"]
            .search([])
            .filtered(lambda group: not group.all_implied_ids & others)
        )

    @classmethod
    def _end_transaction(cls):
        """Do what a commit does but committing: tracked changes are logged, too."""
        cls.env.flush_all()
        cls.env.cr.flush()
        cls.env.invalidate_all()

    @classmethod
    def _share_widely(cls):
        contact = cls.contact
        colleagues = cls.bertta + cls.manager
        contact.message_subscribe(colleagues.partner_id.ids)
        contact.message_post(
            body=f"{SECRET} mention",
            subject=f"{SECRET} subject of a message",
            partner_ids=colleagues.partner_id.ids,
            subtype_xmlid="mail.mt_comment",
        )
        contact.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=f"{SECRET} call",
            user_id=cls.bertta.id,
        )
        for user in colleagues:
            own = contact.with_user(user)
            own.message_post(body=f"{SECRET} by {user.name}")
            own.activity_schedule(
                "mail.mail_activity_data_todo", summary=f"{SECRET} visit"
            )
            own.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=f"{SECRET} visited",
                user_id=user.id,
            ).action_feedback(feedback=f"{SECRET} feedback")
            cls.env["ir.attachment"].with_user(user).create(
                {
                    "name": f"{SECRET} {user.name}.txt",
                    "res_model": contact._name,
                    "res_id": contact.id,
                    "raw": SECRET.encode(),
                }
            )
        cls.shared_follow_up = cls._create_contact(
            cls.bertta, name="Follow-up", previous_id=contact.id
        )

    @classmethod
    def _turn_personal(cls):
        contact = cls.contact
        contact.write(
            {
                "personal": True,
                "name": f"{SECRET} subject",
                "partner_id": cls.partner.id,
                "contact_person": f"{SECRET} person",
                "phone": f"{SECRET} 040",
                "discussion": f"<p>{SECRET}</p>",
                "actions": f"<p>{SECRET}</p>",
                "next_date": TODAY,
                "date": "2026-11-23 09:00:00",
                "mailing_list": True,
            }
        )
        contact.message_post(
            body=f"{SECRET} after", attachments=[(f"{SECRET}.txt", SECRET.encode())]
        )
        contact.responsible_id = cls.anna
        contact.calendar_request = "booking"
        cls.bulk = (
            cls.env["kontakti.bulk"]
            .with_user(cls.anna)
            .create(
                {
                    "operation": "done",
                    "res_model": contact._name,
                    "res_ids": contact.ids,
                }
            )
        )
        cls.wizard = (
            cls.env["kontakti.customer.create"]
            .with_user(cls.anna)
            .create({"contact_id": contact.id})
        )
        cls.labels = (
            cls.env["kontakti.label.print"]
            .with_user(cls.anna)
            .create({"source": "chosen", "contact_ids": [(6, 0, contact.ids)]})
        )

    @property
    def outsiders(self):
        """Everybody who has no business with the contact event."""
        users = self.bertta + self.manager + self.employee + self.portal + self.stranger
        return users + self.every_right

    @property
    def colleagues(self):
        """Those who may use Kontakti, and would see it if it were shared."""
        return self.bertta + self.manager
