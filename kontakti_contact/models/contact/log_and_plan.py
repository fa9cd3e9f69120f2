from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import arguments
from .kontakti_contact import STATE_DONE

LOGGED = ("discussion", "actions", "duration", "channel_id", "date")
PLANNED = ("next_date", "next_responsible_id")


class KontaktiContact(models.Model):
    """What was said and what comes next, in one save (S7, S13).

    What a contact event was before is kept in it, so that the undo takes back no more
    than was done, whoever asks for it.
    """

    _inherit = "kontakti.contact"

    # {"given": {…}, "before": {…}, "after": {…}, "next": id or False} of the last call
    log_and_plan_note = fields.Json(
        copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    def action_log_and_plan(self, values):
        """Log what was said, mark as done, and plan the next one, in one transaction.

        A second call, or one at the same moment, leads to the same next contact event.

        :param dict values: any of ``discussion``, ``actions`` (HTML), ``duration``
            (hours), ``channel_id``, ``date`` ("2026-11-23 10:00:00", UTC) of this one;
            ``next_date`` ("2026-11-30") makes the next one, ``next_responsible_id``
            says whose it is (else: the same person's, while that may be)
        :return: ``{"done": id, "next": id or False}``, the argument of
            :meth:`action_undo_log_and_plan`
        :raise UserError: when ``values`` holds anything else; then nothing is changed
        """
        arguments.one(self)
        logged, planned = self._read_log_and_plan(values)
        self.check_access("write")
        self._take_turns()
        given = {**logged, **planned}
        # sudo: the note is closed to users; told is what a user's call made of this one
        note = self.sudo().log_and_plan_note
        is_again = bool(note) and self.state == STATE_DONE
        if not is_again:
            note = {"before": self._read_logged(), "next": False}
        if note.get("given") != given:
            self._log_and_plan(logged, planned, note)
            note.update(given=given, after=self._read_logged())
            # sudo: as above; noted is what the user has just written
            self.sudo().log_and_plan_note = note
        return {"done": self.id, "next": note["next"]}

    @api.readonly
    def action_open_log_and_plan(self):
        """Open the dialog of :meth:`action_log_and_plan` in the web client."""
        arguments.one(self).check_access("write")
        return {
            "type": "ir.actions.client",
            "tag": "kontakti_contact.log_and_plan",
            "params": {"res_id": self.id},
        }

    def _log_and_plan(self, logged, planned, note):
        """Write what was said; make the next one unless ``note`` has it already."""
        known = self.follow_up_ids
        following = self.browse() if note["next"] else self._plan_next(planned)
        self.write({**logged, "state": STATE_DONE})
        self.invalidate_recordset(["follow_up_ids"])
        following |= self.follow_up_ids - known  # of one that repeats, made as done
        note["next"] = note["next"] or following[:1].id

    @api.model
    def _read_log_and_plan(self, values):
        """Return ``(values of this one, of the next one)``, checked."""
        arguments.mapping(self.env, "values", values)
        unknown = values.keys() - {*LOGGED, *PLANNED}
        if unknown:
            names = ", ".join(sorted(map(str, unknown)))
            raise UserError(self.env._("Not to be logged here: %s.", names))
        read = {
            "discussion": arguments.text,
            "actions": arguments.text,
            "channel_id": arguments.one_id,
            "date": arguments.moment,
            "next_date": arguments.day,
            "next_responsible_id": arguments.one_id,
        }
        found = {
            name: read[name](self.env, name, value) if name in read else value
            for name, value in values.items()
        }
        return (
            {name: found[name] for name in LOGGED if name in found},
            {name: found.get(name, False) for name in PLANNED},
        )

    def _plan_next(self, planned):
        """Return the next contact event, made by ``planned``; none without a date."""
        if not planned["next_date"]:
            return self.browse()
        values = {
            **self._prepare_follow_up_values(),
            "next_date": planned["next_date"],
        }
        if planned["next_responsible_id"]:
            values["responsible_id"] = planned["next_responsible_id"]
        return self.create(values)

    def _read_logged(self):
        """Return what :meth:`action_log_and_plan` may change, as JSON holds it."""
        return {
            **{name: self[name] or False for name in ("discussion", "actions")},
            "duration": self.duration,
            "channel_id": self.channel_id.id,
            "date": fields.Datetime.to_string(self.date),
            "state": self.state,
        }

    @api.model
    def action_undo_log_and_plan(self, result):
        """Take back :meth:`action_log_and_plan`: both contact events are as before.

        :param dict result: ``{"done": id, "next": id or False}``, as it was returned
        :return: True, also when it has been taken back already
        :raise UserError: when one of the two was changed since; nothing changes
        """
        arguments.mapping(self.env, "result", result)
        [done_id] = arguments.ids(self.env, "done", [result.get("done")])
        done = self.browse(done_id).exists()
        if not done:
            return True
        done.check_access("write")
        done._take_turns()
        note = done.sudo().log_and_plan_note  # sudo: closed to users; see below
        if note:
            done._check_log_as_noted(note, result)
            done._take_log_back(note)
        return True

    def _check_log_as_noted(self, note, result):
        """Keep what somebody has changed since, or what ``result`` is not about."""
        if (result.get("next") or False) != note["next"]:
            raise UserError(self.env._("This is not what was logged."))
        if self._read_logged() != note["after"]:
            raise UserError(
                self.env._("“%s” was changed since: it stays as it is.", self.name)
            )
        self.browse(note["next"] or ()).exists()._check_untouched()

    def _take_log_back(self, note):
        self.browse(note["next"] or ()).exists().unlink()
        if not note["before"]:
            self.unlink()
            return
        self.write(note["before"])
        self.sudo().log_and_plan_note = False  # sudo: as it was noted

    def _note_as_new(self):
        """Note that there was nothing before: the undo deletes it."""
        note = self.sudo()  # sudo: closed to users; noted is what the user just made
        note.log_and_plan_note = {**note.log_and_plan_note, "before": False}
